import http from 'node:http';
import { bundle } from './bundle.mjs';

const STYLE =
  'body { margin: 0 auto; max-width: 640px; padding: 40px 16px; font: 16px sans-serif; } textarea { width: 100%; height: 90px; }';

/**
 * A page with a field, whose script holds the warning. `/frame` shows it in a frame of the same site, `/foreign` in one of another site;
 * `?width=…&height=…` is the frame's size, and the rest of the query goes to the page.
 * @param {{ mode?: 'open' | 'closed' }} [options]
 */
export async function openStage(options) {
  const script = await bundle(options);
  const server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(html(pathname, searchParams, script, port));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://a.test:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {string} pathname
 * @param {URLSearchParams} query
 * @param {string} script
 * @param {number} port
 */
function html(pathname, query, script, port) {
  const head = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>A chat</title><style>${STYLE}</style>`;
  const size = `width: ${Number(query.get('width') ?? 600)}px; height: ${Number(query.get('height') ?? 420)}px`;
  const frame = `id="frame" title="A chat" style="${size}; border: 0"`;
  const words = query.get('words') === null ? '' : `?words=${encodeURIComponent(query.get('words') ?? '')}`;
  if (pathname === '/frame') return `${head}<iframe ${frame} src="/${words}"></iframe>`;
  if (pathname === '/foreign') return `${head}<iframe ${frame} src="http://b.test:${port}/${words}"></iframe>`;
  return `${head}<main><h1>A chat</h1><label>Message <textarea id="field">Why does this fail?</textarea></label></main><script>${script}</script>`;
}

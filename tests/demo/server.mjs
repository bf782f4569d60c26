// Serves the demo page on loopback. Nothing on it comes from anywhere else, and nothing that is typed into it goes to the server.

import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { build } from 'esbuild';
import { practiceKeys } from './keys.mjs';

const PAGE = path.join(import.meta.dirname, 'page');
const ICON = path.join(import.meta.dirname, '..', '..', 'extension', 'icons', 'keystay.svg');

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

/** @typedef {{ type: string, body: string | Buffer }} Answer */

/** @returns {Promise<{ address: string, close: () => void }>} */
export async function openDemo() {
  const script = await bundled();
  const keys = JSON.stringify(practiceKeys());
  /** @type {Record<string, () => Answer | Promise<Answer>>} */
  const routes = {
    '/': async () => ({ type: HTML, body: await fs.readFile(path.join(PAGE, 'index.html')) }),
    '/page.css': async () => ({ type: CSS, body: await fs.readFile(path.join(PAGE, 'page.css')) }),
    '/page.js': () => ({ type: SCRIPT, body: script }),
    '/icon.svg': async () => ({ type: 'image/svg+xml', body: await fs.readFile(ICON) }),
    '/keys.json': () => ({ type: 'application/json', body: keys }),
  };
  const server = http.createServer(async (request, response) => {
    const answer = await routes[request.url ?? '']?.();
    if (answer) response.writeHead(200, { 'content-type': answer.type }).end(answer.body);
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    // Browsers resolve every name under localhost to loopback themselves, and give it the clipboard as they would https.
    address: `http://chat.localhost:${port}/`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bundled() {
  const { outputFiles } = await build({
    entryPoints: [path.join(PAGE, 'page.mjs')],
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

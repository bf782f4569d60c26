// A proxy on this machine between a browser and a tool, which keeps everything that either sends: bodies of requests and responses,
// and messages of WebSockets. What a server "never received" is what cannot be found here.
//
// `ws` reads and writes the WebSocket messages, because fragments and compression are its business; nothing else is needed of a proxy.

import http from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { holds, holdsWhole } from './search.mjs';

/**
 * @typedef {object} Watch
 * @property {string} address as the tool knows it
 * @property {string} named the same for the browser: what goes to this computer's own address is at home there and only noted
 * @property {number} port
 * @property {(text: string) => boolean} received whether the tool got the text from the browser, whole or a piece of it, in any form
 * @property {(text: string) => boolean} receivedWhole whether it got the text from the first to the last character
 * @property {(text: string) => boolean} sent whether the tool gave the text to the browser
 * @property {() => string} log what was asked for, one request a line, for the message of a failed test
 * @property {() => void} forget
 * @property {() => Promise<void>} close
 */

/** Of the tests' browsers, and of the tool. */
const [NAME, OWN] = ['a.test', '127.0.0.1'];

/** What belongs to one hop only: https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'proxy-connection', 'te', 'trailer'];

/** Fragments, compression and masks are undone by the library, so the handshake is its own on both sides. */
const OF_THE_HANDSHAKE = /^(?:sec-websocket-(?:key|version|extensions|protocol)|upgrade|connection|host)$/;

/**
 * @param {() => number} tool port of the tool, asked for at each request because the tool may start later than its watch
 * @returns {Promise<Watch>}
 */
export async function watch(tool) {
  /** Up is towards the tool. Messages of one socket are in one stream, so that what is cut into several is found. */
  /** @type {{ up: Set<Buffer[]>, down: Set<Buffer[]>, log: string[] }} */
  const kept = { up: new Set(), down: new Set(), log: [] };
  const stream = (/** @type {'up' | 'down'} */ way) => {
    /** @type {Buffer[]} */
    const parts = [];
    kept[way].add(parts);
    return parts;
  };

  const server = http.createServer((request, response) => {
    const { method, url, headers } = request;
    kept.log.push(`${method} ${url}`);
    const asked = stream('up');
    asked.push(Buffer.from(`${url}\n${headers.cookie ?? ''}\n`));
    const onward = http.request({
      host: '127.0.0.1',
      port: tool(),
      method,
      path: url,
      // Unpacked answers are asked for, so that they can be searched.
      // Gradio writes its own address into the page, and takes it from here.
      headers: {
        ...renamed(onHop(headers), NAME, OWN),
        'accept-encoding': 'identity',
        'x-forwarded-host': headers.host ?? '',
      },
    });
    request.on('data', (/** @type {Buffer} */ part) => asked.push(part));
    request.pipe(onward);
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, renamed(onHop(answer.headers), OWN, NAME));
      const answered = stream('down');
      answer.on('data', (/** @type {Buffer} */ part) => answered.push(part));
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
  });

  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    kept.log.push(`socket ${request.url}`);
    const protocols = request.headers['sec-websocket-protocol']?.split(/,\s*/) ?? [];
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !OF_THE_HANDSHAKE.test(name)),
    );
    const onward = new WebSocket(`ws://127.0.0.1:${tool()}${request.url}`, protocols, {
      // The tool compares it with the origin.
      headers: renamed({ ...headers, host: request.headers.host }, NAME, OWN),
    });
    onward.once('error', () => socket.destroy());
    onward.once('open', () => {
      // The tool has chosen one of the protocols.
      if (onward.protocol) request.headers['sec-websocket-protocol'] = onward.protocol;
      sockets.handleUpgrade(request, socket, head, (client) => {
        couple(client, onward, stream('up'));
        couple(onward, client, stream('down'));
      });
    });
  });

  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    address: `http://${OWN}:${port}`,
    named: `http://${NAME}:${port}`,
    port,
    received: (text) => [...kept.up].some((parts) => holds(parts, text)),
    receivedWhole: (text) => [...kept.up].some((parts) => holdsWhole(parts, text)),
    sent: (text) => [...kept.down].some((parts) => holds(parts, text)),
    log: () => kept.log.join('\n'),
    forget: () => {
      // Streams go on and are only emptied.
      for (const parts of [...kept.up, ...kept.down]) parts.length = 0;
      kept.log.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of sockets.clients) client.terminate();
        server.closeAllConnections();
      }),
  };
}

/** Where a header is an address. */
const ADDRESSES = ['host', 'origin', 'referer', 'location'];

/**
 * @param {http.IncomingHttpHeaders} headers
 * @param {string} from
 * @param {string} to
 */
function renamed(headers, from, to) {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    ADDRESSES.includes(name) && typeof value === 'string' ? value.replace(from, to) : value,
  ]);
  return Object.fromEntries(entries);
}

/** @param {http.IncomingHttpHeaders} headers */
function onHop(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));
}

/**
 * @param {WebSocket} from
 * @param {WebSocket} to
 * @param {Buffer[]} kept
 */
function couple(from, to, kept) {
  from.on('message', (data, binary) => {
    const bytes = /** @type {Buffer} */ (data);
    kept.push(bytes);
    if (to.readyState === WebSocket.OPEN) to.send(bytes, { binary });
  });
  from.on('close', () => to.close());
  from.on('error', () => to.terminate());
}

// The loopback site that every spec talks to. Four names lead to it: two sites of their own (a.test, b.test), one below localhost, which
// browsers count as a secure context, and the computer's own address, at which a key is only noted.

import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { WebSocketServer } from 'ws';
import { bundle } from './bundle.mjs';

const PAGES = path.join(import.meta.dirname, 'pages');

/**
 * Policies that a page may have. A strict one is where wasm cannot compile in the page's frame and no style can be injected.
 * @type {Record<string, (nonce: string) => string>}
 */
const POLICIES = {
  plain: () => '',
  strict: () =>
    "default-src 'none'; script-src 'none'; connect-src 'none'; frame-src 'none'; style-src 'none'; " +
    "require-trusted-types-for 'script'; trusted-types 'none'",
  typical: (nonce) => `script-src 'nonce-${nonce}' 'strict-dynamic'; object-src 'none'`,
  self: () => "script-src 'self'",
  sandbox: () => 'sandbox allow-scripts',
};

export const policies = Object.keys(POLICIES);

/**
 * @typedef {object} Site
 * @property {string} a
 * @property {string} b another site
 * @property {string} secure
 * @property {string} own
 * @property {{ method: string, path: string, body: string, bytes: Buffer }[]} received every request with a body
 * @property {string[]} heard all that came in: addresses, bodies, messages of sockets
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Site>} */
export async function openSite() {
  /** @type {Site['received']} */
  const received = [];
  /** @type {string[]} */
  const heard = [];
  const server = http.createServer((request, response) => {
    heard.push(request.url ?? '');
    request.on('data', (/** @type {Buffer} */ part) => heard.push(part.toString()));
    answer(request, response, received).catch((error) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.on('message', (message) => {
      heard.push(message.toString());
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    a: `http://a.test:${port}`,
    b: `http://b.test:${port}`,
    secure: `http://secure.localhost:${port}`,
    own: `http://127.0.0.1:${port}`,
    received,
    heard,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {Site['received']} received
 */
async function answer(request, response, received) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (request.method !== 'GET') {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    received.push({ method: request.method ?? '', path: url.pathname, body: bytes.toString(), bytes });
    response.writeHead(204).end();
    return;
  }
  const [, folder, file = ''] = url.pathname.split('/');
  // A frame that asks for this goes on loading, and its first document stays.
  if (folder === 'never') return;
  if (folder === 'scripts' && file === 'worker.js') sendWorker(response);
  else if (folder === 'pages') await sendPage(file, url, response);
  else if (folder === 'editors') await sendEditor(file, response);
  else response.writeHead(404).end();
}

/** Sends on what it is told. @param {http.ServerResponse} response */
function sendWorker(response) {
  response.writeHead(200, { 'content-type': 'text/javascript' });
  response.end("onmessage = ({ data }) => fetch('/got', { method: 'POST', body: data });");
}

/**
 * @param {string} file
 * @param {URL} url
 * @param {http.ServerResponse} response
 */
async function sendPage(file, url, response) {
  const nonce = Math.random().toString(36).slice(2);
  const policy = POLICIES[url.searchParams.get('policy') ?? 'plain'];
  if (!policy || file !== path.basename(file)) {
    response.writeHead(404).end();
    return;
  }
  const html = await fs.readFile(path.join(PAGES, file), 'utf8');
  const header = policy(nonce);
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    ...(header ? { 'content-security-policy': header } : {}),
  });
  response.end(html.replaceAll('<script>', `<script nonce="${nonce}">`));
}

/**
 * `/editors/lexical` is the page, `/editors/lexical.js` and `.css` its bundle.
 * @param {string} file
 * @param {http.ServerResponse} response
 */
async function sendEditor(file, response) {
  const { name, ext } = path.parse(file);
  if (ext === '') {
    const html = await fs.readFile(path.join(PAGES, 'editor.html'), 'utf8');
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(html.replaceAll('EDITOR', name));
    return;
  }
  const { js, css } = await bundle(name);
  response.writeHead(200, { 'content-type': ext === '.js' ? 'text/javascript' : 'text/css' });
  response.end(ext === '.js' ? js : css);
}

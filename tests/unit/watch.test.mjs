// The watch between a browser and a real tool: a test that relies on "never received" is worth what its search finds.

import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { holds } from '../tools/search.mjs';
import { watch } from '../tools/watch.mjs';

const TEXT = 'first "line" with + and / and é\nsecond line, a little longer than the first one';

/** @type {Record<string, (text: string) => (string | Buffer)[]>} */
const FORMS = {
  plain: (text) => [`before ${text} after`],
  'in a URL': (text) => [encodeURIComponent(text)],
  'in a form': (text) => [new URLSearchParams({ text }).toString()],
  'in JSON': (text) => [JSON.stringify({ text })],
  'in JSON of nothing but ASCII': (text) => [
    JSON.stringify(text).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ],
  'in JSON in JSON': (text) => [JSON.stringify([JSON.stringify({ text })])],
  'in JSON in a form': (text) => [new URLSearchParams({ data: JSON.stringify({ text }) }).toString()],
  'in HTML': (text) => [text.replaceAll('"', '&quot;')],
  'in base64': (text) => [Buffer.from(text).toString('base64')],
  'in base64 behind one byte': (text) => [Buffer.from(`x${text}`).toString('base64')],
  'in base64 behind two bytes, for addresses': (text) => [Buffer.from(`xy${text}`).toString('base64url')],
  'in hexadecimal': (text) => [Buffer.from(text).toString('hex')],
  'in UTF-16': (text) => [Buffer.from(text, 'utf16le')],
  'in two messages': (text) => [text.slice(0, 20), text.slice(20)],
  'in one piece of it': (text) => [`only ${text.slice(30, 54)}`],
};

for (const [form, write] of Object.entries(FORMS)) {
  test(`a text is found ${form}`, () => {
    assert.ok(
      holds(
        write(TEXT).map((part) => Buffer.from(part)),
        TEXT,
      ),
    );
  });
}

test('another text is not found', () => {
  for (const write of Object.values(FORMS)) {
    const other = write('nothing of this is the same as what is looked for').map((part) => Buffer.from(part));
    assert.ok(!holds(other, TEXT));
  }
});

test('the watch passes requests and messages on unchanged, and knows what went which way', async () => {
  const tool = http.createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.setHeader('x-host', request.headers.host ?? '').end(`answer to ${Buffer.concat(chunks)}`);
  });
  const sockets = new WebSocketServer({ server: tool });
  sockets.on('connection', (socket) => {
    // At once, when the browser may not yet be there.
    socket.send('hello from the tool');
    socket.on('message', (data, binary) =>
      socket.send(Buffer.concat([Buffer.from('answer to '), Buffer.from(String(data))]), { binary }),
    );
  });
  await new Promise((resolve) => tool.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (tool.address());
  const between = await watch(() => port);
  try {
    const response = await fetch(`${between.address}/path?q=asked-for-in-the-address`, {
      method: 'POST',
      body: 'a posted body',
    });
    assert.equal(await response.text(), 'answer to a posted body');
    assert.equal(
      response.headers.get('x-host'),
      new URL(between.address).host,
      'the tool sees the address of the watch',
    );
    const socket = new WebSocket(between.address.replace('http', 'ws'));
    /** @type {string[]} */
    const heard = [];
    await new Promise((resolve) => {
      socket.on('message', (data) => heard.push(String(data)) === 2 && resolve(undefined));
      socket.on('open', () => socket.send('a sent message'));
    });
    assert.deepEqual(heard, ['hello from the tool', 'answer to a sent message']);
    for (const text of ['asked-for-in-the-address', 'a posted body', 'a sent message'])
      assert.ok(between.received(text), text);
    assert.ok(between.sent('hello from the tool'));
    assert.ok(!between.received('hello from the tool'));
    between.forget();
    assert.ok(!between.received('a posted body'));
    socket.terminate();
  } finally {
    await between.close();
    sockets.close();
    tool.closeAllConnections();
    tool.close();
  }
});

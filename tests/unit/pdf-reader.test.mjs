// The reader of PDF files, with workers that do what the test says: what a file that never ends, and a frame that lies, can cost.

import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { load } from './load.mjs';

/** @type {any[]} */
let workers = [];
/** @type {(port: any) => void} */
let connect = () => {};

class FakeWorker extends EventTarget {
  /** @type {number[]} */
  got = [];
  ended = false;

  constructor() {
    super();
    workers.push(this);
  }

  postMessage(/** @type {{ pdf: ArrayBuffer }} */ { pdf }) {
    this.got = [...new Uint8Array(pdf)];
  }

  terminate() {
    this.ended = true;
  }

  say(/** @type {unknown} */ data) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

Object.assign(globalThis, {
  Worker: FakeWorker,
  chrome: {
    runtime: {
      id: 'own',
      getURL: (/** @type {string} */ path) => path,
      onConnect: {
        addListener: (/** @type {(port: any) => void} */ listener) => {
          connect = listener;
        },
      },
    },
  },
});

const { serveReader } = await load('pdf/reader.ts');
const { PATIENCE_MS } = await load('pdf/limits.ts');
const { MOST_IN_PDF, PDF_PART } = await load('shared/pdf.ts');

let idle = 0;

beforeEach(() => {
  workers = [];
  idle = 0;
  serveReader(() => idle++);
});

/** A frame's end of a port. */
function open(id = 'own') {
  /** @type {any[]} */
  const said = [];
  /** @type {((message: unknown) => void)[]} */
  const listeners = [];
  /** @type {(() => void)[]} */
  const leaving = [];
  connect({
    name: 'pdf',
    sender: { id },
    onMessage: { addListener: (/** @type {any} */ listener) => listeners.push(listener) },
    onDisconnect: { addListener: (/** @type {any} */ listener) => leaving.push(listener) },
    postMessage: (/** @type {unknown} */ message) => said.push(message),
  });
  return {
    said,
    send: (/** @type {unknown} */ message) => {
      for (const listener of listeners) listener(message);
    },
    leave: () => {
      for (const listener of leaving) listener();
    },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const part = (/** @type {string} */ text, last = true) => ({ kind: 'pdf', part: btoa(text), last });

test('a file is put together, given to a worker of its own, and what that reads comes back', async () => {
  const frame = open();
  assert.deepEqual(frame.said, [{ kind: 'ready' }]);
  frame.send(part('ab', false));
  frame.send(part('c'));
  await turn();
  const [worker] = workers;
  assert.deepEqual(worker.got, [97, 98, 99]);
  // The library's own messages stay here.
  worker.say({ action: 'ready' });
  worker.say({ kind: 'page', page: 1, text: 'read' });
  worker.say({ kind: 'end', whole: true });
  assert.deepEqual(frame.said.slice(1), [
    { kind: 'page', page: 1, text: 'read' },
    { kind: 'end', whole: true },
  ]);
  assert.ok(worker.ended);
  frame.leave();
  assert.equal(idle, 1);
});

test('a file that never ends is ended, said not to be whole, and the next one is read', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  try {
    const frame = open();
    const next = open();
    frame.send(part('endless'));
    next.send(part('next'));
    await turn();
    assert.equal(workers.length, 1, 'one after the other');
    mock.timers.tick(PATIENCE_MS);
    await turn();
    assert.ok(workers[0].ended);
    assert.deepEqual(frame.said.at(-1), { kind: 'end', whole: false });
    assert.equal(workers.length, 2);
    workers[1].dispatchEvent(new Event('error'));
    await turn();
    assert.deepEqual(next.said.at(-1), { kind: 'end', whole: false });
  } finally {
    mock.timers.reset();
  }
});

test('a frame that goes takes its worker along', async () => {
  const frame = open();
  frame.send(part('file'));
  await turn();
  frame.leave();
  assert.ok(workers[0].ended);
});

test('what no frame of ours sends is left alone, and too much is read as nothing', async () => {
  assert.deepEqual(open('other').said, []);
  const frame = open();
  for (const message of [
    null,
    'pdf',
    { kind: 'pdf' },
    { kind: 'pdf', part: 1, last: true },
    { kind: 'pdf', part: '*', last: true },
    { kind: 'pdf', part: 'A'.repeat(PDF_PART + 4), last: true },
  ]) {
    frame.send(message);
  }
  await turn();
  assert.equal(workers.length, 0);
  const most = { kind: 'pdf', part: 'A'.repeat(PDF_PART), last: false };
  for (let sent = 0; sent <= MOST_IN_PDF; sent += (PDF_PART / 4) * 3) frame.send(most);
  frame.send(part('rest'));
  await turn();
  assert.deepEqual(workers[0].got, [], 'nothing of it');
  workers[0].say({ kind: 'end', whole: false });
});

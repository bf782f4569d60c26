// Takes PDF files from frames and gives each to a worker of its own. Runs where workers can be started: in Firefox in the background, in
// Chromium, whose background is a worker itself, in a page that nobody sees.

import { extensionId, extensionUrl, onConnect, type Port } from '../shared/browser';
import { type FromReader, MOST_IN_PDF, PDF_PART, PDF_PORT, type PdfPart } from '../shared/pdf';
import { PATIENCE_MS } from './limits';
import type { Given } from './worker';

/** One file after the other: a worker takes memory. */
let before: Promise<void> = Promise.resolve();

/** `idle` is called when the last frame has gone. */
export function serveReader(idle: () => void): void {
  let open = 0;
  onConnect((port) => {
    if (port.name !== PDF_PORT || port.sender?.id !== extensionId()) return;
    open++;
    serve(port);
    port.onDisconnect.addListener(() => {
      open--;
      if (open === 0) idle();
    });
  });
}

function serve(port: Port): void {
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let gone = false;
  port.onDisconnect.addListener(() => {
    gone = true;
  });
  port.onMessage.addListener((message) => {
    const part = partOf(message);
    if (part === null) return;
    length += part.bytes.length;
    if (length > MOST_IN_PDF) parts = [];
    else parts.push(part.bytes);
    if (!part.last) return;
    const file = parts;
    parts = [];
    before = before.then(() => (gone ? undefined : read(file, port)));
  });
  say(port, { kind: 'ready' });
}

/** A renderer that was taken over can send anything in its content script's name. */
function partOf(message: unknown): { bytes: Uint8Array<ArrayBuffer>; last: boolean } | null {
  const { kind, part, last } = (message ?? {}) as Partial<PdfPart>;
  if (kind !== 'pdf' || typeof part !== 'string' || part.length > PDF_PART || typeof last !== 'boolean') return null;
  try {
    return { bytes: decoded(part), last };
  } catch {
    return null;
  }
}

/** In a plain loop: in Firefox the scanner waits meanwhile. */
function decoded(part: string): Uint8Array<ArrayBuffer> {
  const letters = atob(part);
  const bytes = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at++) bytes[at] = letters.charCodeAt(at);
  return bytes;
}

async function read(parts: Uint8Array<ArrayBuffer>[], port: Port): Promise<void> {
  const pdf = await new Blob(parts).arrayBuffer();
  const worker = new Worker(extensionUrl('pdf/worker.js'), { type: 'module' });
  await new Promise<void>((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      worker.terminate();
      resolve();
    };
    const fail = () => {
      say(port, { kind: 'end', whole: false });
      finish();
    };
    const timer = setTimeout(fail, PATIENCE_MS);
    port.onDisconnect.addListener(finish);
    worker.addEventListener('error', fail);
    worker.addEventListener('message', ({ data }: MessageEvent<FromReader>) => {
      // The library has messages of its own.
      if (data.kind !== 'page' && data.kind !== 'end') return;
      say(port, data);
      if (data.kind === 'end') finish();
    });
    worker.postMessage({ pdf } satisfies Given, [pdf]);
  });
}

function say(port: Port, message: FromReader): void {
  try {
    port.postMessage(message);
  } catch {
    // The frame is gone, and with it whoever waited.
  }
}

// What stands in the body of a request, as text. Streams are left alone: to look into one is to take it from whoever reads it.

import { after, apply, getter, type Native } from '../natives';

/** Of files and bytes no more is looked at: it is decoded where the page works. */
const MOST = 4 * (1 << 20);

const NativeFormData = FormData;
const NativeURLSearchParams = URLSearchParams;
const { isView } = ArrayBuffer;
const { slice: sliceBlob, text: textOfBlob } = Blob.prototype;
const { slice: sliceBuffer } = ArrayBuffer.prototype;
const { toString: paramsToString } = URLSearchParams.prototype;
const { forEach, append } = FormData.prototype;
const { clone, text: textOfRequest } = Request.prototype;
const { startsWith } = String.prototype;
const { decode } = TextDecoder.prototype;
const decoder = new TextDecoder();
const sizeOf = getter(Blob.prototype, 'size');
const typeOf = getter(Blob.prototype, 'type');
const lengthOf = getter(ArrayBuffer.prototype, 'byteLength');
const methodOf = getter(Request.prototype, 'method');
const NativeUint8Array = Uint8Array;

type View = ArrayBufferView<ArrayBuffer>;

/** `done` is called at once for all that can be read at once. */
export function read(body: unknown, done: (text: string) => void): void {
  if (body === null || body === undefined) done('');
  else if (typeof body !== 'object') done(`${String(body)}`);
  else if (isView(body) || is(lengthOf, body)) done(textOfBytes(body as View));
  else if (is(sizeOf, body)) readBlob(body, done);
  else if (isParams(body)) done(apply(paramsToString, body, []));
  else if (isForm(body)) readForm(body as FormData, done);
  else if (is(methodOf, body)) readRequest(body, done);
  else done('');
}

/** What is sent later must be what was looked at, whatever the page does with its own object meanwhile. */
export function copied(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  if (isView(body)) {
    const { buffer, byteOffset, byteLength } = body as View;
    return apply(sliceBuffer as Native, buffer, [byteOffset, byteOffset + byteLength]);
  }
  if (is(lengthOf, body)) return apply(sliceBuffer as Native, body, [0]);
  if (isParams(body)) return new NativeURLSearchParams(apply(paramsToString, body, []));
  if (!isForm(body)) return body;
  const copy = new NativeFormData();
  apply(forEach as Native, body, [(value: unknown, name: unknown) => apply(append as Native, copy, [name, value])]);
  return copy;
}

function is(get: () => unknown, body: unknown): boolean {
  try {
    apply(get, body, []);
    return true;
  } catch {
    return false;
  }
}

function isParams(body: unknown): body is URLSearchParams {
  try {
    apply(paramsToString, body as URLSearchParams, []);
    return true;
  } catch {
    return false;
  }
}

const { has } = NativeFormData.prototype;

function isForm(body: unknown): boolean {
  try {
    apply(has as Native, body, ['']);
    return true;
  } catch {
    return false;
  }
}

function textOfBytes(bytes: View | ArrayBuffer): string {
  const view = isView(bytes)
    ? new NativeUint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength < MOST ? bytes.byteLength : MOST)
    : new NativeUint8Array(bytes, 0, bytes.byteLength < MOST ? bytes.byteLength : MOST);
  return apply(decode as Native, decoder, [view]) as string;
}

function readBlob(blob: unknown, done: (text: string) => void): void {
  const type = apply(typeOf, blob, []) as string;
  if (isMedia(type)) done('');
  else after(apply(textOfBlob, apply(sliceBlob as Native, blob, [0, MOST]), []), done, () => done(''));
}

/** As content/files/look.ts has it. */
function isMedia(type: string): boolean {
  const starts = (head: string) => apply(startsWith as Native, type, [head]) as boolean;
  return (starts('image/') && !starts('image/svg')) || starts('audio/') || starts('video/') || starts('font/');
}

function readForm(form: FormData, done: (text: string) => void): void {
  let text = '';
  let waiting = 1;
  const one = () => {
    waiting--;
    if (waiting === 0) done(text);
  };
  const take = (value: unknown, name: unknown) => {
    if (typeof value === 'string') {
      text += `${name}=${value}\n`;
      return;
    }
    waiting++;
    readBlob(value, (inside) => {
      text += `${inside}\n`;
      one();
    });
  };
  apply(forEach as Native, form, [take]);
  one();
}

/** Firefox has no `Request.body` by which to know that there is one. */
function readRequest(request: unknown, done: (text: string) => void): void {
  const method = apply(methodOf, request, []);
  if (method === 'GET' || method === 'HEAD') done('');
  else after(apply(textOfRequest, apply(clone as Native, request, []), []), done, () => done(''));
}

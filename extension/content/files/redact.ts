// A copy of a text file in which each secret is replaced by its placeholder. Every other byte stays, whatever it is.

import type { Encoding } from './bytes';

/** Bytes of a file, and what stands there instead. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The cuts are in order, and none overlaps another. */
export function redacted(file: File, cuts: readonly Cut[], encoding: Encoding): File {
  const parts: BlobPart[] = [];
  let done = 0;
  for (const { start, end, text } of cuts) {
    parts.push(file.slice(done, start), encoded(text, encoding));
    done = end;
  }
  parts.push(file.slice(done));
  return new File(parts, file.name, { type: file.type, lastModified: file.lastModified });
}

function encoded(text: string, encoding: Encoding): BlobPart {
  if (encoding === 'utf-8') return text;
  const view = new DataView(new ArrayBuffer(2 * text.length));
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at, text.charCodeAt(at), encoding === 'utf-16le');
  return view.buffer;
}

// A text file, window by window. Each window is decoded by itself, so that memory stays bounded and every place in it is known in bytes.

import { type Encoding, range } from './bytes';
import { MOST_IN_FILE, OVERLAP, WINDOW } from './limits';

export interface Window {
  readonly text: string;
  /** Where in the file a UTF-16 unit of the text begins. */
  byteAt(unit: number): number;
}

export async function* windows(blob: Blob, encoding: Encoding): AsyncGenerator<Window> {
  const size = Math.min(blob.size, MOST_IN_FILE);
  for (let start = 0; start < size; start += WINDOW - OVERLAP) {
    const end = Math.min(start + WINDOW, size);
    yield decoded(await range(blob, start, end - start), start, encoding);
    if (end === size) return;
  }
}

function decoded(bytes: Uint8Array, start: number, encoding: Encoding): Window {
  if (encoding !== 'utf-8') {
    const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
    return { text, byteAt: (unit) => start + 2 * unit };
  }
  const skipped = start === 0 ? 0 : continuation(bytes);
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    // As a stream, because the last character may go on behind the window.
    const text = decoder.decode(bytes.slice(skipped), { stream: true });
    return { text, byteAt: (unit) => start + skipped + lengthInBytes(text.slice(0, unit)) };
  } catch {
    // No UTF-8, or not all of it: keys are ASCII, and in this encoding every byte is one unit.
    return { text: new TextDecoder('windows-1252').decode(bytes), byteAt: (unit) => start + unit };
  }
}

/** Bytes at the start that belong to a character of the window before. */
function continuation(bytes: Uint8Array): number {
  let length = 0;
  while (length < 3 && ((bytes[length] ?? 0) & 0xc0) === 0x80) length++;
  return length;
}

function lengthInBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The numbers of the lines in which places of a file stand. The places are in order. */
export async function linesAt(blob: Blob, places: readonly number[], encoding: Encoding): Promise<number[]> {
  // Of UTF-8 only line breaks are asked for, and those are bytes of their own.
  const decoder = new TextDecoder(encoding === 'utf-8' ? 'windows-1252' : encoding);
  const lines: number[] = [];
  let line = 1;
  let done = 0;
  for (const place of places) {
    while (done < place) {
      const length = Math.min(place - done, WINDOW);
      line += count(decoder.decode(await range(blob, done, length)), '\n');
      done += length;
    }
    lines.push(line);
  }
  return lines;
}

function count(text: string, wanted: string): number {
  let found = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) found++;
  return found;
}

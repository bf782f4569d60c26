// What is packed in an archive. The browser itself inflates, so that no library runs in a page; what is left is to read the directories
// of the two formats: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT and POSIX pax, "ustar Interchange Format".

import { range } from './bytes';
import { MOST_ENTRIES } from './limits';

export interface Entry {
  readonly name: string;
  /** Null where it cannot be unpacked: encrypted, or packed in a way that browsers do not know. */
  readonly packed: Blob | null;
  readonly format: 'deflate-raw' | null;
}

export interface Directory {
  readonly entries: readonly Entry[];
  /** There are more, or they could not be read. */
  readonly partial: boolean;
}

const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;
const CENTRAL_LENGTH = 46;
const LOCAL_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;

/** The files of a zip archive, by its directory at the end: what a program that opens it goes by. */
export async function zipped(archive: Blob): Promise<Directory> {
  const tailAt = Math.max(0, archive.size - END_LENGTH - LONGEST_COMMENT);
  const tail = view(await range(archive, tailAt, archive.size - tailAt));
  let end = tail.byteLength - END_LENGTH;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return { entries: [], partial: true };
  const count = tail.getUint16(end + 10, true);
  const length = tail.getUint32(end + 12, true);
  const start = tail.getUint32(end + 16, true);
  const directory = view(await range(archive, start, length));

  const entries: Entry[] = [];
  let at = 0;
  while (at + CENTRAL_LENGTH <= directory.byteLength && directory.getUint32(at, true) === 0x02014b50) {
    if (entries.length === MOST_ENTRIES) return { entries, partial: true };
    const flags = directory.getUint16(at + 8, true);
    const method = directory.getUint16(at + 10, true);
    const size = directory.getUint32(at + 20, true);
    const nameLength = directory.getUint16(at + 28, true);
    const local = directory.getUint32(at + 42, true);
    const name = nameIn(directory, at + CENTRAL_LENGTH, nameLength);
    at += CENTRAL_LENGTH + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
    if (name.endsWith('/')) continue;
    const readable = (flags & 1) === 0 && (method === STORED || method === DEFLATED);
    entries.push({
      name,
      packed: readable ? await fileAt(archive, local, size) : null,
      format: method === DEFLATED ? 'deflate-raw' : null,
    });
  }
  // Zip64 says 65535 files or an impossible place and keeps the truth elsewhere.
  return { entries, partial: entries.length === 0 ? count > 0 : count === 0xffff };
}

async function fileAt(archive: Blob, local: number, size: number): Promise<Blob | null> {
  const header = view(await range(archive, local, LOCAL_LENGTH));
  if (header.byteLength < LOCAL_LENGTH || header.getUint32(0, true) !== 0x04034b50) return null;
  const start = local + LOCAL_LENGTH + header.getUint16(26, true) + header.getUint16(28, true);
  return start + size <= archive.size ? archive.slice(start, start + size) : null;
}

const BLOCK = 512;

/** The files of a tar archive. */
export async function tarred(archive: Blob): Promise<Directory> {
  const entries: Entry[] = [];
  for (let at = 0; at + BLOCK <= archive.size; ) {
    const header = await range(archive, at, BLOCK);
    const size = Number.parseInt(ascii(header.slice(124, 136)), 8);
    // The end is marked by blocks of zeros.
    if (header[0] === 0) return { entries, partial: false };
    if (!Number.isSafeInteger(size) || size < 0 || entries.length === MOST_ENTRIES) return { entries, partial: true };
    const type = header[156] ?? 0;
    const start = at + BLOCK;
    // A regular file, in the old form or the new; links and directories hold nothing, and long names are only names.
    if (type === 0 || type === 0x30) {
      const packed = archive.slice(start, start + size);
      entries.push({ name: ascii(header.slice(0, 100)), packed, format: null });
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return { entries, partial: false };
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function nameIn(directory: DataView, at: number, length: number): string {
  const inside = Math.min(length, directory.byteLength - at);
  return new TextDecoder().decode(new Uint8Array(directory.buffer, directory.byteOffset + at, inside));
}

function ascii(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\0.*$/s, '').trim();
}

/** Unpacks up to a number of bytes. `whole` is false where there are more, or where the rest is damaged. */
export async function unpacked(
  packed: Blob,
  format: 'deflate-raw' | 'gzip',
  most: number,
): Promise<{ blob: Blob; whole: boolean }> {
  const reader = packed.stream().pipeThrough(new DecompressionStream(format)).getReader();
  const parts: BlobPart[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { blob: new Blob(parts), whole: true };
      if (length + value.length > most) break;
      length += value.length;
      parts.push(value);
    }
    await reader.cancel();
  } catch {
    // What came before the damage is looked at all the same.
  }
  return { blob: new Blob(parts), whole: false };
}

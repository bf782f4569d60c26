// Bytes of files. In Firefox what a page's blob gives belongs to the page: it can be decoded and copied, and little else.

/** The first bytes, as an array of our own. */
export async function head(blob: Blob, length: number): Promise<Uint8Array> {
  return range(blob, 0, length);
}

export async function range(blob: Blob, start: number, length: number): Promise<Uint8Array> {
  const given = new Uint8Array(await blob.slice(start, start + length).arrayBuffer());
  const own = new Uint8Array(given.length);
  own.set(given);
  return own;
}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';
export type Kind = Encoding | 'zip' | 'gzip' | 'tar' | 'pdf' | 'other';

/** Bytes that tell what a file is: the name of a tar file's format stands behind its first 257. */
export const TELLING = 4096;

/** What a file is by its content; names and types are what somebody called it. */
export function kindOf(start: Uint8Array): Kind {
  if (begins(start, [0x50, 0x4b, 3, 4]) || begins(start, [0x50, 0x4b, 5, 6])) return 'zip';
  if (begins(start, [0x1f, 0x8b])) return 'gzip';
  if (begins(start.slice(257), [0x75, 0x73, 0x74, 0x61, 0x72])) return 'tar';
  if (begins(start, [0x25, 0x50, 0x44, 0x46, 0x2d])) return 'pdf';
  if (begins(start, [0xff, 0xfe])) return 'utf-16le';
  if (begins(start, [0xfe, 0xff])) return 'utf-16be';
  return withoutMark(start);
}

/** Text without a byte order mark: in UTF-16 every other byte of a mostly Latin text is zero, in all else no byte is. */
function withoutMark(start: Uint8Array): Kind {
  const zeros = [0, 0];
  for (let at = 0; at < start.length; at++) if (start[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (even + odd === 0) return 'utf-8';
  const many = start.length / 5;
  if (odd > many && even < many / 10) return 'utf-16le';
  if (even > many && odd < many / 10) return 'utf-16be';
  return 'other';
}

function begins(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

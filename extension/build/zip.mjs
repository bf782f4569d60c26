// A zip archive that depends on nothing but its files: they are sorted by name, and have no time, owner or mode.

import { crc32, deflateRawSync } from 'node:zlib';

/** 1980-01-01, the first day that the format knows: month and day are counted from 1. */
const FIRST_DAY = (1 << 5) | 1;

/** Names are UTF-8. */
const UTF8 = 1 << 11;

/**
 * @param {Record<string, string | Buffer>} files
 * @returns {Buffer}
 */
export function zip(files) {
  const locals = [];
  const directory = [];
  let at = 0;
  for (const [name, content] of Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1))) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain, { level: 9 });
    const path = Buffer.from(name);
    // Version, flags, method 8, time, date, checksum, both sizes, length of the name, no extra field.
    const common = numbers(
      ...[
        [2, 20],
        [2, UTF8],
        [2, 8],
        [2, 0],
        [2, FIRST_DAY],
        [4, crc32(plain)],
        [4, packed.length],
        [4, plain.length],
      ],
    );
    const local = Buffer.concat([numbers([4, 0x04034b50]), common, numbers([2, path.length], [2, 0]), path, packed]);
    directory.push(
      Buffer.concat([
        numbers([4, 0x02014b50], [2, 20]),
        common,
        numbers([2, path.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, at]),
        path,
      ]),
    );
    locals.push(local);
    at += local.length;
  }
  const index = Buffer.concat(directory);
  const count = directory.length;
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, index.length], [4, at], [2, 0]);
  return Buffer.concat([...locals, index, end]);
}

/** @param {number[][]} values pairs of a number of bytes and a value, written little-endian */
function numbers(...values) {
  const buffer = Buffer.alloc(values.reduce((sum, [bytes = 0]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes = 0, value = 0] of values) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}

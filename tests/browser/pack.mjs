// Archives for tests, made at run time.

import { deflateRawSync } from 'node:zlib';

/**
 * A zip archive as every program writes it: files one after the other, then the directory. Nobody here looks at checksums.
 * @param {Record<string, string | Buffer>} files
 */
export function zip(files) {
  const locals = [];
  const directory = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content);
    const packed = deflateRawSync(plain, { level: 9 });
    const path = Buffer.from(name);
    // Version, flags, method 8, time, date, checksum, both sizes, length of the name, no extra field.
    const common = numbers([2, 20], [2, 0], [2, 8], [2, 0], [2, 0], [4, 0], [4, packed.length], [4, plain.length]);
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

/**
 * A tar archive.
 * @param {Record<string, string | Buffer>} files
 */
export function tar(files) {
  const blocks = [];
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(`${plain.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('0', 156);
    header.write('ustar\0', 257);
    blocks.push(header, plain, Buffer.alloc((512 - (plain.length % 512)) % 512));
  }
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** @param {[bytes: number, value: number][]} values little-endian */
function numbers(...values) {
  const buffer = Buffer.alloc(values.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of values) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}

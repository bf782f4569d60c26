// Archives for tests, made at run time.

export { zip } from '../../extension/build/zip.mjs';

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

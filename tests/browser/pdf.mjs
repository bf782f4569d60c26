// Makes small PDF files, as simple as the format allows: https://pdfa.org/resource/iso-32000-2/

import { deflateRawSync, deflateSync, constants as zlib } from 'node:zlib';

/**
 * @typedef {object} Options
 * @property {boolean} [packed] contents of the pages are compressed
 * @property {string} [encrypt] what stands in the dictionary that says how the file is encrypted
 * @property {string} [annotation] dictionary of an annotation on the first page
 * @property {string} [catalog] more of the file's catalogue
 */

/**
 * @param {(string | Buffer)[]} contents of each page; bytes are compressed already
 * @param {Options} [options]
 */
export function pdfOf(contents, { packed = false, encrypt = '', annotation = '', catalog = '' } = {}) {
  /** @type {Buffer[]} */
  const objects = [];
  const add = (/** @type {string | Buffer} */ object) => objects.push(Buffer.from(object));
  const kids = contents.map((_, index) => `${4 + 2 * index} 0 R`);
  add(`<< /Type /Catalog /Pages 2 0 R ${catalog} >>`);
  add(`<< /Type /Pages /Count ${kids.length} /Kids [${kids.join(' ')}] >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>');
  for (const [index, content] of contents.entries()) {
    const notes = index === 0 && annotation !== '' ? `/Annots [ ${annotation} ]` : '';
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 800] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * index} 0 R ${notes} >>`,
    );
    const bytes = typeof content === 'string' && packed ? deflateSync(content) : Buffer.from(content);
    const filter = typeof content !== 'string' || packed ? '/Filter /FlateDecode' : '';
    add(
      Buffer.concat([
        Buffer.from(`<< /Length ${bytes.length} ${filter} >>\nstream\n`),
        bytes,
        Buffer.from('\nendstream'),
      ]),
    );
  }
  if (encrypt !== '') add(encrypt);

  const parts = [Buffer.from('%PDF-1.7\n')];
  let length = parts[0]?.length ?? 0;
  const places = objects.map((object, index) => {
    const place = length;
    const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(whole);
    length += whole.length;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const more = encrypt === '' ? '' : `/Encrypt ${objects.length} 0 R /ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>]`;
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${more} >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/**
 * Lines of text, each in pieces with a little space between, as typesetting programs write them.
 * @param {string[]} lines
 */
export function written(lines) {
  const shown = lines.map((line) => {
    const pieces = (line.match(/.{1,3}/g) ?? []).map((piece) => `(${piece.replaceAll(/[\\()]/g, '\\$&')})`);
    return `[${pieces.join(' -3 ')}] TJ T*`;
  });
  return `BT /F1 9 Tf 12 TL 40 760 Td ${shown.join('\n')} ET`;
}

/** A password is needed. */
export const LOCKED = `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -1 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`;

/**
 * Spaces, compressed: a kilobyte for each MiB.
 * @param {number} mebibytes
 */
export function bomb(mebibytes) {
  // A flush makes each block independent of the one before.
  const block = deflateRawSync(Buffer.alloc(1 << 20, 0x20), { finishFlush: zlib.Z_FULL_FLUSH });
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array(mebibytes).fill(block), deflateRawSync(Buffer.alloc(0))]);
}

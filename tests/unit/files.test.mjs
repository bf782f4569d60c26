import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { tar, zip } from '../browser/pack.mjs';
import { load } from './load.mjs';

const { WINDOW, OVERLAP, MOST_IN_FILE, MOST_ENTRIES } = await load('content/files/limits.ts');
const { windows, linesAt } = await load('content/files/text.ts');
const { kindOf } = await load('content/files/bytes.ts');
const { zipped, tarred, unpacked } = await load('content/files/archive.ts');
const { redacted } = await load('content/files/redact.ts');
const { textOf } = await load('content/files/office.ts');

/** @param {string | Buffer} content */
const blob = (content) => new Blob([/** @type {any} */ (content)]);
/** @param {string | Buffer} content */
const kind = (content) => kindOf(new Uint8Array(Buffer.from(content)));

/**
 * @param {Blob} file
 * @param {string} encoding
 */
async function all(file, encoding) {
  const found = [];
  for await (const window of windows(file, encoding)) found.push(window);
  return found;
}

test('what a file is shows in its first bytes', () => {
  assert.equal(kind('text'), 'utf-8');
  assert.equal(kind(''), 'utf-8');
  assert.equal(kind(Buffer.from('\ufeffwide', 'utf16le')), 'utf-16le');
  assert.equal(kind(Buffer.from('wide without a mark', 'utf16le')), 'utf-16le');
  assert.equal(kind(Buffer.from('wide without a mark', 'utf16le').swap16()), 'utf-16be');
  assert.equal(kind(zip({ a: 'b' })), 'zip');
  assert.equal(kind(zip({})), 'zip');
  assert.equal(kind(gzipSync('a')), 'gzip');
  assert.equal(kind(tar({ a: 'b' })), 'tar');
  assert.equal(kind('%PDF-1.7'), 'pdf');
  assert.equal(kind(Buffer.from([1, 0, 0, 0, 5, 0, 9, 0, 0, 0, 0])), 'other');
});

test('whatever lies on the edge of a window lies whole in one of the two, and is placed in bytes', async () => {
  const mark = 'MARK';
  for (const letter of ['a', 'é', '🙂']) {
    const size = Buffer.byteLength(letter);
    for (const before of [WINDOW - 2, WINDOW - OVERLAP - 2, WINDOW - OVERLAP]) {
      const head = letter.repeat(Math.floor(before / size));
      const text = head + mark + letter.repeat(OVERLAP);
      const found = await all(blob(text), 'utf-8');
      const holder = found.find((window) => window.text.includes(mark));
      assert.ok(holder, `${letter} ${before}`);
      assert.equal(holder.byteAt(holder.text.indexOf(mark)), Buffer.byteLength(head));
    }
  }
});

test('a text that is no UTF-8 is read byte by byte', async () => {
  const [window] = await all(blob(Buffer.from([0x63, 0xe9, 0xff, 0x78])), 'utf-8');
  assert.equal(window.text.length, 4);
  assert.equal(window.byteAt(3), 3);
});

test('UTF-16 is placed in bytes too', async () => {
  const [window] = await all(blob(Buffer.from('\ufeffab🙂c', 'utf16le')), 'utf-16le');
  assert.equal(window.byteAt(window.text.indexOf('c')), 2 * 5);
});

test('a file is read up to the limit and not further', async () => {
  const block = 'x'.repeat(1 << 20);
  const over = new Blob([...Array(MOST_IN_FILE / block.length).fill(block), 'MARK']);
  let longest = 0;
  for await (const { text, byteAt } of windows(over, 'utf-8')) {
    assert.ok(!text.includes('MARK'));
    longest = byteAt(text.length);
  }
  assert.equal(longest, MOST_IN_FILE);
});

test('lines are counted in every encoding', async () => {
  const text = 'one\ntwo é\nthree\n';
  const at = Buffer.byteLength('one\ntwo é\n');
  assert.deepEqual(await linesAt(blob(text), [0, 4, at, at], 'utf-8'), [1, 2, 3, 3]);
  assert.deepEqual(await linesAt(blob(Buffer.from(text, 'utf16le')), [0, 8], 'utf-16le'), [1, 2]);
});

test('a zip archive is read by its directory, with a comment behind it too', async () => {
  const archive = zip({ 'a.txt': 'first', 'folder/': '', 'folder/b.txt': 'second'.repeat(100) });
  const { entries, partial } = await zipped(blob(archive));
  assert.equal(partial, false);
  assert.deepEqual(
    entries.map((/** @type {{ name: string }} */ { name }) => name),
    ['a.txt', 'folder/b.txt'],
  );
  const { blob: content, whole } = await unpacked(entries[1].packed, entries[1].format, 1 << 20);
  assert.equal(await content.text(), 'second'.repeat(100));
  assert.equal(whole, true);

  const commented = Buffer.concat([archive, Buffer.from('a comment')]);
  commented.writeUInt16LE(9, archive.length - 2);
  assert.equal((await zipped(blob(commented))).entries.length, 2);
});

test('an archive at the limit is read whole, one over it in part', async () => {
  const files = (/** @type {number} */ count) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, '']));
  for (const [make, read] of /** @type {const} */ ([
    [zip, zipped],
    [tar, tarred],
  ])) {
    const at = await read(blob(make(files(MOST_ENTRIES))));
    assert.deepEqual([at.entries.length, at.partial], [MOST_ENTRIES, false]);
    const over = await read(blob(make(files(MOST_ENTRIES + 1))));
    assert.deepEqual([over.entries.length, over.partial], [MOST_ENTRIES, true]);
  }
});

test('an archive that is cut off is read in part, and one with a wrong byte does no harm', async () => {
  const whole = zip({ 'a.txt': 'first', 'b.txt': 'second' });
  for (let length = 0; length < whole.length; length++) {
    const { partial } = await zipped(blob(whole.subarray(0, length)));
    assert.equal(partial, true, `cut at ${length}`);
  }
  for (let at = 0; at < whole.length; at++) {
    const broken = Buffer.from(whole);
    broken[at] = (broken[at] ?? 0) ^ 0xff;
    const { entries } = await zipped(blob(broken));
    for (const { packed, format } of entries) if (packed && format) await unpacked(packed, format, 1 << 16);
  }
});

test('unpacking ends at the limit', async () => {
  const packed = blob(gzipSync(Buffer.alloc(1 << 20)));
  const exact = await unpacked(packed, 'gzip', 1 << 20);
  assert.deepEqual([exact.blob.size, exact.whole], [1 << 20, true]);
  const less = await unpacked(packed, 'gzip', (1 << 20) - 1);
  assert.ok(less.blob.size < 1 << 20);
  assert.equal(less.whole, false);
});

test('a redacted copy keeps every other byte, and name, type and time', async () => {
  const { File } = await import('node:buffer');
  Object.assign(globalThis, { File });
  const bytes = Buffer.from([0xff, 0x61, 0x62, 0x63, 0xfe, 0x00]);
  const file = new File([bytes], 'a.txt', { type: 'text/plain', lastModified: 1234 });
  const copy = redacted(
    file,
    [
      { start: 1, end: 3, text: '$X' },
      { start: 3, end: 4, text: '' },
    ],
    'utf-8',
  );
  assert.deepEqual([...new Uint8Array(await copy.arrayBuffer())], [0xff, 0x24, 0x58, 0xfe, 0x00]);
  assert.deepEqual([copy.name, copy.type, copy.lastModified], ['a.txt', 'text/plain', 1234]);
  const wide = redacted(file, [{ start: 0, end: 6, text: 'X' }], 'utf-16be');
  assert.deepEqual([...new Uint8Array(await wide.arrayBuffer())], [0, 0x58]);
});

test('a document reads as its text, a paragraph or a cell to the line', () => {
  assert.equal(
    textOf('<w:p><w:r><w:t>ab</w:t></w:r><w:r><w:t xml:space="preserve">c</w:t></w:r></w:p><w:p/>'),
    'abc\n',
  );
  assert.equal(textOf('<si><t>one</t></si><si><t>two</t></si>'), 'one\ntwo\n');
  assert.equal(textOf('<a:p><a:t>x</a:t></a:p>'), 'x\n');
});

test('a tag that never ends costs no more than its length', () => {
  for (const text of ['<'.repeat(500_000), `<${'a'.repeat(500_000)}`, `<${'a '.repeat(250_000)}`])
    assert.equal(textOf(text), text);
});

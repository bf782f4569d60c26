// What goes to the stores is the same wherever and whenever it is made, and names no place on the machine that made it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { zip } from '../../extension/build/zip.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** @type {string} */
let folder;
before(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keystay-package-'));
});
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/**
 * Bundles and packs into a folder of its own.
 * @param {string} name
 * @param {string} cwd
 */
function pack(name, cwd) {
  const dist = path.join(folder, name);
  fs.mkdirSync(dist);
  const run = (/** @type {string} */ script) =>
    execFileSync(process.execPath, [path.join(ROOT, 'extension', 'build', script)], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, KEYSTAY_DIST: dist },
    });
  run('bundle.mjs');
  return { dist, sums: run('package.mjs') };
}

test('two bundles that were made in other folders and at other times give the same packages', {
  timeout: 120_000,
}, () => {
  const one = pack('one', ROOT);
  const other = pack('other', os.tmpdir());
  assert.match(one.sums, /^(?:[0-9a-f]{64} {2}keystay-(?:chromium|firefox)-\d+\.\d+\.\d+\.zip\n){2}$/);
  assert.equal(one.sums, other.sums);

  for (const browser of ['chromium', 'firefox']) {
    const shipped = path.join(one.dist, browser);
    const files = fs.readdirSync(shipped, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.ok(files.length > 30);
    for (const { parentPath, name } of files) {
      const content = fs.readFileSync(path.join(parentPath, name));
      for (const place of [ROOT, os.homedir(), folder])
        if (place.length > 1) assert.ok(!content.includes(`${place}/`), `${browser}/${name} names ${place}`);
    }
    const licenses = fs.readFileSync(path.join(shipped, 'licenses.txt'), 'utf8');
    for (const part of ['idb', 'regex', 'serde_json', 'wasm-bindgen'])
      assert.match(licenses, new RegExp(`^${part} \\d`, 'm'));
  }
});

test('an archive depends on its files alone, and other programs read it', { timeout: 60_000 }, () => {
  const files = { 'b/ü.txt': 'second', 'a.txt': 'first '.repeat(1000) };
  const archive = zip(files);
  assert.deepEqual(zip(Object.fromEntries(Object.entries(files).reverse())), archive);
  const file = path.join(folder, 'archive.zip');
  fs.writeFileSync(file, archive);
  const script =
    'import sys, zipfile, json; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps({i.filename: [z.read(i).decode(), i.date_time[0]] for i in z.infolist()}))';
  const read = JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }));
  assert.deepEqual(read, { 'a.txt': ['first '.repeat(1000), 1980], 'b/ü.txt': ['second', 1980] });
});

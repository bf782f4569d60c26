// What a key may have left in the files of a profile, in any of the forms in which programs write text.

import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import path from 'node:path';

/** Firefox clears away what a temporary add-on has stored when it closes, and gives it another address at each start. */
export const KEEP = {
  'extensions.webextensions.keepStorageOnUninstall': true,
  'extensions.webextensions.keepUuidOnUninstall': true,
};

/** As long a piece of a secret does not come about by chance, and none may stand anywhere: packers write texts in pieces. */
const PIECE = 14;

/** The public beginning is in the masked form. */
const PUBLIC = 16;

/**
 * The files that belong to the extension. The others hold what the browser itself keeps of pages and of what stood in their fields.
 * @param {string} profile
 */
export async function filesOfExtension(profile) {
  const files = await filesOf(profile);
  return files.filter(({ file }) => /extension/i.test(file));
}

/** @param {string} profile */
export async function filesOf(profile) {
  const entries = await fs.readdir(profile, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (file) => ({ file: path.relative(profile, file), bytes: await fs.readFile(file) })),
  );
}

/**
 * @param {{ file: string, bytes: Buffer }[]} files
 * @param {string[]} secrets
 */
export function assertNoResidue(files, secrets) {
  const all = Buffer.concat(files.flatMap(({ bytes }) => [bytes, Buffer.alloc(1)]));
  for (const secret of secrets)
    for (const form of formsOf(secret)) {
      if (!all.includes(form)) continue;
      assert.fail(
        `a piece of a key is in ${files.filter(({ bytes }) => bytes.includes(form)).map(({ file }) => file)}`,
      );
    }
}

/**
 * The whole secret, and the pieces of it that are secret, as text, UTF-16 in both orders, hexadecimal, percent-encoded, backwards and in
 * base64.
 * @param {string} secret
 * @returns {(string | Buffer)[]}
 */
export function formsOf(secret) {
  const pieces = [secret];
  // A key of several lines is told by its first and last ones, which are the same in all of them.
  const from = /\s/.test(secret) ? secret.length : Math.max(PUBLIC, Math.ceil(secret.length * 0.4));
  for (let at = from; at + PIECE <= secret.length - 2; at += PIECE) pieces.push(secret.slice(at, at + PIECE));
  return pieces.flatMap((piece) => {
    const bytes = Buffer.from(piece);
    const hex = bytes.toString('hex');
    // In base64 the letters depend on where in a group of three bytes the text begins.
    const base64 = [0, 1, 2].map((skip) =>
      bytes
        .subarray((3 - skip) % 3)
        .toString('base64')
        .replaceAll('=', '')
        .slice(0, -1),
    );
    return [
      bytes,
      Buffer.from(piece, 'utf16le'),
      Buffer.from(piece, 'utf16le').swap16(),
      hex,
      hex.toUpperCase(),
      encodeURIComponent(piece),
      [...piece].reverse().join(''),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ];
  });
}

// Texts that the parts of the bench look at.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** What people paste, by name; each as long as it happens to be. */
export async function usual() {
  const modules = path.join(ROOT, 'node_modules');
  return new Map([
    ['prose', await joined('docs', '.md')],
    ['TypeScript source', await joined('extension/content', '.ts')],
    ['JavaScript source', await fs.readFile(path.join(modules, 'react-dom/cjs/react-dom.development.js'), 'utf8')],
    ['minified JavaScript', await fs.readFile(path.join(modules, 'axe-core/axe.min.js'), 'utf8')],
    [
      'base64 in lines',
      randomBytes(1 << 20)
        .toString('base64')
        .replace(/.{76}/g, '$&\n'),
    ],
  ]);
}

/**
 * The texts of the list that were made to be slow, each as a function that makes it so long.
 * @returns {Promise<{ name: string, text: (length: number) => string }[]>}
 */
export async function madeToBeSlow() {
  /** @type {{ name: string, repeat?: string, random?: string, base64?: number }[]} */
  const list = JSON.parse(await fs.readFile(path.join(ROOT, 'tests', 'slow-texts.json'), 'utf8'));
  return list.map(({ name, repeat = '', random = '', base64 = 0 }) => ({
    name,
    text(length) {
      if (random !== '') {
        const piece = Array.from(randomBytes(1 << 16), (byte) => random[byte % random.length]).join('');
        return filled(piece, length);
      }
      const plain = length * 0.75 ** base64;
      let text = repeat.repeat(Math.ceil(plain / Buffer.byteLength(repeat)));
      for (let layer = 0; layer < base64; layer++) text = Buffer.from(text).toString('base64');
      // One piece, as what comes from a clipboard is, and not a tree of the pieces that it was made of.
      return Buffer.from(text).toString();
    },
  }));
}

/**
 * @param {string} text
 * @param {number} length
 */
export function filled(text, length) {
  return Buffer.from(text.repeat(Math.ceil(length / text.length)).slice(0, length), 'utf16le').toString('utf16le');
}

/**
 * @param {string} folder
 * @param {string} ending
 */
async function joined(folder, ending) {
  const names = (await fs.readdir(path.join(ROOT, folder))).filter((name) => name.endsWith(ending)).sort();
  return (await Promise.all(names.map((name) => fs.readFile(path.join(ROOT, folder, name), 'utf8')))).join('\n');
}

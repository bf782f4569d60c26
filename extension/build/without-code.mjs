// Takes out of pdf.js what makes code of text or loads some: old browsers' way to the global object, a document of theirs for what they
// lack, and the addresses of a worker and of programs for pictures. Nothing of it is reached where the extension runs, and the extension's
// policy forbids it; whoever reads what ships should not have to find that out.

import { readFile } from 'node:fs/promises';

/** @type {[RegExp, string][]} */
const CODE = [
  [/\s*\|\| Function\('return this'\)\(\)/g, ''],
  [/(?:activeX|iframe)Document\.write\(.*?\);/g, ''],
  [/await import\(\s*(?:\/\*[^*]*\*\/\s*)+(?:this\.workerSrc|`[^`]*`)\)/g, 'null'],
];

/** @type {import('esbuild').Plugin} */
export const withoutCode = {
  name: 'without code from elsewhere',
  setup({ onLoad }) {
    onLoad({ filter: /pdfjs-dist.*\.mjs$/ }, async ({ path: file }) => {
      let contents = await readFile(file, 'utf8');
      for (const [code, instead] of CODE) {
        const left = contents.replace(code, instead);
        if (left === contents) throw new Error(`${file} has changed: nothing in it matches ${code}`);
        contents = left;
      }
      return { contents, loader: 'js' };
    });
  },
};

// The icon is drawn once, as SVG; Chromium takes only pixels.

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { EXTENSION } from './paths.mjs';

const SIZES = [16, 32, 48, 128];

/** @param {string} folder */
export async function writeIcons(folder) {
  const drawing = await readFile(path.join(EXTENSION, 'icons', 'keystay.svg'), 'utf8');
  for (const size of SIZES) {
    const png = new Resvg(drawing, { fitTo: { mode: 'width', value: size } }).render().asPng();
    await writeFile(path.join(folder, `${size}.png`), png);
  }
}

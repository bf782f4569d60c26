// The icon is drawn once, as SVG; Chromium takes only pixels.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { EXTENSION } from './paths.mjs';

const SIZES = [16, 32, 48, 128];

/** Sizes of the toolbar button. */
const BUTTON_SIZES = [16, 32];

/** @param {string} folder */
export async function writeIcons(folder) {
  await write('keystay.svg', folder, SIZES);
  const off = path.join(folder, 'off');
  await mkdir(off, { recursive: true });
  await write('off.svg', off, BUTTON_SIZES);
}

/**
 * @param {string} name
 * @param {string} folder
 * @param {number[]} sizes
 */
async function write(name, folder, sizes) {
  const drawing = await readFile(path.join(EXTENSION, 'icons', name), 'utf8');
  for (const size of sizes) {
    const png = new Resvg(drawing, { fitTo: { mode: 'width', value: size } }).render().asPng();
    await writeFile(path.join(folder, `${size}.png`), png);
  }
}

// Reads the PNG pictures that browsers take of themselves, as far as they make them: eight bits a channel, no interlacing.
// Specification: https://www.w3.org/TR/png-3/

import { inflateSync } from 'node:zlib';

const SIGNATURE_LENGTH = 8;
/** Samples of one pixel by colour type: RGB and RGBA. */
const SAMPLES = /** @type {Record<number, number>} */ ({ 2: 3, 6: 4 });

/**
 * The colours of a part of a picture, row after row.
 * @param {Buffer} png
 * @param {{ x: number, y: number, width: number, height: number }} part in whole pixels inside the picture
 * @returns {Buffer} three bytes a pixel
 */
export function crop(png, { x, y, width, height }) {
  const picture = decode(png);
  const rows = [];
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) {
      const at = (row * picture.width + column) * picture.samples;
      rows.push(picture.pixels.subarray(at, at + 3));
    }
  }
  return Buffer.concat(rows);
}

/** @param {Buffer} png */
function decode(png) {
  const compressed = [];
  let width = 0;
  let height = 0;
  let samples = 0;
  for (let at = SIGNATURE_LENGTH; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      width = data.readUInt32BE(0);
      height = data.readUInt32BE(4);
      samples = SAMPLES[data[9] ?? -1] ?? 0;
      if (data[8] !== 8 || samples === 0 || data[12] !== 0) throw new Error('a kind of PNG that browsers do not make');
    }
    if (type === 'IDAT') compressed.push(data);
    at += 12 + length;
  }
  return { width, height, samples, pixels: unfilter(inflateSync(Buffer.concat(compressed)), width * samples, samples) };
}

/**
 * @param {Buffer} filtered
 * @param {number} stride bytes in a row
 * @param {number} samples
 */
function unfilter(filtered, stride, samples) {
  const rows = filtered.length / (stride + 1);
  const pixels = Buffer.alloc(rows * stride);
  for (let row = 0; row < rows; row++) {
    const filter = filtered[row * (stride + 1)] ?? 0;
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column >= samples ? (pixels[at - samples] ?? 0) : 0;
      const up = row > 0 ? (pixels[at - stride] ?? 0) : 0;
      const corner = row > 0 && column >= samples ? (pixels[at - stride - samples] ?? 0) : 0;
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      pixels[at] = (filtered[row * (stride + 1) + 1 + column] ?? 0) + predicted;
    }
  }
  return pixels;
}

/**
 * @param {number} left
 * @param {number} up
 * @param {number} corner
 */
function paeth(left, up, corner) {
  const estimate = left + up - corner;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

// How well two colours can be told apart: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. A page tells its colours as its computed
// styles name them, `rgb(r, g, b)` or `rgba(r, g, b, a)`.

/**
 * @param {{ front: string, back: string }} colors
 * @returns {number} from 1 to 21
 */
export function contrast({ front, back }) {
  const [lighter = 0, darker = 0] = [luminance(front), luminance(back)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** @param {string} color */
function luminance(color) {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? [])
    .slice(0, 3)
    .map((value) => Number(value) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

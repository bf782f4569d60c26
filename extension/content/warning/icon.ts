import { drawing } from './dom';

/** A key held back by a bar. Decoration: the words beside it say everything. */
export function icon(owner: Document): SVGElement {
  const stroke = { fill: 'none', 'stroke-width': '2', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  return drawing(
    owner,
    'svg',
    { viewBox: '0 0 24 24', width: '20', height: '20', 'aria-hidden': 'true', focusable: 'false', class: 'icon' },
    drawing(owner, 'circle', { cx: '6.5', cy: '12', r: '3.5', ...stroke }),
    drawing(owner, 'path', { d: 'M10 12h6.5M14 12v3', ...stroke }),
    drawing(owner, 'path', { d: 'M20.5 5v14', ...stroke, 'stroke-width': '2.5' }),
  );
}

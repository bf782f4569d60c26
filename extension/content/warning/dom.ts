// Elements are made by name in the XHTML or SVG namespace, so that the warning also works in XML documents, and never from markup.

import { genuine } from '../genuine';

const XHTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

export type Child = Node | string | null;

export function element<Name extends keyof HTMLElementTagNameMap>(
  owner: Document,
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  return filled(genuine(owner).createElementNS(XHTML, name) as HTMLElementTagNameMap[Name], attributes, children);
}

export function drawing(
  owner: Document,
  name: keyof SVGElementTagNameMap,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): SVGElement {
  return filled(genuine(owner).createElementNS(SVG, name) as SVGElement, attributes, children);
}

function filled<Made extends Element>(
  made: Made,
  attributes: Readonly<Record<string, string>>,
  children: readonly Child[],
): Made {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== null));
  return made;
}

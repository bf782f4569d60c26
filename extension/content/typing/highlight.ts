// Marks text in rich text without a change of its tree: https://drafts.csswg.org/css-highlight-api-1/

import { getRootNode } from '../natives';

/** Where the browser has no highlights, and in fields, which have no ranges, the chip alone says what was found. */
const supported = 'highlights' in CSS;

/** New on every page, so that no page can ask for it by name. */
const name = `k${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;

let sheet: CSSStyleSheet | null = null;

/** Where the sheet is in force. */
const styled = new Set<Document | ShadowRoot>();

/** Marks these ranges and no others. */
export function highlight(ranges: readonly Range[]): void {
  if (!supported) return;
  if (ranges.length === 0) {
    CSS.highlights.delete(name);
    for (const root of styled)
      root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((other) => other !== sheet);
    styled.clear();
    return;
  }
  sheet ??= styles();
  for (const range of ranges) style(getRootNode(range.startContainer), sheet);
  CSS.highlights.set(name, new Highlight(...ranges));
}

function styles(): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(
    `::highlight(${name}) { text-decoration: underline wavy #b3261e; background-color: rgb(179 38 30 / 16%); }`,
  );
  return made;
}

function style(root: Node, sheet: CSSStyleSheet): void {
  if (!(root instanceof Document || root instanceof ShadowRoot)) return;
  const sheets = [...root.adoptedStyleSheets];
  if (!sheets.includes(sheet)) root.adoptedStyleSheets = [...sheets, sheet];
  styled.add(root);
}

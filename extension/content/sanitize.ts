// Makes a clipboard's HTML safe to insert, with the browser's own sanitizer: `setHTML` drops whatever can run script and cannot be
// told to keep it. What is left then matches what the browser's own paste keeps (measured with styles, lists, links and images).

import { isChromium } from '../shared/browser';
import { page } from './natives';

interface SanitizerConfig {
  removeElements: (string | { name: string; namespace: string })[];
  comments: boolean;
}

type SetHTML = (this: Element, html: string, options: { sanitizer: SanitizerConfig }) => void;

const SVG = 'http://www.w3.org/2000/svg';
const MATHML = 'http://www.w3.org/1998/Math/MathML';

// Elements that a paste never keeps, and those whose content is parsed by rules of its own: text that comes out of them can be read
// as markup when it is parsed again.
const CONFIG: SanitizerConfig = {
  removeElements: [
    ...[
      'base',
      'head',
      'link',
      'meta',
      'title',
      'style',
      'template',
      'noscript',
      'noembed',
      'noframes',
      'xmp',
      'plaintext',
    ],
    ...['form', 'input', 'textarea', 'select', 'button', 'dialog', 'audio', 'video'],
    { name: 'svg', namespace: SVG },
    { name: 'math', namespace: MATHML },
  ],
  // Chromium's paste keeps them, and lays out the elements around them differently; Firefox's drops them.
  comments: isChromium(),
};

/** Empty where the result cannot be trusted or the browser has no sanitizer: the plain text is inserted then. */
export function clean(html: string): string {
  const setHTML = (Element.prototype as { setHTML?: SetHTML }).setHTML;
  if (html === '' || setHTML === undefined) return '';
  try {
    // An inert document: nothing in it is loaded or run.
    const inert = page.implementation.createHTMLDocument('');
    const sanitized = (markup: string): string => {
      const element = inert.createElement('div');
      setHTML.call(element, markup, { sanitizer: CONFIG });
      return element.innerHTML;
    };
    // `insertHTML` parses once more. Markup that changes when it is parsed again is how sanitizers are tricked.
    const once = sanitized(fragmentOf(html));
    return once === sanitized(once) ? once : '';
  } catch {
    return '';
  }
}

/** What was selected where it was copied: some systems put it into a whole document and mark it. */
function fragmentOf(html: string): string {
  const start = html.indexOf(START);
  const end = html.lastIndexOf(END);
  return start >= 0 && end > start ? html.slice(start + START.length, end) : html;
}

const START = '<!--StartFragment-->';
const END = '<!--EndFragment-->';

// Every place that a paste can go to, as data: the specs run the same steps in each.

import { policies } from './site.mjs';
import { clickOn, inField, textIn, until } from './steps.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/**
 * @typedef {object} Place
 * @property {string} name completes "pasted into …"
 * @property {string} path address on a.test
 * @property {string[]} frames selectors of the frames from the top to the field's
 * @property {string} field see `locate` in steps.mjs
 * @property {boolean} lines takes more than one line
 * @property {'field' | 'editor' | 'terminal'} kind a field of the browser's own, or an editor with a model behind it; a terminal takes nothing back
 * @property {string} [paste] the keys that paste here; Ctrl+V where it is not given
 * @property {number} [grouped] in so many milliseconds the editor takes several edits for one that is undone
 * @property {'chromium' | 'firefox'} [only]
 * @property {boolean} [noRelease] a frame of another site, where nothing but "keep it out" works in the warning
 */

/** @type {Record<string, boolean>} */
const FIELDS = { input: false, textarea: true, editable: true, plaintext: true };

/** @type {Place[]} */
export const fields = [
  ...policies.flatMap((policy) =>
    Object.entries(FIELDS)
      // Each field on the plain page; the policies differ in nothing that depends on the field.
      .filter(([id]) => policy === 'plain' || id === 'textarea' || (policy === 'strict' && id === 'editable'))
      .map(([id, lines]) => ({
        name: `the ${id} of a page with the ${policy} policy`,
        path: `/pages/fields.html?policy=${policy}`,
        frames: [],
        field: `#${id}`,
        lines,
        kind: /** @type {const} */ ('field'),
      })),
  ),
  ...['x-open', 'x-closed', 'x-outer >>> x-open'].flatMap((host) =>
    ['input', 'textarea', '.editable'].map((field) => ({
      name: `${field.replace('.', '')} in the shadow root of ${host.replace(' >>>', ' and')}`,
      path: '/pages/roots.html',
      frames: [],
      field: `${host} >>> ${field}`,
      lines: field !== 'input',
      kind: /** @type {const} */ ('field'),
    })),
  ),
];

/** Frame kinds, each with whether it belongs to the page's own origin. */
const FRAMES = {
  'same-origin': true,
  'cross-site': false,
  srcdoc: true,
  'editable-body': true,
  sandbox: false,
  'sandbox-scripts': false,
  'about-blank': true,
  'about-blank-written': true,
  blob: true,
  data: false,
  nested: false,
};

/** @type {Place[]} */
export const frames = Object.entries(FRAMES).map(([kind, own]) => ({
  name: `the ${kind} frame`,
  path: `/pages/frames.html?kind=${kind}`,
  frames: kind === 'nested' ? ['#frame', '#frame'] : ['#frame'],
  field: '#textarea',
  lines: true,
  kind: 'field',
  noRelease: !own,
}));

/** @type {Place[]} */
export const editors = [
  { name: 'a textarea that React controls', address: 'react', field: '#field' },
  { name: 'an input that React controls', address: 'react?field=input', field: '#field', lines: false },
  { name: 'ProseMirror', address: 'prosemirror', field: '.ProseMirror', grouped: 600 },
  { name: 'CodeMirror', address: 'codemirror', field: '.cm-content' },
  { name: 'Lexical', address: 'lexical', field: '#field' },
  { name: 'Monaco', address: 'monaco', field: '.view-lines' },
  { name: 'a later Monaco', address: 'monaco-next?editContext=false', field: '.view-lines' },
  {
    name: 'a later Monaco with EditContext',
    address: 'monaco-next?editContext=true',
    field: '.view-lines',
    // Firefox has no EditContext, and Monaco then is the editor of the line above.
    only: /** @type {const} */ ('chromium'),
  },
  { name: 'a textarea that Vue controls', address: 'vue', field: '#field' },
  { name: 'TipTap', address: 'tiptap', field: '.tiptap', grouped: 600 },
  { name: 'Slate', address: 'slate', field: '#field' },
  { name: 'Draft.js', address: 'draft', field: '.public-DraftEditor-content' },
  { name: 'Quill', address: 'quill', field: '.ql-editor', grouped: 1100 },
  { name: 'Trix', address: 'trix', field: 'trix-editor' },
  { name: 'CKEditor', address: 'ckeditor', field: '.ck-editor__editable' },
  { name: 'TinyMCE', address: 'tinymce', field: 'body', frames: ['iframe'] },
  {
    name: 'version 5 of CodeMirror, with a hidden field',
    address: 'codemirror5?inputStyle=textarea',
    field: '.CodeMirror',
    grouped: 1300,
  },
  {
    name: 'version 5 of CodeMirror, with editable lines',
    address: 'codemirror5?inputStyle=contenteditable',
    field: '.CodeMirror',
    grouped: 1300,
  },
  { name: 'Ace', address: 'ace', field: '.ace_content', grouped: 1100 },
  {
    name: 'xterm',
    address: 'xterm',
    field: '.xterm-screen',
    paste: 'Shift+Insert',
    kind: /** @type {const} */ ('terminal'),
  },
  { name: 'an editor that nobody has heard of', address: 'own-model', field: '#field' },
].map(({ address, ...place }) => ({
  lines: true,
  frames: [],
  kind: /** @type {const} */ ('editor'),
  ...place,
  path: `/editors/${address}`,
}));

/**
 * The frame of a place, with the field in it ready.
 * @param {Page} page
 * @param {Place} place
 */
export async function enter(page, place) {
  // Some editors are ready only a moment after their page.
  if (place.kind !== 'field') await until('the editor', () => page.evaluate(() => 'editor' in globalThis));
  let frame = page;
  for (const selector of place.frames) frame = await frame.frame(selector);
  await clickOn(frame, place.field);
  return frame;
}

/**
 * Pastes by the keys that do it there: a terminal sends Ctrl+V to its other end.
 * @param {Page} frame
 * @param {Place} place
 */
export function pasteInto(frame, place) {
  return frame.press(place.paste ?? 'Control+V');
}

/**
 * What the place holds: an editor's model, or the field's text.
 * @param {Page} frame
 * @param {Place} place
 */
export function read(frame, place) {
  if (place.kind === 'field') return textIn(frame, place.field);
  return frame.evaluate(() => {
    const own = /** @type {any} */ (globalThis);
    // An editor may have its field in a frame of its own.
    return /** @type {string} */ ((own.editor ?? own.parent.editor).get());
  });
}

/**
 * Everything that can be read in the frame's own document.
 * @param {Page} frame
 * @param {Place} place
 */
export async function everything(frame, place) {
  const tree = await inField(frame, place.field, (field) => field.ownerDocument.documentElement.outerHTML);
  return tree + (await read(frame, place));
}

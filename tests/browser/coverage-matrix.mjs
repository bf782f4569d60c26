// The matrix of docs/coverage.md as data: by which ways a text enters or leaves which places.

import { editors, fields, frames } from './places.mjs';

/** @typedef {import('./coverage.mjs').Name} Name */

/**
 * @typedef {object} Table
 * @property {string} title
 * @property {string} about
 * @property {string} rows what a row is
 * @property {string[]} ways columns
 * @property {{ name: string, only?: Name }[]} places rows; what exists in one browser only says so
 */

/** How a text gets into a field. */
const ENTER = ['paste', 'drop', 'typed', 'composed', 'put in at once', 'half typed, half pasted'];

/** Gestures that are held, and what a script does for them. */
export const SENDING = [
  'Enter in a chat',
  'Enter in rich text',
  'Enter where the page acts on its release',
  'Enter where the page takes only real keys',
  'Enter in the one line of a form',
  'Enter in one line of a longer form',
  'the button of a chat',
  'the button of a form',
  'something that only looks like a button',
  'a button that acts when the pointer goes down',
  'a button in a closed shadow root',
  'a button pressed by keyboard',
  "a script's requestSubmit",
];

/** What a person does with files that is held. */
export const FILES = [
  'a file that is chosen',
  'a file that is chosen in a closed shadow root',
  'a file that is chosen for an input that is in no document',
  'a file that is chosen in a frame of another site',
  'a file that is dropped',
];

/**
 * Where keys are tried in pieces: one field of each kind.
 * @param {import('./places.mjs').Place} place
 */
export function inPieces({ name }) {
  return /^the (?:textarea|editable) of a page with the plain policy|^ProseMirror/.test(name);
}

/** @param {string} name */
function row(name) {
  return { name };
}

/** @type {Table[]} */
export const tables = [
  {
    title: 'Fields',
    about:
      'Composed: by an input method. Put in at once: one edit without keys, as dictation and emoji pickers make it. The policy is the content security policy of the page.',
    rows: 'field',
    ways: ENTER,
    places: fields,
  },
  {
    title: 'Editors',
    about: 'Enter: the key on which a chat sends, pressed while a typed key stands in the editor.',
    rows: 'editor',
    ways: [...ENTER, 'Enter'],
    places: editors,
  },
  {
    title: 'Frames',
    about: 'The field is a textarea, the body of the frame in one of them.',
    rows: 'frame',
    ways: ['paste', 'drop', 'typed'],
    places: frames,
  },
  {
    title: 'Pieces',
    about: 'A key cut after every character.',
    rows: 'field',
    ways: ['pasted in two pieces', 'typed up to a place and then pasted'],
    places: [...fields, ...editors].filter(inPieces),
  },
  {
    title: 'Rarer ways into a field',
    about: 'The field is a textarea where nothing else is said.',
    rows: 'how a key comes',
    ways: ['key'],
    places: [
      'pasted by the entry of a menu',
      'pasted without formatting',
      "pasted by the page's own command",
      'pasted by the middle button of a mouse',
      "put in by the page's own command",
      'put in as the value of the field by the page',
      'dragged from elsewhere in the frame',
      'put in for a misspelled word',
      'filled in by the browser',
      'yanked from a kill ring',
      'in a picture',
      'read by a button of the page with readText()',
      'read by a button of the page with read()',
      'read by a button of the page with the readText() of a blank frame',
    ].map(row),
  },
  {
    title: 'Documents that come about in other ways',
    about: 'A key is pasted there. Frames of every kind are in the table above.',
    rows: 'document',
    ways: ['pasted'],
    places: [
      ...[
        'a document that a page opens anew: its own',
        'a document that a page opens anew: its own, line by line and without opening it',
        'a document that a page opens anew: its own, with the methods of a blank frame',
        'a document that a page opens anew: its own, with the methods of a frame that it removed before',
        'a document that a page opens anew: its own, with the methods of a frame that is still loading',
        'a document that a page opens anew: that of a blank frame',
        'a document that a page opens anew: that of a frame, with the methods of another frame',
        'a document that a page opens anew: that of a frame, twice',
        'a window that a script fills',
        'a window that a script writes',
        'a page that came back from the cache',
      ].map(row),
      { name: 'a page that was made ready before it was asked for', only: /** @type {const} */ ('chromium') },
      ...["a viewer of the browser's own, and its pages"].map(row),
    ],
  },
  {
    title: 'Sending',
    about:
      'A typed key stands in the field. What is held is asked about, and sent by the same gesture where the person says so.',
    rows: 'what would send it',
    ways: ['sending'],
    places: [
      ...SENDING,
      'form.submit() of a script',
      'a link, a menu or a shortcut other than Enter',
      'a button in another frame',
      'what a page sends while one types',
      'fetch, XMLHttpRequest, WebSocket and sendBeacon of a script',
    ].map(row),
  },
  {
    title: 'Files',
    about:
      'A key stands in a text file, an archive or an Office document. What is looked into is in [known gaps](known-gaps.md#files).',
    rows: 'how a file comes',
    ways: ['file'],
    places: [
      ...[
        ...FILES,
        'a folder that is dropped',
        'a folder that is chosen',
        'a file that is pasted',
        'a file for an input on which the page fires a click event itself',
        'a file for an input that a label in no document opens',
      ].map(row),
      { name: 'a file that a page reads through a handle', only: /** @type {const} */ ('chromium') },
    ],
  },
];

/** @returns {{ table: Table, way: string, where: string, only: Name | undefined }[]} */
export function cells() {
  return tables.flatMap((table) =>
    table.ways.flatMap((way) => table.places.map(({ name, only }) => ({ table, way, where: name, only }))),
  );
}

/**
 * @param {string} way
 * @param {string} where
 */
export function cellOf(way, where) {
  const found = cells().find((cell) => cell.way === way && cell.where === where);
  if (!found) throw new Error(`coverage-matrix.mjs has no cell for “${way}” and “${where}”`);
  return found;
}

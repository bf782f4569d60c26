// What no test has proved, each with its reason. A reason that a test contradicts is an error, and so is a cell without either.

/**
 * @typedef {object} Gap
 * @property {string} reason
 * @property {RegExp} way
 * @property {RegExp} where
 * @property {import('./coverage.mjs').Name} [browser] both where it is not given
 */

/** @type {Gap[]} */
export const gaps = [
  // Editors
  {
    reason: 'The editor takes no text that is dropped, or makes a snippet of it, with and without us.',
    way: /drop/,
    where: /Monaco|Quill|Trix|xterm|nobody has heard/,
  },
  // Rarer ways
  {
    reason: 'No driver has a clipboard of selections. The browser sends the same event as for any paste.',
    way: /^key$/,
    where: /middle button/,
  },
  {
    reason: 'The text is the page’s own: it had it before. It is looked at when the person edits next.',
    way: /^key$/,
    where: /as the value of the field by the page|dragged from elsewhere in the frame/,
  },
  {
    reason:
      'No driver of Chromium opens the menu in which words are corrected. The field is looked at after it as after any edit.',
    way: /^key$/,
    where: /misspelled/,
    browser: 'chromium',
  },
  { reason: 'Only macOS has it. The field is looked at after it as after any edit.', way: /^key$/, where: /kill ring/ },
  { reason: 'Pictures are not looked into.', way: /^key$/, where: /in a picture/ },
  {
    reason:
      'The browser asks the person by a button of its own, which no driver presses. What follows is a paste like any other.',
    way: /^key$/,
    where: /^pasted by the page's own command$/,
    browser: 'firefox',
  },
  // Documents
  {
    reason: 'The page’s first listener reads one paste; the field itself is guarded.',
    way: /pasted/,
    where: /methods of a frame that is still loading/,
  },
  { reason: 'Browsers keep extensions out of them.', way: /pasted/, where: /viewer of the browser/ },
  // Sending
  {
    reason: 'No page says what its links and shortcuts do, and most send nothing.',
    way: /sending/,
    where: /a link, a menu/,
  },
  {
    reason: 'A button is held in the frame in which the key stands.',
    way: /sending/,
    where: /button in another frame/,
  },
  {
    reason: 'A page that reads along has a typed key with each keystroke, before anybody can mark it.',
    way: /sending/,
    where: /while one types/,
  },
  {
    reason:
      'What a script sends by itself is held only where the last net is turned on (`tests/browser/last-net.test.mjs`).',
    way: /sending/,
    where: /^fetch/,
  },
  // Files
  {
    reason: 'No protocol of Firefox drops a folder.',
    way: /^file$/,
    where: /folder that is dropped/,
    browser: 'firefox',
  },
  {
    reason: 'No protocol of Firefox chooses a folder.',
    way: /^file$/,
    where: /folder that is chosen/,
    browser: 'firefox',
  },
];

// What a screen reader reads from the top of a page to its bottom, one line for each thing that it announces by itself.

/** @typedef {import('./drivers/verbs.d.ts').Accessible} Accessible */

/** Roles that are not announced: what is in them is read as if they were not there. */
const SILENT = new Set(['generic', 'code', 'strong', 'image', 'text', 'LabelText', 'label', 'document']);

/** Roles whose content is their name. */
const NAMED_BY_CONTENT = new Set([
  'button',
  'columnheader',
  'DisclosureTriangle',
  'heading',
  'link',
  'option',
  'rowheader',
  'summary',
  'switch',
]);

/** A masked value: its public prefix, the mask and its last characters. */
const MASKED = /\S+ hidden part(?: \S+)?/g;

/**
 * @param {Accessible} tree
 * @returns {string[]} role, "name", (description) and states of each; a text is its words alone
 */
export function lines(tree) {
  /** @type {string[]} */
  const read = [];
  let run = '';
  const flush = () => {
    const words = run.replaceAll(/\s+/g, ' ').trim();
    if (words !== '') read.push(words);
    run = '';
  };
  /** @param {Accessible} node */
  const walk = (node) => {
    const silent = SILENT.has(node.role);
    if (!silent) {
      flush();
      if (node.role !== 'paragraph') read.push(line(node));
    } else if (node.role === 'text' || node.role === 'image') {
      run += node.role === 'image' ? ` ${node.name} ` : node.name;
    }
    // A piece of code stands apart from what is around it.
    if (node.role === 'code') run += ' ';
    if (node.role !== 'image' && !NAMED_BY_CONTENT.has(node.role)) node.children.forEach(walk);
    if (node.role === 'code') run += ' ';
    if (!silent) flush();
  };
  walk(tree);
  flush();
  return read.map((words) => words.replaceAll(MASKED, 'MASKED'));
}

/** @param {Accessible} node */
function line({ role, name, description, level, states }) {
  const shown = [role === 'heading' ? `heading ${level}` : role];
  // Firefox names some by their content, which is read anyway.
  if (name !== '' && role !== 'listitem') shown.push(`"${name}"`);
  if (description !== '') shown.push(`(${description})`);
  return [...shown, ...states.filter((state) => state !== 'live')].join(' ');
}

/**
 * @param {Accessible} tree
 * @returns {Accessible[]} the tree as a list, in the order of reading
 */
export function nodes(tree) {
  return [tree, ...tree.children.flatMap(nodes)];
}

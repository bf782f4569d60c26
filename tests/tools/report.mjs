// Prints docs/real-tools.md from what the last runs with real tools gave.

import { results } from './results.mjs';

const all = results();
const tools = [...new Set(all.map(({ tool }) => tool))].sort();
const browsers = [...new Set(all.map(({ browser }) => browser))].sort();

const ORDER = ['a benign text', 'a key', 'a benign file', 'a file'];

/** @param {string} path */
const rank = (path) => ORDER.findIndex((start) => path.startsWith(start));

const lines = [
  '# Real tools',
  '',
  'Made by `./build.sh tools`: each tool runs on this machine, its page is driven by real keys, pastes and chosen files, and a proxy between',
  'browser and server keeps every request and every WebSocket message (`tests/tools/watch.mjs`). A server "never gets" a key if no 23',
  'characters of it in a row are in there, plainly or in a URL, JSON, HTML, base64, hexadecimal or UTF-16, also where two messages meet.',
  'That the same search does find a key is shown by the rows in which the person sends it anyway.',
  '',
  `Browsers: ${browsers.join(' and ')}. Where they differ, each has its row.`,
];
for (const tool of tools) {
  const own = all.filter((one) => one.tool === tool);
  lines.push('', `## ${tool} ${own[0]?.version}`, '', '| what | where | browser | result |', '|---|---|---|---|');
  const rows = new Map();
  for (const { path, where, browser, result } of own) {
    const key = JSON.stringify([path, where, result]);
    rows.set(key, [...(rows.get(key) ?? []), browser.replace(/ .*/, '')]);
  }
  const sorted = [...rows]
    .map(([key, names]) => ({ ...destructured(key), names: names.sort().join(', ') }))
    .sort((a, b) => rank(a.path) - rank(b.path) || a.where.localeCompare(b.where) || a.path.localeCompare(b.path));
  for (const { path, where, result, names } of sorted) lines.push(`| ${path} | ${where} | ${names} | ${result} |`);
}
console.log(lines.join('\n'));

/** @param {string} key */
function destructured(key) {
  const [path, where, result] = JSON.parse(key);
  return { path, where, result };
}

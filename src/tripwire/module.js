// Generated from src/rules by `keystay tripwire`; do not edit.
// Says whether a text could hold a secret. May say yes too often, never too seldom. What company rules and own secrets add comes at run time.
const RUN = /[{run_class}]{{{run},}}/g;
// Beginnings of tokens that stand in one run.
const SHAPES = /{shapes}/;
// Beginnings of tokens with other characters in them.
const SPREAD = /{spread}/;
// Values that a literal or a word in the text must lead to, perhaps as a name that is assigned to: in a run, and anywhere.
const LED = entries([
{led}]);
const LOOSE = entries([
{loose}]);
// Tokens with check digits, which are found even in pieces: how they begin, their beginnings, and what stands between pieces.
const SEALS = /{seals}/i;
const SEALED = /{sealed}/;
const PARTS = /[\s{parts}]+/g;
// What may be text in base64 or hexadecimal, and by what it is known that it is none.
const ENCODED = /[\w+/-]{{24,}}/g;
const HEX = /^(?:[\da-f]{{2}})+$/i;
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;
// Characters that addresses, HTML and strings in code write by their numbers.
const ESCAPE = /%([\da-f]{{2}})|&#x([\da-f]{{1,6}});?|&#(\d{{1,7}});?|\\x([\da-f]{{2}})|\\u([\da-f]{{4}})/gi;
// What a reader does not see, or sees as a Latin letter, and what it becomes: 0 is nothing.
const CHANGED = /[{changed}]/;
const FOLD = new Map([{fold}]);
// Twelve words in a row that could be a wallet's recovery phrase.
const PHRASE = /{phrase}/i;
const CHUNK = 8192;
const NONE = [];
// What a company's rules and a person's own secrets add, if anything does.
let added = null;

function entries(lines) {{
  return lines.map(([leads, value, assigned]) => [leads.split(','), value, assigned]);
}}

// What may stand between a name and what is assigned to it.
const ASSIGNS =
  '[\\w.\\-"\'`\\])}} \\t\\\\]{{0,{reach}}}(?:[=:>][=:>\\s"\'`\\\\(]{{0,{reach}}}|(?<=["\'`]),[, \\t"\'`\\\\[]{{0,{reach}}}(?<=["\'`]))';

// Made where it is needed, which few texts do; each frame of each page loads the rest. A dot in a word may be any character.
function assignment(words, value) {{
  return new RegExp(`(?:${{words.join('|')}})${{ASSIGNS}}${{value.source}}`, 'i');
}}

// Takes the place of what was added before. No part of the expression can backtrack: it has nothing but literals, and one run of
// a fixed length.
export function add({{ leads, run }}) {{
  const sources = leads.map((lead) => lead.replace(/[^\w]/g, '\\$&'));
  if (run > 0) sources.push(`\\S{{${{run}}}}`);
  added = sources.length > 0 ? new RegExp(sources.join('|'), 'i') : null;
}}

function matches(text) {{
  if (added?.test(text)) return true;
  if (SPREAD.test(text)) return true;
  const runs = text.match(RUN) ?? NONE;
  if (runs.some((run) => SHAPES.test(run)) || PHRASE.test(text)) return true;
  const lower = text.toLowerCase();
  const led = ([leads, value, assigned], texts) =>
    leads.some((lead) => lower.includes(lead)) &&
    texts.some((part) => value.test(part)) &&
    (!assigned || assignment(leads, value).test(text));
  return (runs !== NONE && LED.some((entry) => led(entry, runs))) || LOOSE.some((entry) => led(entry, [text]));
}}

function fold(text) {{
  const units = new Uint16Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {{
    const unit = text.charCodeAt(i);
    const wide = unit >= {first} && unit <= {last};
    const folded = unit < 0x80 ? unit : wide ? unit - {distance} : (FOLD.get(unit) ?? unit);
    if (folded !== 0 || unit === 0) units[length++] = folded;
  }}
  let folded = '';
  for (let i = 0; i < length; i += CHUNK) folded += String.fromCharCode(...units.subarray(i, Math.min(i + CHUNK, length)));
  return folded;
}}

function unescaped(text) {{
  return text.replace(ESCAPE, (escape, percent, entity, decimal, byte, unit) => {{
    const code = decimal ? Number(decimal) : Number.parseInt(percent ?? entity ?? byte ?? unit, 16);
    return code >= 32 && code < 127 ? String.fromCharCode(code) : escape;
  }});
}}

function decoded(run) {{
  const texts = [];
  if (HEX.test(run)) texts.push(run.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16))));
  // The length of one character too many is no base64.
  if (run.length % 4 !== 1) texts.push(atob(run.replace(/-/g, '+').replace(/_/g, '/')));
  return texts.filter((text) => !CONTROL.test(text.slice(0, 12)));
}}

function inPieces(text) {{
  return SEALS.test(text) && SEALED.test(text.replace(PARTS, ''));
}}

function shows(text) {{
  return matches(text) || inPieces(text);
}}

function holds(text, depth) {{
  if (shows(text) || (CHANGED.test(text) && shows(fold(text)))) return true;
  if (depth === 0) return false;
  const plain = unescaped(text);
  if (plain !== text && holds(plain, depth - 1)) return true;
  return (text.match(ENCODED) ?? NONE).some((run) => decoded(run).some((inner) => holds(inner, depth - 1)));
}}

export function mayHoldSecret(text) {{
  return holds(text, {deepest});
}}

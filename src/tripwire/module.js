// Generated from src/rules by `keystay tripwire`; do not edit.
// Says whether a text could hold a secret. May say yes too often, never too seldom. What company rules and own secrets add comes at run time.
const RUN = /[{run_class}]{{{run},}}/g;
// Beginnings of tokens that stand in one run, and of tokens with other characters in them: whether what says that it is no secret is
// none, and what must stand behind.
const SHAPES = alone([
{shapes}]);
const SPREAD = alone([
{spread}]);
// A value that says that it is none; not right behind an escape, which could have taken the first letter.
const SAYS_SO = /(?<![\\%]|%.)(?:{says_so})/gi;
// Values that a literal or a word in the text must lead to, perhaps as a name that is assigned to: in a run, and anywhere.
const LED = entries([
{led}]);
const LOOSE = entries(
  [
{loose}],
  true,
);
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
// What leads to values. Put together for the first text that is looked at.
let leading = null;

function entries(lines, spread = false) {{
  return lines.map(([leads, value, how, before = '', behind = '']) => {{
    const has = (letter) => how.includes(letter);
    const ends = has('e') ? `(?![\\w${{behind}}])` : '';
    return {{ leads: leads.split(','), value, assigned: has('a'), near: has('n'), heeds: has('p'), spread, before, ends }};
  }});
}}

function alone(lines) {{
  return lines.map(([value, heeds, rest]) => ({{ value, heeds, rest, before: '', ends: '' }}));
}}

// One expression for all, which most texts do not match: what is asked beyond it costs nothing then.
function anyOf(shapes) {{
  shapes.any ??= new RegExp(shapes.map(({{ value }}) => value.source).join('|'));
  return shapes.any;
}}

// A value that is no part of something longer, or stands behind an escape; a run begins behind the backslash of one. Made where it is
// needed.
function bounded(entry) {{
  const {{ value, before, ends }} = entry;
  entry.test ??= new RegExp(
    `(?:(?<![\\w${{before}}])|(?<=(?:^|\\\\)[nrt]|%[\\da-fA-F]{{2}}))(?:${{value.source}})${{ends}}`,
  );
  return entry.test;
}}

// Whether a value stands as near to a word as the scanner looks. Where words crowd, their surroundings are one, so that no place is
// looked at twice.
function isNear(entry, text, values) {{
  const holds = (from, to) => bounded(entry).test(values.slice(Math.max(from, 0), to));
  entry.words ??= new RegExp(entry.leads.join('|'), 'gi');
  let from = 0;
  let to = 0;
  for (const {{ index }} of text.matchAll(entry.words)) {{
    if (index - {near} > to) {{
      if (to > 0 && holds(from, to)) return true;
      from = index - {near};
    }}
    to = index + {near};
  }}
  return to > 0 && holds(from, to);
}}

// What may stand between a name and what is assigned to it.
const ASSIGNS =
  '[\\w.\\-"\'`\\])}} \\t\\\\]{{0,{reach}}}(?:[=:>][=:>\\s"\'`\\\\(]{{0,{reach}}}|(?<=["\'`]),[, \\t"\'`\\\\[]{{0,{reach}}}(?<=["\'`]))';

// Made where it is needed, which few texts do; each frame of each page loads the rest. A dot in a word may be any character.
function assignment(entry) {{
  entry.assignment ??= new RegExp(`(?:${{entry.leads.join('|')}})${{ASSIGNS}}${{entry.value.source}}`, 'i');
  return entry.assignment;
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
  const runs = text.match(RUN) ?? NONE;
  const plain = text.replace(SAYS_SO, (word) => ' '.repeat(word.length));
  const plainRuns = plain === text ? runs : (plain.match(RUN) ?? NONE);
  const some = ({{ value, heeds }}, all, others) => (heeds ? others : all).some((part) => value.test(part));
  const shaped = (shapes, all, others) =>
    all.some((part) => anyOf(shapes).test(part)) &&
    shapes.some((entry) => {{
      const {{ value, heeds, rest }} = entry;
      const exact = heeds ? bounded(entry) : value;
      return (heeds ? others : all).some((part) => exact.test(part) && (rest === undefined || rest.test(part)));
    }});
  if (shaped(SPREAD, [text], [plain]) || shaped(SHAPES, runs, plainRuns) || PHRASE.test(text)) return true;
  const lower = text.toLowerCase();
  const led = (entry) => {{
    const [all, others] = entry.spread ? [[text], [plain]] : [runs, plainRuns];
    return (
      some(entry, all, others) &&
      (entry.near
        ? isNear(entry, text, entry.heeds ? plain : text)
        : (entry.heeds ? others : all).some((part) => bounded(entry).test(part))) &&
      (!entry.assigned || assignment(entry).test(text))
    );
  }};
  return [...ledBy(lower)].some(led);
}}

// The values that what stands in a text, in small letters, leads to. One expression finds all that leads to any; of two that begin alike
// it finds the shorter, and the longer one is looked for then.
function ledBy(lower) {{
  leading ??= leadingAll();
  const found = new Set();
  const seen = new Set();
  for (const [, first] of lower.matchAll(leading.expression)) {{
    if (seen.has(first)) continue;
    seen.add(first);
    for (const {{ lead, entry }} of leading.entries.get(first)) {{
      if (lead === first || lower.includes(lead)) found.add(entry);
    }}
  }}
  return found;
}}

function leadingAll() {{
  const all = [...LED, ...LOOSE].flatMap((entry) => entry.leads.map((lead) => ({{ lead, entry }})));
  all.sort((one, other) => one.lead.length - other.lead.length);
  const entries = new Map();
  for (const led of all) {{
    const first = [...entries.keys()].find((key) => led.lead.startsWith(key)) ?? led.lead;
    entries.set(first, [...(entries.get(first) ?? []), led]);
  }}
  const sources = [...entries.keys()].sort().map((lead) => lead.replace(/[^\w]/g, '\\$&'));
  return {{ expression: new RegExp(`(?=(${{sources.join('|')}}))`, 'g'), entries }};
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

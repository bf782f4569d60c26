// Generated from src/rules by `keystay tripwire`; do not edit.
// Says whether a text could hold a secret. May say yes too often, never too seldom. What company rules and own secrets add comes at run time.
// Tokens that are known by their beginning, those that stand in one run and those that do not: their first characters in small letters,
// their beginnings, what about them, and what must stand behind. `p`: what says that it is no secret is none. `q`: it is noted at most.
const SHAPES = [
{shapes}];
const SPREAD = [
{spread}];
// A value that says that it is none; not right behind an escape, which could have taken the first letter.
const SAYS_SO = /(?<![\\%]|%.)(?:{says_so})/gi;
// What stands for a secret: nothing but the letter x, and passwords of addresses that everybody writes there.
const STANDS_FOR =
  /(?=[xpc$])(?:(?<=[_-])x{{16,}}(?![\w.-])|(?<=:\/\/[^\s:/@?#"<>\\^`|]{{0,64}}:)(?:password|passwd|pass|changeme|\$\{{\w{{1,64}}\}})(?=@[^\s/@"'<>\\`|]*(?:[\s/"'<>\\`|]|$))|(?<=-u [^\s"':]{{1,64}}:)password(?![\w!#&*+.?@^~$=:-]))/gi;
// What all of these hold, and no more of them than this stands before or behind it.
const CLAIMS = /pass|\$\{{|{says_so}/i;
const WIDEST = 80;
const PIECE = 1 << 14;
// Values that a literal or a word in the text must lead to, in a run and anywhere. `a`: what leads there is a name that it is assigned to.
// `n`: it stands near. `e`: its end is known. `d`: without a digit it is noted at most. A number: so far before the literal it begins.
const LED = [
{led}];
const LOOSE = [
{loose}];
// Tokens with check digits, which are found even in pieces: how they begin, their beginnings, and what stands between pieces.
const SEALS = '{seals}';
const SEALED = /{sealed}/;
const PIECES = {pieces};
const PARTS = /[\s{parts}]+/g;
// What may be text in base64 or hexadecimal, and by what it is known that it is none.
const ENCODED = /[\w+/-]{{24,}}/g;
const HEX = /^(?:[\da-f]{{2}})+$/i;
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;
// How what is written by its number begins, where it is a visible character.
const ESCAPED = /%[2-7][\da-f]|&#[\dx]|\\x[2-7]|\\u00[2-7]/i;
// What a reader does not see, or sees as a Latin letter, and what it becomes: 0 is nothing.
const FOLD = new Map([{fold}]);
// Twelve words in a row that could be a wallet's recovery phrase. Those between the first and the last are runs of their own, with a mark
// of a list before each at most.
const PHRASE = /{phrase}/i;
const WORDS = 12;
const MARK = 3;
// More than stands between two words of it.
const GAP = 32;
// A text is passed once, and four characters in a row say whether anything could begin there: each has a number below 64.
const RUN = 64;
const DIGIT = 128;
const LETTERS = 26;
const FOUR = 0xffffff;
// What prose consists of, the most frequent last.
const OFTEN = 'vbgypwfmcudlhrsnioate ';
// Places of one word that lie closer together count as one.
const CLOSE = 32;
const NEAR = {near} + CLOSE;
// What a company's rules and a person's own secrets add, if anything does.
let added = null;
// Put together for the first text that is looked at.
let tables = null;

// Takes the place of what was added before. No part of the expression can backtrack: it has nothing but literals, and one run of
// a fixed length.
export function add({{ leads, run }}) {{
  const sources = leads.map((lead) => lead.replace(/[^\w]/g, '\\$&'));
  if (run > 0) sources.push(`\\S{{${{run}}}}`);
  added = sources.length > 0 ? new RegExp(sources.join('|'), 'i') : null;
}}

function build() {{
  const kinds = new Uint8Array(128);
  for (let code = 0; code < 128; code++) {{
    const character = String.fromCharCode(code).toLowerCase();
    const letter = character.charCodeAt(0) - 96;
    const digit = code - 48;
    if (letter > 0 && letter <= LETTERS) kinds[code] = letter;
    else if (digit >= 0 && digit < 10) kinds[code] = LETTERS + 1 + digit + DIGIT;
    else kinds[code] = 37 + (code % 27);
    if (/[{run_class}]/.test(character)) kinds[code] += RUN;
  }}
  const bits = new Int32Array(1 << 15);
  const leads = new Map();
  const put = (four, lead) => {{
    const slot = slotOf(four);
    bits[slot >> 5] |= 1 << (slot & 31);
    const others = leads.get(four);
    if (others === undefined) leads.set(four, [lead]);
    else others.push(lead);
  }};
  const lead = (text, what, anywhere = true) => {{
    const codes = Uint8Array.from(text, (character) => kinds[character.charCodeAt(0)] & 63);
    const three = (codes[0] << 12) | (codes[1] << 6) | codes[2];
    if (codes.length > 3) {{
      const at = anywhere ? seldom(text) : 0;
      put((codes[at] << 18) | (codes[at + 1] << 12) | (codes[at + 2] << 6) | codes[at + 3], {{ codes, at, what }});
    }} else for (let before = 0; before < 64; before++) put((before << 18) | three, {{ codes, at: -1, what }});
  }};
  // Of the characters of a word the four that prose has least.
  const seldom = (text) => {{
    let best = 0;
    let least = Infinity;
    for (let at = 0; at + 4 <= text.length; at++) {{
      // Nothing for what is not among them.
      let sum = 0;
      for (let i = at; i < at + 4; i++) sum += OFTEN.indexOf(text[i]) + 1;
      if (sum < least) [best, least] = [at, sum];
    }}
    return best;
  }};
  [...LED, ...LOOSE].forEach(([words, value, how, before = '', behind = ''], index) => {{
    const has = (letter) => how.includes(letter);
    const [, least, most = least] = how.match(/(\d+)(?:-(\d+))?/) ?? [];
    const entry = {{
      words: words.split(','),
      value,
      spread: index >= LED.length,
      assigned: has('a'),
      near: has('n') || has('a'),
      heeds: has('p'),
      quiet: has('q'),
      digit: has('d'),
      least: Number(least ?? -1),
      most: Number(most ?? -1),
      before,
      ends: has('e') ? `(?![\\w${{behind}}])` : '',
    }};
    for (const word of entry.words) lead(word, entry);
  }});
  for (const word of SEALS.split(',')) lead(word, SEALS);
  [...SHAPES, ...SPREAD].forEach(([words, value, how, rest], index) => {{
    const heeds = how.includes('p');
    const shape = {{ value, heeds, quiet: how.includes('q'), rest, spread: index >= SHAPES.length, opens: true, before: '', ends: '' }};
    for (const word of words.split(',')) lead(word, shape, false);
  }});
  const changes = new Uint8Array(1 << 16);
  for (const [from] of FOLD) changes[from] = 1;
  changes.fill(1, {first}, {last} + 1);
  // The words of three and four letters that no phrase holds, as numbers.
  const common = new Set(PHRASE.source.match(/\b[a-z]{{3,4}}\b/g).map((word) => numbered(word, kinds)));
  return {{ kinds, bits, leads, changes, common }};
}}

function numbered(word, kinds) {{
  let number = 0;
  for (let i = 0; i < word.length; i++) number = (number << 6) | (kinds[word.charCodeAt(i)] & 63);
  return number;
}}

// Says whether a reader sees some of it as something else.
function readInto(marks, text, from, to) {{
  const {{ kinds, changes }} = tables;
  let changed = 0;
  for (let i = from; i < to; i++) {{
    const code = text.charCodeAt(i);
    if (code < 128) marks[i] = kinds[code];
    else changed |= changes[code];
  }}
  return changed;
}}

function slotOf(four) {{
  return Math.imul(four, 0x9e3779b1) >>> 12;
}}

// A value that is no part of something longer, or stands behind an escape; a run begins behind the backslash of one.
function boundary({{ value, before, ends }}) {{
  return `(?:(?<![\\w${{before}}])|(?<=(?:^|\\\\)[nrt]|%[\\da-fA-F]{{2}}))(?:${{value.source}})${{ends}}`;
}}

// Made where it is needed, which few texts do.
function bounded(entry) {{
  entry.bounded ??= new RegExp(boundary(entry));
  return entry.bounded;
}}

// What may stand between a name and what is assigned to it.
const ASSIGNS =
  '[\\w.\\-"\'`\\])}} \\t\\\\]{{0,{reach}}}(?:[=:>][=:>\\s"\'`\\\\(]{{0,{reach}}}|(?<=["\'`]),[, \\t"\'`\\\\[]{{0,{reach}}}(?<=["\'`]))';

// A dot in a word may be any character.
function assignment(entry) {{
  entry.assignment ??= new RegExp(`(?:${{entry.words.join('|')}})${{ASSIGNS}}${{entry.value.source}}`, 'i');
  return entry.assignment;
}}

// One pass over a text. Null: it must be held. Otherwise its runs, three numbers each: from where to where, and whether a digit is in it.
// `asks`: what could only be noted does not count.
function passed(text, asks) {{
  if (added?.test(text)) return null;
  tables ??= build();
  const {{ kinds, bits, leads, common }} = tables;
  const {{ length }} = text;
  // What each character is, as far as the text was read. Behind the last one stands the end of a line.
  const marks = new Uint8Array(length + 1);
  marks[length] = kinds[10];
  let read = 0;
  let changed = 0;
  const runs = [];
  // Where what leads to an entry stands; shapes of which the rest must be looked for; and how far it was looked for pieces.
  const places = new Map();
  const begun = [];
  const last = new Map();
  let sealed = 0;
  // The text without what stands for a secret, and without what says that it is none. Few texts are asked for it.
  let meant = null;
  let plain = null;
  const without = (heeds) => {{
    meant ??= blank(text, STANDS_FOR);
    if (!heeds) return meant;
    plain ??= blank(meant, SAYS_SO);
    return plain;
  }};

  // Whether it stands here. Where nothing near claims to be no secret, not all of the text is looked through for such claims.
  const isMeant = ({{ exact, heeds }}, at) => {{
    exact.lastIndex = at;
    if (!exact.test(text)) return false;
    if (!CLAIMS.test(text.slice(Math.max(0, at - WIDEST), exact.lastIndex + WIDEST))) return true;
    exact.lastIndex = at;
    return exact.test(without(heeds));
  }};
  const opens = (shape, at, run) => {{
    // What stands behind this one stands behind the one before it, too.
    if (shape.rest !== undefined && last.get(shape) >= (shape.spread ? 0 : run)) return false;
    shape.exact ??= new RegExp(shape.heeds ? boundary(shape) : shape.value.source, 'y');
    if (!isMeant(shape, at)) return false;
    if (shape.rest === undefined) return true;
    begun.push(shape, at);
    last.set(shape, at);
    return false;
  }};
  // Whether something longer goes on here, and no escape has ended before it.
  const isInside = (at) => {{
    if (at < 2 || text[at - 2] === '\\' || text[at - 3] === '%') return false;
    const kind = marks[at - 1] & 63;
    return kind <= LETTERS + 10 && kind > 0;
  }};
  const stands = (entry, at) => {{
    entry.exact ??= new RegExp(boundary(entry), 'y');
    // What begins at a place was looked at when the literal before this one was followed, if it could be reached from there.
    const first = Math.max(0, at - entry.most, (last.get(entry) ?? -1) + 1);
    last.set(entry, at - entry.least);
    for (let start = first; start <= at - entry.least; start++) {{
      if (isInside(start)) continue;
      if (isMeant(entry, start)) return true;
    }}
    return false;
  }};
  // As far as the numbers of its characters tell.
  const spells = (codes, start) => {{
    if (start < 0) return false;
    for (let i = 0; i < codes.length; i++) if ((marks[start + i] & 63) !== codes[i]) return false;
    return true;
  }};
  const follow = (known, end, run) => {{
    for (const {{ codes, at, what }} of known) {{
      const start = end - 3 - at;
      if (!spells(codes, start)) continue;
      if (what === SEALS) {{
        if (start < sealed) continue;
        if (inPieces(text, start)) return true;
        sealed = start + PIECES;
      }} else if (!(asks && what.quiet)) {{
        if (what.opens) {{
          if (opens(what, start, run)) return true;
          continue;
        }}
        if (what.most >= 0) {{
          if (stands(what, start)) return true;
          continue;
        }}
        const known = places.get(what);
        if (known === undefined) places.set(what, [start]);
        else if (start - known[known.length - 1] >= CLOSE) known.push(start);
      }}
    }}
    return false;
  }};

  let run = -1;
  let four = 0;
  let digit = 0;
  // Of the runs that could be words of a phrase: where the first of them began, or what stands before it, and how many there are.
  let end = 0;
  let before = 0;
  let streak = 0;
  let count = 0;
  for (let i = 0; i <= length; i++) {{
    // A piece at a time, and further than the longest lead: most of what must be held shows it early.
    if (i + WIDEST >= read && read < length) {{
      const end = Math.min(length, read + PIECE);
      changed |= readInto(marks, text, read, end);
      read = end;
    }}
    const kind = marks[i];
    four = ((four << 6) | (kind & 63)) & FOUR;
    const slot = slotOf(four);
    if (((bits[slot >> 5] >>> (slot & 31)) & 1) === 1) {{
      const known = leads.get(four);
      if (known !== undefined && follow(known, i, run)) return null;
    }}
    if ((kind & RUN) !== 0) {{
      if (run < 0) run = i;
      digit |= kind & DIGIT;
      continue;
    }}
    if (run < 0) continue;
    const size = i - run;
    if (size >= {run}) runs.push(run, i, digit);
    const ends = ((four >>> 6) & 63) <= LETTERS;
    const isCommon = size < 5 && common.has(size < 4 ? four >>> 6 : ((marks[run] & 63) << 18) | (four >>> 6));
    const word = ends && size > 2 && size <= 8 + MARK && !isCommon;
    if (word || ends || size > MARK) {{
      if (run - end > GAP || !word) {{
        // The last word may stand in a run that goes on.
        if (count >= WORDS - 2 && PHRASE.test(text.slice(streak, i))) return null;
        count = 0;
      }}
      if (word) {{
        if (count === 0) streak = before;
        count++;
      }}
      before = run;
      end = i;
    }}
    run = -1;
    digit = 0;
  }}
  if (count >= WORDS - 2 && PHRASE.test(text.slice(streak))) return null;
  if (begun.length > 0 && goesOn(text, begun, runs)) return null;
  for (const [entry, starts] of places) {{
    const found = entry.spread ? inText(entry, starts, text, without) : inRuns(entry, starts, runs, text, without, asks);
    if (found) return null;
  }}
  return {{ runs, changed: changed > 0 }};
}}

// Whether a token stands here in pieces, with all that the scanner lets stand between them. What begins further on is looked for from there.
function inPieces(text, start) {{
  return SEALED.test(blank(text.slice(start, start + 2 * PIECES), STANDS_FOR).replace(PARTS, ''));
}}

// Whether what must stand behind a beginning does: in its run, or anywhere.
function goesOn(text, begun, runs) {{
  const looked = new Map();
  for (let i = 0; i < begun.length; i += 2) {{
    const shape = begun[i];
    const at = begun[i + 1];
    if (at < (looked.get(shape) ?? 0)) continue;
    const end = shape.spread ? text.length : endOfRun(runs, at);
    looked.set(shape, end);
    if (shape.rest.test(text.slice(at, end))) return true;
  }}
  return false;
}}

function endOfRun(runs, at) {{
  let low = 0;
  let high = runs.length / 3;
  while (low < high) {{
    const middle = (low + high) >> 1;
    if (runs[middle * 3 + 1] <= at) low = middle + 1;
    else high = middle;
  }}
  return runs[low * 3 + 1];
}}

function inRuns(entry, starts, runs, text, without, asks) {{
  let next = 0;
  for (let i = 0; i < runs.length; i += 3) {{
    const from = runs[i];
    const to = runs[i + 1];
    if (asks && entry.digit && runs[i + 2] === 0) continue;
    if (!entry.near) {{
      if (holds(entry, text, without, from, to)) return true;
      continue;
    }}
    while (next < starts.length && starts[next] < from - NEAR) next++;
    if (next === starts.length) return false;
    // Of a long run what is near: where words crowd, their surroundings are one, so that no place is looked at twice.
    for (let first = next; first < starts.length && starts[first] <= to + NEAR; first++) {{
      const start = Math.max(from, starts[first] - NEAR);
      while (first + 1 < starts.length && starts[first + 1] - starts[first] <= 2 * NEAR && starts[first + 1] <= to + NEAR) first++;
      if (holds(entry, text, without, start, Math.min(to, starts[first] + NEAR))) return true;
    }}
  }}
  return false;
}}

function inText(entry, starts, text, without) {{
  if (!entry.near) return holds(entry, text, without, 0, text.length);
  for (let first = 0; first < starts.length; first++) {{
    const start = Math.max(0, starts[first] - NEAR);
    while (first + 1 < starts.length && starts[first + 1] - starts[first] <= 2 * NEAR) first++;
    if (holds(entry, text, without, start, starts[first] + NEAR)) return true;
  }}
  return false;
}}

// Whether a value stands in a part of a text, and as what it must.
function holds(entry, text, without, from, to) {{
  if (!entry.value.test(text.slice(from, to))) return false;
  const part = without(entry.heeds).slice(from, to);
  if (!bounded(entry).test(part)) return false;
  return !entry.assigned || assignment(entry).test(text.slice(Math.max(0, from - NEAR), to));
}}

function blank(text, words) {{
  return text.replace(words, (word) => ' '.repeat(word.length));
}}

function unitsOf(text) {{
  return new TextDecoder('utf-16le', {{ ignoreBOM: true }}).decode(text);
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
  return unitsOf(units.subarray(0, length));
}}

// How many hexadecimal or decimal digits stand at a place.
function digits(text, at, most, hex) {{
  let count = 0;
  while (count < most) {{
    const code = text.charCodeAt(at + count);
    if (!((code >= 48 && code <= 57) || (hex && ((code | 32) >= 97) && (code | 32) <= 102))) break;
    count++;
  }}
  return count;
}}

// Characters that addresses, HTML and strings in code write by their numbers. Null: there are none.
function unescaped(text) {{
  if (!ESCAPED.test(text)) return null;
  const units = new Uint16Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {{
    const code = text.charCodeAt(i);
    units[length++] = code;
    if (code !== 37 && code !== 92 && code !== 38) continue;
    const second = text.charCodeAt(i + 1);
    let start = i + 1;
    let least = 2;
    let most = 2;
    let hex = true;
    if (code === 92) {{
      if ((second | 32) === 117) least = most = 4;
      else if ((second | 32) !== 120) continue;
      start++;
    }} else if (code === 38) {{
      if (second !== 35) continue;
      hex = (text.charCodeAt(i + 2) | 32) === 120;
      least = 1;
      most = hex ? 6 : 7;
      start += hex ? 2 : 1;
    }}
    const count = digits(text, start, most, hex);
    if (count < least) continue;
    const number = Number.parseInt(text.slice(start, start + count), hex ? 16 : 10);
    if (number < 32 || number > 126) continue;
    units[length - 1] = number;
    i = start + count - 1;
    if (code === 38 && text[i + 1] === ';') i++;
  }}
  return length === text.length ? null : unitsOf(units.subarray(0, length));
}}

// What a run could be in other characters. The first of them tell of most that it is no text.
function decoded(run) {{
  const texts = [];
  const hex = (part) => part.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  if (HEX.test(run) && !CONTROL.test(hex(run.slice(0, 24)))) texts.push(hex(run));
  // The length of one character too many is no base64.
  if (run.length % 4 !== 1) {{
    const base64 = run.split('-').join('+').split('_').join('/');
    if (!CONTROL.test(atob(base64.slice(0, 16)))) texts.push(atob(base64));
  }}
  return texts;
}}

function found(text, depth, asks) {{
  const seen = passed(text, asks);
  if (seen === null || (seen.changed && passed(fold(text), asks) === null)) return true;
  if (depth === 0) return false;
  const plain = unescaped(text);
  if (plain !== null && found(plain, depth - 1, asks)) return true;
  for (let i = 0; i < seen.runs.length; i += 3) {{
    const run = text.slice(seen.runs[i], seen.runs[i + 1]);
    for (const encoded of run.match(ENCODED) ?? []) {{
      if (decoded(encoded).some((inner) => found(inner, depth - 1, asks))) return true;
    }}
  }}
  return false;
}}

// Whether the person could be asked about a text: it must be held.
export function mustBeHeld(text) {{
  return found(text, {deepest}, true);
}}

// Whether anything could be said about it, be it a note.
export function mayHoldSecret(text) {{
  return found(text, {deepest}, false);
}}

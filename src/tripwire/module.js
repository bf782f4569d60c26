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
// Where no white space is nearer, all of the text is looked through.
const FAR = 2048;
const PIECE = 1 << 14;
// Values that a literal or a word in the text must lead to, in a run and anywhere. `a`: what leads there is a name that it is assigned to.
// `n`: it stands near. `e`: its end is known. `d`: without a digit it is noted at most. A number: so far before the literal it begins.
const LED = [
{led}];
const LOOSE = [
{loose}];
// Tokens with check digits, which are found even in pieces: how they begin, their beginnings, what stands between pieces, and behind what
// there are no more of them.
const SEALS = '{seals}';
const SEALED = /{sealed}/;
const PIECES = {pieces};
const PARTS = /[\s{parts}]+/g;
const BREAK = /[^\w\s{parts}{joinable}]|[\s{parts}]{{{gap}}}/;
// Characters of the shortest text in base64 or hexadecimal, by as many of which it is known that it is one.
const ENCODED = 24;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_';
const HEX = /^(?:[\da-f]{{2}})+$/i;
// How what is written by its number begins, where it is a visible character.
const ESCAPED = /%[2-7][\da-f]|&#[\dx]|\\x[2-7]|\\u00[2-7]/i;
// What a reader does not see, or sees as a Latin letter, and what it becomes: 0 is nothing.
const FOLD = new Map([{fold}]);
// Twelve words in a row that could be a wallet's recovery phrase, each with a mark of a list before it at most.
const PHRASE = /{phrase}/i;
const WORDS = 12;
const SHORTEST = 3;
const LONGEST = 8;
const LEAST = WORDS * (SHORTEST + 1) - 1;
// More than stands between two words of it, and than all of it takes.
const GAP = 32;
const OVER = WORDS * (LONGEST + GAP);
// Of so many fours of characters in a row all must be of it: a bit for each.
const ALL_CALM = (1 << ((LEAST - 3) >> 2)) - 1;
// A text is passed once, and at every place three characters with the one behind them, by their hash, say whether any lead could stand there.
const SLOTS = 18;
const CHAINS = 20;
const FIELDS = 7;
const FACTOR = 0x9e3779b1;
// Small letters and capitals differ in one bit, which is set in four characters at once.
const SMALL = 0x20;
const SMALL_THREE = 0x20202000;
const SMALL_FOUR = 0x20202020;
// What a character above ASCII becomes: something that no lead has, white space, and whether a reader sees something else there.
const ABOVE = 0x80;
const CHANGES = 0x100;
// What texts consist of, the most frequent last; and what three characters many of them have that also stand in leads.
const OFTEN = '/:"._-vbgypwfmcudlhrsnioate ';
const THREES = 'keyporpagpusdatloucomablindookinechasigdexediellodeypedeeassuthtokapiackurrlicparcapuseerspecrsoresharostmanhelboxighfinssigetcon';
const USUAL = 60;
// What is white space besides.
const SPACES = '\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';
// What a character is: of the words of a phrase, or between them, where only an item of a list has digits and what marks one; and of a run.
const LETTER = 1;
const BETWEEN = 2;
const OF_RUN = 4;
const DIGIT = 8;
const MARK = 16;
const ITEM = 32;
// Places of one word that lie closer together count as one.
const CLOSE = 32;
const NEAR = {near} + CLOSE;
// What a company's rules and a person's own secrets add, if anything does.
let added = null;
// How often a character is there, nothing for what is not among them, and which three are.
const often = new Uint8Array(128);
const usual = new Set();
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
  // What stands in a recovery phrase, and what encodes: the value in base64, 64 for what is not of it.
  const kinds = new Uint8Array(1 << 8);
  const values = new Uint8Array(1 << 8).fill(64);
  const digits = new Uint8Array(1 << 8);
  for (let code = 0; code < 128; code++) {{
    const character = String.fromCharCode(code);
    kinds[code] = /[a-z]/i.test(character) ? LETTER : /[\s"',;.):*\d-]/.test(character) ? BETWEEN : 0;
    if (/[.):]/.test(character)) kinds[code] |= MARK;
    if (/[*\d-]/.test(character)) kinds[code] |= ITEM;
    if (/\d/.test(character)) kinds[code] |= DIGIT;
    if (/[{run_class}]/.test(character)) kinds[code] |= OF_RUN;
    const value = ALPHABET.indexOf(character);
    if (value >= 0) values[code] = value < 64 ? value : value - 2;
    if (/[\da-f]/i.test(character)) digits[code] = Number.parseInt(character, 16);
  }}
  // Of two characters in a row, the first in the lower byte, whether both are of runs, and whether both could be of a phrase. What may stand
  // before a character depends on its kind alone.
  const pairs = new Uint8Array(1 << 16);
  const rows = [];
  for (let second = 0; second < 128; second++) {{
    const kind = kinds[second];
    rows[kind] ??= rowOf(kinds, kind);
    pairs.set(rows[kind], second << 8);
  }}
  const above = new Uint16Array(1 << 16).fill(ABOVE);
  for (let code = 0; code < 128; code++) above[code] = code;
  for (const [from] of FOLD) above[from] = ABOVE | CHANGES;
  above.fill(ABOVE | CHANGES, {first}, {last} + 1);
  for (const space of SPACES) above[space.charCodeAt(0)] = (above[space.charCodeAt(0)] & CHANGES) | 32;

  for (let i = 0; i < OFTEN.length; i++) {{
    const code = OFTEN.charCodeAt(i);
    often[code] = often[code | SMALL] = often[code & ~SMALL] = i + 1;
  }}
  for (let i = 0; i < THREES.length; i += 3) usual.add(threeOf([...THREES.slice(i, i + 3)].map((letter) => letter.charCodeAt(0)), 0));

  // For each three characters, by their hash, one bit for each that may stand behind; and the number of the first lead with them.
  const follows = new Int32Array(1 << (32 - SLOTS));
  const firsts = new Int16Array(1 << (32 - CHAINS)).fill(-1);
  // Of each lead the three, what stands behind them, how far behind its beginning they stand, its length, the bits by which small letters
  // differ from capitals where they may, the place of its characters, and the next lead of the same hash. And what it leads to.
  const leads = [];
  const codes = [];
  const whats = [];
  const lead = (word, what) => {{
    // How a token begins stands in small letters and capitals as it must.
    const either = what.opens ? 0 : SMALL;
    const from = codes.length;
    for (let i = 0; i < word.length; i++) codes.push(word.charCodeAt(i) | either);
    const place = seldom(codes, from);
    const three = threeOf(codes, place);
    const fourth = place + 3 < codes.length ? codes[place + 3] | SMALL : 0;
    const hash = Math.imul(three, FACTOR);
    follows[hash >>> SLOTS] |= fourth === 0 ? -1 : 1 << fourth;
    leads.push(three, fourth, place - from, word.length, either, from, firsts[hash >>> CHAINS]);
    firsts[hash >>> CHAINS] = whats.length;
    whats.push(what);
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
    for (const word of words.split(',')) lead(word, shape);
  }});
  // The words of three and four letters that no phrase holds, by their first three: one bit for each letter that may follow, and the lowest for none.
  const common = new Int32Array(1 << 15);
  for (const word of PHRASE.source.match(/\b[a-z]{{3,4}}\b/g)) {{
    const fourth = word.length > 3 ? word.charCodeAt(3) & 31 : 0;
    common[threeLetters(word.charCodeAt(0), word.charCodeAt(1), word.charCodeAt(2))] |= 1 << fourth;
  }}
  return {{ pairs, kinds, values, digits, above, follows, firsts, leads: Int32Array.from(leads), codes: Uint8Array.from(codes), whats, common }};
}}

function rowOf(kinds, kind) {{
  const row = new Uint8Array(128);
  for (let first = 0; first < 128; first++) {{
    const before = kinds[first];
    if ((before & kind & OF_RUN) !== 0) row[first] = 1;
    if ((before & (LETTER | BETWEEN)) !== 0 && ((kind & LETTER) !== 0 || !isBreak(kind, before))) row[first] |= 2;
  }}
  return row;
}}

// Where in the last word the three characters begin that texts have least, with the one behind them.
function seldom(codes, from) {{
  let best = from;
  let least = Infinity;
  for (let at = from; at + 3 <= codes.length; at++) {{
    const fourth = at + 3 < codes.length ? often[codes[at + 3]] : often[32];
    let sum = often[codes[at]] + often[codes[at + 1]] + often[codes[at + 2]] + fourth;
    if (usual.has(threeOf(codes, at))) sum += USUAL;
    if (usual.has(threeOf(codes, at + 1))) sum += USUAL / 2;
    if (sum < least) {{
      best = at;
      least = sum;
    }}
  }}
  return best;
}}

// As they are looked up, in small letters; behind the end of a word it does not matter which they are.
function threeOf(codes, at) {{
  return (codes[at] << 8) | (codes[at + 1] << 16) | (codes[at + 2] << 24) | SMALL_THREE;
}}

function threeLetters(first, second, third) {{
  return ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);
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

// What may stand between the beginning of a name that is known and what is assigned to it: the rest of the name is part of it.
const ASSIGNS =
  '[\\w.\\-"\'`\\])}} \\t\\\\]{{0,{name}}}(?:[=:>][=:>\\s"\'`\\\\(]{{0,{reach}}}|(?<=["\'`]),[, \\t"\'`\\\\[]{{0,{reach}}}(?<=["\'`]))';

// A dot in a word may be any character.
function assignment(entry) {{
  entry.assignment ??= new RegExp(`(?:${{entry.words.join('|')}})${{ASSIGNS}}${{entry.value.source}}`, 'i');
  return entry.assignment;
}}

// One pass over a text. Null: it must be held. Otherwise what was seen.
function passed(text, asks) {{
  if (added?.test(text)) return null;
  tables ??= build();
  const seen = new Seen(text, asks);
  // A piece at a time: most of what must be held shows it early.
  for (let from = 0; from === 0 || from < (text.length & ~3); from += PIECE) {{
    seen.read(from);
    if (seen.follows(from) || hasPhrase(seen, Math.min(from + PIECE, text.length))) return null;
  }}
  seen.runs = runsOf(seen);
  if (seen.begun.length > 0 && goesOn(seen)) return null;
  for (const [entry, starts] of seen.places) {{
    if (entry.spread ? inText(entry, starts, seen) : inRuns(entry, starts, seen)) return null;
  }}
  return seen;
}}

// Reads a piece of a text, of which `before` characters are left out. What it looks for it only notes, and nothing in it depends on what
// was found, for all else would make every character take longer. Says how many fours of characters are noted: each with how far behind
// `from` it stands, a bit for each of the four that a lead could have behind its three, one where it is the third in a row that is of a run,
// and one for a phrase.
function read(text, before, start, to, from, noted, {{ state, words, notes }}) {{
  const {{ pairs, above, follows }} = tables;
  let last = state[LAST];
  let ofRun = state[OF_RUNS];
  let isCalm = state[CALM];
  let changes = state[CHANGED];
  let count = noted;
  for (let i = start; i < to; i += 4) {{
    let one = text.charCodeAt(i - before);
    let two = text.charCodeAt(i - before + 1);
    let three = text.charCodeAt(i - before + 2);
    let four = text.charCodeAt(i - before + 3);
    if ((one | two | three | four) >= ABOVE) {{
      one = above[one];
      two = above[two];
      three = above[three];
      four = above[four];
      changes |= one | two | three | four;
      one &= 0xff;
      two &= 0xff;
      three &= 0xff;
      four &= 0xff;
    }}
    const word = one | (two << 8) | (three << 16) | (four << 24);
    words[i >> 2] = word;
    const small = word | SMALL_FOUR;
    const pair = pairs[word & 0xffff] & pairs[word >>> 16];
    ofRun = (ofRun << 1) | (pair & 1);
    isCalm = (isCalm << 1) | (pair >> 1);
    const note =
      ((follows[Math.imul(last & ~0xff, FACTOR) >>> SLOTS] >>> one) & 1) |
      (((follows[Math.imul(((last >>> 8) & 0xffff00) | (small << 24), FACTOR) >>> SLOTS] >>> two) & 1) << 1) |
      (((follows[Math.imul(((last >>> 16) & 0xff00) | (small << 16), FACTOR) >>> SLOTS] >>> three) & 1) << 2) |
      (((follows[Math.imul(small << 8, FACTOR) >>> SLOTS] >>> four) & 1) << 3) |
      (((((ofRun & 15) ^ 7) - 1) >>> 31) << 4) |
      (((((isCalm & (2 * ALL_CALM + 1)) ^ ALL_CALM) - 1) >>> 31) << 5);
    last = small;
    // Where there is nothing to note, the next one is written over it.
    notes[count] = ((i - from) << 4) | note;
    count += -note >>> 31;
  }}
  state[LAST] = last;
  state[OF_RUNS] = ofRun;
  state[CALM] = isCalm;
  state[CHANGED] = changes;
  return count;
}}

// What one piece leaves to the next: its last four characters, whether the last fours were of runs and of a phrase, and what changes.
const LAST = 0;
const OF_RUNS = 1;
const CALM = 2;
const CHANGED = 3;

// What is known of a text while it is passed. `asks`: what could only be noted does not count.
class Seen {{
  constructor(text, asks) {{
    this.text = text;
    this.asks = asks;
    // Its characters, one byte each; what one piece leaves to the next; what was noted of a piece; where runs have their third four
    // characters; and where a phrase could begin in this piece, and up to where it is known to be one.
    this.words = new Int32Array((text.length >> 2) + 1);
    this.bytes = new Uint8Array(this.words.buffer);
    this.state = new Int32Array(4);
    this.notes = new Int32Array((Math.min(text.length, PIECE) >> 2) + 2);
    this.count = 0;
    this.full = [];
    this.calm = [];
    this.runs = null;
    // Where what leads to an entry stands; shapes of which the rest must be looked for, with their places; and where what led to
    // something stood last.
    this.places = new Map();
    this.begun = [];
    this.last = new Map();
    // From where to where pieces were looked for.
    this.sealed = 0;
    this.unsealed = 0;
    // The text without what stands for a secret, and without what says that it is none, and how much of it was looked through in parts.
    this.meant = null;
    this.plain = null;
    this.spent = 0;
  }}

  read(from) {{
    const {{ text }} = this;
    this.calm = (this.state[CALM] & ALL_CALM) === ALL_CALM ? [Math.max(0, from - OVER), from] : [];
    const whole = text.length & ~3;
    const to = Math.min(from + PIECE, whole);
    this.count = read(text, 0, from, to, from, 0, this);
    // Behind the last character stands the end of a line.
    if (to === whole) this.count = read(`${{text.slice(whole)}}\n\n\n\n`, whole, whole, whole + 4, from, this.count, this);
  }}

  // Whether something that begins with a lead, or that one leads to, must be held.
  follows(from) {{
    for (let i = 0; i < this.count; i++) {{
      const note = this.notes[i];
      const place = from + ((note >> 6) << 2);
      if ((note & 16) !== 0) this.full.push(place);
      if ((note & 32) !== 0) this.calm.push(Math.max(0, place - LEAST), place);
      for (let rest = note & 15; rest !== 0; rest &= rest - 1) {{
        if (this.leads(place + 31 - Math.clz32(rest & -rest))) return true;
      }}
    }}
    return false;
  }}

  // Follows the leads that have a character behind their three.
  leads(behind) {{
    const {{ bytes }} = this;
    if (behind < 3) return false;
    const {{ firsts, leads, whats }} = tables;
    const three = (bytes[behind - 3] << 8) | (bytes[behind - 2] << 16) | (bytes[behind - 1] << 24) | SMALL_THREE;
    const fourth = bytes[behind] | SMALL;
    for (let lead = firsts[Math.imul(three, FACTOR) >>> CHAINS]; lead >= 0; lead = leads[lead * FIELDS + 6]) {{
      const field = lead * FIELDS;
      if (leads[field] !== three || (leads[field + 1] !== fourth && leads[field + 1] !== 0)) continue;
      const start = behind - 3 - leads[field + 2];
      if (spells(this.text, start, field) && this.follow(whats[lead], start)) return true;
    }}
    return false;
  }}

  follow(what, start) {{
    if (what === SEALS) {{
      if (start >= this.sealed && start < this.unsealed) return false;
      const part = pieces(this.text, start);
      if (SEALED.test(blank(part, STANDS_FOR).replace(PARTS, ''))) return true;
      this.sealed = start;
      this.unsealed = start + Math.min(part.length, PIECES);
      return false;
    }}
    if (this.asks && what.quiet) return false;
    if (what.opens) return this.opens(what, start);
    if (what.most >= 0) return this.stands(what, start);
    if (!isWord(this.text, start)) return false;
    const known = this.places.get(what);
    if (known === undefined) this.places.set(what, [start]);
    else if (start - known[known.length - 1] >= CLOSE) known.push(start);
    return false;
  }}

  // Whether it stands here. Where nothing near claims to be no secret, the text is not looked through for such claims.
  isMeant({{ exact, heeds }}, at) {{
    exact.lastIndex = at;
    if (!exact.test(this.text)) return false;
    const part = this.without(heeds, at, exact.lastIndex);
    if (part === null) return true;
    exact.lastIndex = at - part.start;
    return exact.test(part.text);
  }}

  opens(shape, at) {{
    if (shape.heeds && isInside(this.text, at)) return false;
    if (shape.rest !== undefined) {{
      // What stands behind this one stands behind the one before it, too.
      const last = this.last.get(shape);
      if (last <= at && (shape.spread || isOneRun(this.text, last, at))) {{
        this.last.set(shape, at);
        return false;
      }}
    }}
    shape.exact ??= new RegExp(shape.heeds ? boundary(shape) : shape.value.source, 'y');
    if (!this.isMeant(shape, at)) return false;
    if (shape.rest === undefined) return true;
    this.begun.push(shape, at);
    this.last.set(shape, at);
    return false;
  }}

  stands(entry, at) {{
    entry.exact ??= new RegExp(boundary(entry), 'y');
    // What begins at a place was looked at when the literal before this one was followed, if it could be reached from there.
    const last = this.last.get(entry);
    const first = Math.max(0, at - entry.most, last <= at ? last - entry.least + 1 : 0);
    this.last.set(entry, at);
    for (let start = first; start <= at - entry.least; start++) {{
      if (!isInside(this.text, start) && this.isMeant(entry, start)) return true;
    }}
    return false;
  }}

  // A part of the text with blanks for what stands for a secret, and where it heeds that for what says that it is none. It has all
  // that decides about what stands between two places. Null: nothing there claims to be no secret.
  without(heeds, from, to) {{
    const {{ text }} = this;
    if (!CLAIMS.test(text.slice(Math.max(0, from - WIDEST), to + WIDEST))) return null;
    // No claim has white space in it, and none depends on what stands farther before it, or behind white space.
    const start = gap(text, from - 2 * WIDEST, -1);
    const end = gap(text, to + WIDEST, 1);
    this.spent += end - start;
    if (from - start < FAR && end - to < FAR && this.spent < text.length) {{
      const meant = blank(text.slice(start, end), STANDS_FOR);
      return {{ start, text: heeds ? blank(meant, SAYS_SO) : meant }};
    }}
    this.meant ??= blank(text, STANDS_FOR);
    if (heeds) this.plain ??= blank(this.meant, SAYS_SO);
    return {{ start: 0, text: heeds ? this.plain : this.meant }};
  }}
}}

// The next white space from a place on, forwards or backwards, or the end of the text; or what is too far.
function gap(text, from, step) {{
  let at = from;
  while (at > 0 && at < text.length && Math.abs(at - from) < FAR) {{
    const code = text.charCodeAt(at);
    if (code === 32 || (code > 8 && code < 14)) return at;
    at += step;
  }}
  return Math.max(0, Math.min(at, text.length));
}}

// As far as its characters tell.
function spells(text, start, field) {{
  const {{ leads, codes }} = tables;
  const length = leads[field + 3];
  if (start < 0 || start + length > text.length) return false;
  const either = leads[field + 4];
  const from = leads[field + 5];
  for (let i = 0; i < length; i++) if ((text.charCodeAt(start + i) | either) !== codes[from + i]) return false;
  return true;
}}

function isLetter(code) {{
  const small = code | SMALL;
  return small > 96 && small < 123;
}}

// Whether something longer goes on here, and no escape has ended before it.
function isInside(text, at) {{
  if (at < 2 || text.charCodeAt(at - 2) === 92 || (at > 2 && text.charCodeAt(at - 3) === 37)) return false;
  const code = text.charCodeAt(at - 1);
  return isLetter(code) || (code > 47 && code < 58) || code === 95;
}}

// Whether a word begins here, and not a piece of another: `src/scan/boundary.rs`.
function isWord(text, at) {{
  if (at === 0) return true;
  const code = text.charCodeAt(at);
  const before = text.charCodeAt(at - 1);
  if (!isLetter(before) || !isLetter(code)) return true;
  return code < 97 && (before > 96 || text.charCodeAt(at + 1) > 96);
}}

// Whether two places lie in one run.
function isOneRun(text, from, to) {{
  for (let at = from; at < to; at++) if ((tables.kinds[text.charCodeAt(at)] & OF_RUN) === 0) return false;
  return true;
}}

// Runs of the least length and more, two numbers each: from where to where.
function runsOf({{ bytes, words, full }}) {{
  const {{ kinds, pairs }} = tables;
  const runs = [];
  for (const third of full) {{
    let from = third - 8;
    while (from > 0 && (kinds[bytes[from - 1]] & OF_RUN) !== 0) from--;
    let word = (third >> 2) + 1;
    while ((pairs[words[word] & 0xffff] & pairs[words[word] >>> 16] & 1) === 1) word++;
    let to = word << 2;
    while ((kinds[bytes[to]] & OF_RUN) !== 0) to++;
    if (to - from >= {run}) runs.push(from, to);
  }}
  return runs;
}}

// Whether a recovery phrase could stand in the stretches of a piece that could be one. Of as many characters as the shortest has the last are looked
// at first, from behind: most often a word that no phrase holds soon says that no phrase goes on over it.
function hasPhrase({{ text, words, bytes, calm }}, before) {{
  const {{ pairs }} = tables;
  for (let i = 0; i < calm.length; i += 2) {{
    let from = calm[i];
    let word = calm[i + 1] >> 2;
    while (word << 2 < before && (pairs[words[word] & 0xffff] & pairs[words[word] >>> 16] & 2) !== 0) word++;
    const end = Math.min((word << 2) + 3, before);
    while (from + LEAST <= end) {{
      const last = lastBreak(bytes, from, from + LEAST - 1);
      if (last >= 0) {{
        from = last;
        continue;
      }}
      // What has no break is read once, from its beginning.
      const read = stretch(bytes, from);
      if (read.count >= WORDS && PHRASE.test(text.slice(from, read.end))) return true;
      from = read.next;
    }}
  }}
  return false;
}}

// Behind the last place before another that can be in no phrase; less than nothing where there is none.
function lastBreak(bytes, from, before) {{
  const {{ kinds }} = tables;
  let at = before;
  // The word that goes on over it.
  if ((kinds[bytes[at]] & LETTER) !== 0) while ((kinds[bytes[at + 1]] & LETTER) !== 0) at++;
  let end = at + 1;
  let last = kinds[bytes[at]] & LETTER;
  for (; at >= from; at--) {{
    const kind = kinds[bytes[at]];
    if ((kind & LETTER) !== last) {{
      if (last !== 0 && !isPhraseWord(bytes, at + 1, end)) return end;
      last = kind & LETTER;
      end = at + 1;
    }}
    if (last === 0 ? isBreak(kind, kinds[bytes[at - 1]]) || end - at >= GAP : end - at > LONGEST) return end;
  }}
  return last !== 0 && !isPhraseWord(bytes, from, end) ? end : -1;
}}

// What stands in no phrase, or there not behind this: no item of a list begins right behind a word, and its mark stands behind a digit.
function isBreak(kind, before) {{
  if ((kind & BETWEEN) === 0) return true;
  return (kind & MARK) !== 0 ? (before & DIGIT) === 0 : (kind & ITEM) !== 0 && (before & LETTER) !== 0;
}}

// Where a stretch that could be of a phrase ends, where the next can begin, and how many words it has.
function stretch(bytes, from) {{
  const {{ kinds }} = tables;
  let count = 0;
  let at = from;
  for (;;) {{
    const start = at;
    while ((kinds[bytes[at]] & LETTER) !== 0) at++;
    if (at > start) {{
      if (at - start > LONGEST || !isPhraseWord(bytes, start, at)) return {{ end: start, next: at, count }};
      count++;
    }}
    const end = at;
    while ((kinds[bytes[at]] & LETTER) === 0) {{
      // Behind the last character of a text stands nothing.
      if (at >= bytes.length || isBreak(kinds[bytes[at]], kinds[bytes[at - 1]])) return {{ end, next: at + 1, count }};
      if (at - end >= GAP) return {{ end, next: at, count }};
      at++;
    }}
  }}
}}

function isPhraseWord(bytes, from, to) {{
  const length = to - from;
  if (length < SHORTEST) return false;
  if (length > SHORTEST + 1) return true;
  const fourth = length > SHORTEST ? bytes[from + 3] & 31 : 0;
  return ((tables.common[threeLetters(bytes[from], bytes[from + 1], bytes[from + 2])] >>> fourth) & 1) === 0;
}}

// What could be pieces of a token that begins here, with all that the scanner lets stand between them, and of another that begins in its
// first half. What begins further on is looked for from there.
function pieces(text, start) {{
  const part = text.slice(start, start + 2 * PIECES);
  const end = part.search(BREAK);
  return end < 0 ? part : part.slice(0, end);
}}

// Whether what must stand behind a beginning does: in its run, or anywhere.
function goesOn({{ text, begun, runs }}) {{
  const looked = new Map();
  for (let i = 0; i < begun.length; i += 2) {{
    const shape = begun[i];
    const at = begun[i + 1];
    const before = looked.get(shape);
    if (before !== undefined && at >= before.at && at < before.end) continue;
    const end = shape.spread ? text.length : runs[firstBehind(runs, at) + 1];
    looked.set(shape, {{ at, end }});
    if (shape.rest.test(text.slice(at, end))) return true;
  }}
  return false;
}}

// The first run that ends behind a place.
function firstBehind(runs, at) {{
  let low = 0;
  let high = runs.length / 2;
  while (low < high) {{
    const middle = (low + high) >> 1;
    if (runs[middle * 2 + 1] <= at) low = middle + 1;
    else high = middle;
  }}
  return low * 2;
}}

// The surroundings of places. Where places crowd they are one, so that no place is looked at twice.
function* surroundings(starts) {{
  for (let first = 0; first < starts.length; first++) {{
    const from = Math.max(0, starts[first] - NEAR);
    while (first + 1 < starts.length && starts[first + 1] - starts[first] <= 2 * NEAR) first++;
    yield [from, starts[first] + NEAR];
  }}
}}

function inRuns(entry, starts, seen) {{
  const {{ runs }} = seen;
  const digit = seen.asks && entry.digit;
  const isIn = (i, from, to) => {{
    if (digit && !/\d/.test(seen.text.slice(runs[i], runs[i + 1]))) return false;
    return holds(entry, seen, Math.max(from, runs[i]), Math.min(to, runs[i + 1]));
  }};
  if (!entry.near) {{
    for (let i = 0; i < runs.length; i += 2) if (isIn(i, 0, Infinity)) return true;
    return false;
  }}
  for (const [from, to] of surroundings(starts)) {{
    for (let i = firstBehind(runs, from); i < runs.length && runs[i] < to; i += 2) if (isIn(i, from, to)) return true;
  }}
  return false;
}}

function inText(entry, starts, seen) {{
  if (!entry.near) return holds(entry, seen, 0, seen.text.length);
  for (const [from, to] of surroundings(starts)) if (holds(entry, seen, from, to)) return true;
  return false;
}}

// Whether a value stands in a part of a text, and as what it must.
function holds(entry, seen, from, to) {{
  const {{ text }} = seen;
  const part = text.slice(from, to);
  if (!entry.value.test(part)) return false;
  const meant = seen.without(entry.heeds, from, to);
  if (!bounded(entry).test(meant === null ? part : meant.text.slice(from - meant.start, to - meant.start))) return false;
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

// Stretches of a run that could be text in base64 or hexadecimal. What they decode to at first tells of most that it is none.
function* inside(text, bytes, from, to) {{
  const {{ values }} = tables;
  let start = from;
  while (to - start >= ENCODED) {{
    let other = start + ENCODED - 1;
    while (other >= start && values[bytes[other]] < 64) other--;
    if (other >= start) {{
      start = other + 1;
      continue;
    }}
    let end = start + ENCODED;
    while (end < to && values[bytes[end]] < 64) end++;
    // The length of one character too many is no base64.
    if ((end - start) % 4 !== 1 && isText(bytes, start, 4)) {{
      yield atob(text.slice(start, end).replaceAll('-', '+').replaceAll('_', '/'));
    }}
    if ((end - start) % 2 === 0 && isText(bytes, start, 2)) {{
      const run = text.slice(start, end);
      if (HEX.test(run)) yield run.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
    }}
    start = end;
  }}
}}

// Whether the first characters of a stretch decode to the beginning of a text in UTF-8, four at a time as base64 or two as hexadecimal.
function isText(bytes, start, together) {{
  const {{ values, digits }} = tables;
  // How many bytes of a character have yet to come.
  let open = 0;
  const isNext = (byte) => {{
    if (open > 0) {{
      open--;
      return (byte & 0xc0) === 0x80;
    }}
    if (byte >= 0x80) open = byte < 0xc2 ? Infinity : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf5 ? 3 : Infinity;
    return open !== Infinity && byte !== 0x7f && (byte > 31 || byte === 9 || byte === 10 || byte === 13);
  }};
  for (let i = start; i < start + ENCODED; i += together) {{
    if (together === 2) {{
      const byte = (digits[bytes[i]] << 4) | digits[bytes[i + 1]];
      if (!isNext(byte)) return false;
      continue;
    }}
    const three = (values[bytes[i]] << 18) | (values[bytes[i + 1]] << 12) | (values[bytes[i + 2]] << 6) | values[bytes[i + 3]];
    if (!(isNext(three >> 16) && isNext((three >> 8) & 0xff) && isNext(three & 0xff))) return false;
  }}
  return true;
}}

function found(text, depth, asks) {{
  const seen = passed(text, asks);
  if (seen === null) return true;
  // The scanner folds no text that was made of another.
  if ((seen.state[CHANGED] & CHANGES) !== 0 && depth === {deepest} && passed(fold(text), asks) === null) return true;
  if (depth === 0) return false;
  const plain = unescaped(text);
  if (plain !== null && found(plain, depth - 1, asks)) return true;
  const {{ bytes, runs }} = seen;
  for (let i = 0; i < runs.length; i += 2) {{
    for (const inner of inside(text, bytes, runs[i], runs[i + 1])) if (found(inner, depth - 1, asks)) return true;
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

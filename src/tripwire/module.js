// Generated from src/rules by `keystay tripwire`; do not edit.
// Says whether a text could hold a secret. May say yes too often, never too seldom.
const RUN = /[{run_class}]{{{run},}}/g;
// Beginnings of tokens that stand in one run.
const SHAPES = /{shapes}/;
// Beginnings of tokens with other characters in them.
const SPREAD = /{spread}/;
// Values that a literal or a word in the text must lead to, perhaps as a name that is assigned to: in a run, and anywhere.
const LED = [
{led}
];
const LOOSE = [
{loose}
];
// What a reader does not see, or sees as a Latin letter, and what it becomes: 0 is nothing.
const CHANGED = /[{changed}]/;
const FOLD = new Map([{fold}]);
const CHUNK = 8192;
const NONE = [];

// What may stand between a name and what is assigned to it.
const ASSIGNS = '[\\w.\\-"\'`\\])}} \\t\\\\]{{0,{reach}}}[=:][=:> \\t"\'`\\\\(]{{0,{reach}}}';

// Made where it is needed, which few texts do; each frame of each page loads the rest. A dot in a word may be any character.
function assignment(words, value) {{
  return new RegExp(`(?:${{words.join('|')}})${{ASSIGNS}}${{value.source}}`, 'i');
}}

function matches(text) {{
  if (SPREAD.test(text)) return true;
  const runs = text.match(RUN) ?? NONE;
  if (runs.some((run) => SHAPES.test(run))) return true;
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

export function mayHoldSecret(text) {{
  return matches(text) || (CHANGED.test(text) && matches(fold(text)));
}}

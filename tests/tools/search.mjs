// Looks for a text in what came over the wire, in every form in which web pages send text.

/** So many characters in a row are a piece of a secret and not a coincidence. */
const PIECE = 12;

/** Forms within forms: JSON in a form field in a multipart body is three. */
const DEEPEST = 3;

/** Of what is longer than this, only the forms of the text itself are looked for: those are programs and pictures. */
const MOST_UNDONE = 4 << 20;

/**
 * Whether bytes hold a text, or any 23 characters of it in a row.
 * @param {readonly Buffer[]} parts looked at together: a text may go over the edge of two messages
 * @param {string} text
 */
export function holds(parts, text) {
  return contains(Buffer.concat(parts), piecesOf(text));
}

/**
 * Whether bytes hold a text from its first to its last character. Line ends may be those of a form.
 * @param {readonly Buffer[]} parts
 * @param {string} text
 */
export function holdsWhole(parts, text) {
  return contains(Buffer.concat(parts), [text, text.replaceAll('\n', '\r\n')]);
}

/**
 * @param {Buffer} bytes
 * @param {string[]} pieces one of them is enough
 */
function contains(bytes, pieces) {
  if (bytes.length === 0) return false;
  if (pieces.some((piece) => formsOf(piece).some((form) => bytes.includes(form)))) return true;
  if (bytes.length > MOST_UNDONE) return false;
  let layers = new Set([bytes.toString('utf8'), bytes.toString('utf16le')]);
  for (let depth = 0; depth < DEEPEST; depth++) {
    layers = new Set([...layers].flatMap((layer) => undone(layer)));
    if ([...layers].some((layer) => pieces.some((piece) => layer.includes(piece)))) return true;
  }
  return false;
}

/** @param {string} text */
function piecesOf(text) {
  const pieces = [];
  for (let at = 0; at + PIECE <= text.length; at += PIECE) pieces.push(text.slice(at, at + PIECE));
  return pieces.length > 0 ? pieces : [text];
}

/**
 * The bytes that say a text plainly, in UTF-16, in hexadecimal, and in base64, whatever stands before it.
 * @param {string} text
 * @returns {Buffer[]}
 */
function formsOf(text) {
  const plain = Buffer.from(text);
  const packed = [0, 1, 2].flatMap((shift) => {
    const all = Buffer.concat([Buffer.alloc(shift), plain]);
    // The first and the last characters depend on the neighbours.
    const start = Math.ceil((shift * 8) / 6);
    const end = Math.floor((all.length * 8) / 6);
    return [all.toString('base64').slice(start, end), all.toString('base64url').slice(start, end)];
  });
  return [plain, Buffer.from(text, 'utf16le'), ...[plain.toString('hex'), ...packed].map((form) => Buffer.from(form))];
}

/**
 * @param {string} text
 * @returns {string[]} the text with one layer of each kind taken off, where there is one
 */
function undone(text) {
  return [
    text
      .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
      .replaceAll('+', ' '),
    text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString()),
    text
      .replace(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/\\(["\\/nrt])/g, (_, letter) => ESCAPED[letter] ?? letter),
    text.replace(/&(?:amp|lt|gt|quot|#(\d+)|#x([0-9a-f]+));/gi, (entity, decimal, hex) =>
      decimal || hex
        ? String.fromCodePoint(Number.parseInt(decimal ?? hex, decimal ? 10 : 16))
        : (ENTITIES[entity] ?? entity),
    ),
  ];
}

/** @type {Record<string, string>} */
const ESCAPED = { n: '\n', r: '\r', t: '\t' };

/** @type {Record<string, string>} */
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

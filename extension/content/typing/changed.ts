// Which parts of a long text are looked at: those that have changed since the last look, wherever the caret is, and those in which a key
// stands. To find them costs less than half a millisecond in a text of a megabyte, where a key stroke costs the browser itself fifty.

export interface Part {
  readonly from: number;
  readonly to: number;
}

/** UTF-16 units that are looked at before and after a change, in rich text the caret. A chat message is far shorter; a book is longer. */
export const REACH = 16_384;

/** A longer change, such as a paste, was looked at as it came; of it only the ends may have become something else. */
const LONGEST_CHANGE = 4 * REACH;

/** Units around a key that was found. */
const AROUND_KEY = 1024;

/** Units that are compared at once. */
const BLOCK = 4096;

/** The parts of a text that has become another one. `keys` are where keys stood in the old one. */
export function partsChanged(before: string, after: string, keys: readonly Part[]): Part[] {
  const start = alike(before, after);
  const end = after.length - alikeAtEnd(before, after, Math.min(before.length, after.length) - start);
  const moved = after.length - before.length;
  const place = (at: number) => (at <= start ? at : Math.max(start, at + moved));
  const change = { from: start - REACH, to: end + REACH };
  const parts =
    end - start <= LONGEST_CHANGE
      ? [change]
      : [
          { from: change.from, to: start + REACH },
          { from: end - REACH, to: change.to },
        ];
  for (const { from, to } of keys) parts.push({ from: place(from) - AROUND_KEY, to: place(to) + AROUND_KEY });
  return joined(parts, after.length);
}

/** The part around a caret, where it is not known what has changed. */
export function partAround(text: string, caret: number): Part[] {
  return joined([{ from: caret - REACH, to: caret + REACH }], text.length);
}

/** In the order of the text, and within it. */
function joined(parts: readonly Part[], length: number): Part[] {
  const sorted: Part[] = [];
  for (const part of parts.toSorted((a, b) => a.from - b.from)) {
    const from = Math.max(0, part.from);
    const to = Math.min(length, part.to);
    const last = sorted.at(-1);
    if (last !== undefined && from <= last.to)
      sorted[sorted.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else sorted.push({ from, to });
  }
  return sorted;
}

/** How many units two texts have in common at their beginnings. */
function alike(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one.slice(at, at + BLOCK) === other.slice(at, at + BLOCK)) at += BLOCK;
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return Math.min(at, most);
}

/** The same at their ends, so many at most. */
function alikeAtEnd(one: string, other: string, most: number): number {
  const block = (text: string, at: number) => text.slice(text.length - at - BLOCK, text.length - at);
  let at = 0;
  while (at + BLOCK <= most && block(one, at) === block(other, at)) at += BLOCK;
  while (at < most && one.charCodeAt(one.length - 1 - at) === other.charCodeAt(other.length - 1 - at)) at++;
  return at;
}

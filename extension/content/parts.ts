/** Splits a text into parts of at most `length` units without separating the two halves of a character outside the basic plane. */
export function* splitText(text: string, length: number): Generator<string> {
  let start = 0;
  do {
    let end = Math.min(start + length, text.length);
    if (
      end < text.length &&
      end - start > 1 &&
      isHighSurrogate(text.charCodeAt(end - 1)) &&
      isLowSurrogate(text.charCodeAt(end))
    )
      end--;
    yield text.slice(start, end);
    start = end;
  } while (start < text.length);
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

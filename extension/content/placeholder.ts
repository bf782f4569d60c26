import type { Finding, Replacement } from '../shared/messages';

/**
 * The plain text with each finding's secret replaced, or null where that cannot be promised: a finding of the plain text without a
 * replacement, or offsets that do not fit the text. Replacements that overlap become one, so that nothing between them stays.
 */
export function withPlaceholders(text: string, findings: readonly Finding[]): string | null {
  const replacements: Replacement[] = [];
  for (const { flavour, replacement } of findings) {
    if (flavour !== 0) continue;
    if (replacement === null || !fits(replacement, text)) return null;
    replacements.push(replacement);
  }
  replacements.sort((a, b) => a.start - b.start || b.end - a.end);

  let result = '';
  let done = 0;
  for (const { start, end, text: words } of replacements) {
    if (start >= done) result += text.slice(done, start) + words;
    done = Math.max(done, end);
  }
  return result + text.slice(done);
}

function fits({ start, end, text: words }: Replacement, text: string): boolean {
  return (
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    0 <= start &&
    start < end &&
    end <= text.length &&
    typeof words === 'string'
  );
}

import type { Choice, Finding, Replacement } from '../shared/messages';

/**
 * The plain text with each finding's secret replaced, left out or left as it is, or null where that cannot be promised: a finding of the plain text without a
 * replacement, or offsets that do not fit the text. Replacements that overlap become one, so that nothing between them stays.
 */
export function withPlaceholders(
  text: string,
  findings: readonly Finding[],
  choiceOf: (finding: Finding) => Choice = () => 'placeholder',
): string | null {
  const replacements: Replacement[] = [];
  for (const finding of findings) {
    const { flavour, replacement } = finding;
    const choice = choiceOf(finding);
    if (flavour !== 0 || choice === 'anyway') continue;
    if (replacement === null || !fits(replacement, text)) return null;
    replacements.push(choice === 'keep-out' ? { ...replacement, text: '' } : replacement);
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

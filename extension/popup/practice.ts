// "Paste a practice key here": the same tripwire and the same scanner that a page's paste meets, with a key that is worth nothing.

import { mayHoldSecret } from 'keystay:tripwire';
import { judge } from '../content/scanner';
import { localized } from '../shared/browser';
import { answerTo, attempt, byId, onPress, say } from '../shared/page';

export function offerPractice(): void {
  const details = byId<HTMLDetailsElement>('try');
  details.addEventListener('toggle', () => {
    if (details.open && byId('practice').textContent === '') attempt(fill);
  });
  onPress(byId('copy'), () => navigator.clipboard.writeText(byId('practice').textContent ?? ''));
  byId('try-field').addEventListener('paste', (event) => {
    if (!event.isTrusted) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    event.preventDefault();
    attempt(() => test(text));
  });
}

async function fill(): Promise<void> {
  byId('practice').textContent = await answerTo({ ask: 'practice' });
}

async function test(text: string): Promise<void> {
  if (!mayHoldSecret(text)) return say(localized('tryNothing'));
  const outcome = await judge([text], 'paste');
  if ('unchecked' in outcome) return say(localized('unchecked'));
  const [first] = outcome.judgement.findings;
  say(first === undefined ? localized('tryNothing') : localized('tryCaught', [first.name]));
}

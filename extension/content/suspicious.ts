import type { Way } from '../shared/messages';
import { judge } from './scanner';
import { mayHoldSecret, mustBeHeld } from './tripwire';

/** Asked synchronously of every text, so that nearly all of them wait for nothing. It may say yes too often, never too seldom. */
export function mustWait(text: string): boolean {
  try {
    return mustBeHeld(text);
  } catch {
    return true;
  }
}

/** Whether anything could be said about a text. What is only noted interrupts nobody, so no text waits for that. */
export function couldHoldSecret(text: string): boolean {
  try {
    return mayHoldSecret(text);
  } catch {
    return true;
  }
}

/** Has noted, for the button and the history, what is in texts that go on meanwhile. */
export function noteLater(texts: readonly string[], way: Way): void {
  setTimeout(() => {
    if (texts.some(couldHoldSecret)) judge(texts, way).catch(() => {});
  });
}

import { mayHoldSecret } from './tripwire';

/** Asked synchronously of every text, so that nearly all of them wait for nothing. It may say yes too often, never too seldom. */
export function couldHoldSecret(text: string): boolean {
  try {
    return mayHoldSecret(text);
  } catch {
    return true;
  }
}

// The tripwire of this frame: what the build generated, and what this person's own secrets and rules add to it.

import { add, mayHoldSecret as generated } from 'keystay:tripwire';
import { additionsFrom } from '../shared/additions';

/** Until the additions are known, which takes milliseconds from the start of the frame, everything is held: nothing may be missed. */
let known = false;

export function takeAdditions(raw: unknown): void {
  add(additionsFrom(raw));
  known = true;
}

/** The frame comes back as it was left, and what has changed meanwhile is not known. */
export function forgetAdditions(): void {
  known = false;
}

export function mayHoldSecret(text: string): boolean {
  return !known || generated(text);
}

// The tripwire of this frame: what the build generated, and what this person's own secrets and rules add to it.

import { add, mayHoldSecret as generated, mustBeHeld as held } from 'keystay:tripwire';
import { additionsFrom } from '../shared/additions';

/** Until the additions are known, which takes milliseconds from the start of the frame, everything is held: nothing may be missed. */
let known = false;

/** Somebody wants to be asked about what is usually noted. */
let asked = true;

export function takeAdditions(raw: unknown): void {
  const additions = additionsFrom(raw);
  add(additions);
  asked = additions.asked;
  known = true;
}

/** The frame comes back as it was left, and what has changed meanwhile is not known. */
export function forgetAdditions(): void {
  known = false;
}

export function mustBeHeld(text: string): boolean {
  return asked ? mayHoldSecret(text) : !known || held(text);
}

export function mayHoldSecret(text: string): boolean {
  return !known || generated(text);
}

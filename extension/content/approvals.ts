// What a person has decided in this frame and is not asked again: texts that were released but may not have arrived, the next real
// paste of which is let through, and single values that were kept.

import type { Content } from './hold';

/** Long enough to press two keys again, short enough that nobody has forgotten what was approved. */
const LIFETIME_MS = 60_000;

const seed = crypto.getRandomValues(new Uint32Array(2));

interface Approval {
  /** What the page is to get in its place, where that is not the text itself. */
  readonly instead: Content | null;
  /** To be done when it is given to the page. */
  readonly then: () => void;
}

let approved: (Approval & { readonly fingerprint: string; readonly until: number }) | null = null;

/** Of the text only a fingerprint is kept, and what is to be given in its place: none outlives its event. */
export function approve(texts: readonly string[], instead: Content | null = null, then = () => {}): void {
  approved = { fingerprint: fingerprint(texts), until: performance.now() + LIFETIME_MS, instead, then };
}

/** What was decided about a text, once. */
export function takeApproval(texts: readonly string[]): Approval | null {
  const found = approved;
  if (found === null) return null;
  if (performance.now() > found.until) {
    approved = null;
    return null;
  }
  if (fingerprint(texts) !== found.fingerprint) return null;
  approved = null;
  return found;
}

const kept = new Set<string>();

/** The person wants this value to stay where it is; for as long as the page lives. */
export function keep(value: string): void {
  kept.add(fingerprint([bare(value)]));
}

export function isKept(value: string): boolean {
  return kept.size > 0 && kept.has(fingerprint([bare(value)]));
}

/** A finding takes in the quotes around a value where a placeholder would replace them. */
function bare(value: string): string {
  return value.replace(/^["'`]|["'`]$/g, '');
}

/**
 * Two seeded 32-bit hashes and the lengths. It must be synchronous, because a paste is held now or never, and the browser's
 * cryptographic digests are not. Nobody who could search for a collision can choose the clipboard or see the seed.
 */
export function fingerprint(texts: readonly string[]): string {
  let a = seed[0] ?? 0;
  let b = seed[1] ?? 0;
  for (const text of texts) {
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      a = Math.imul(a ^ unit, 0x9e3779b1);
      b = Math.imul(b ^ unit, 0x85ebca77);
      a ^= b >>> 15;
    }
    a = Math.imul(a ^ text.length, 0xc2b2ae3d);
  }
  return `${texts.map((text) => text.length)}:${a >>> 0}:${b >>> 0}`;
}

// What a person has decided in this frame and is not asked again: texts that were released but may not have arrived, the next real
// paste of which is let through, and single values that were kept.

/** Long enough to press two keys again, short enough that nobody has forgotten what was approved. */
const LIFETIME_MS = 60_000;

const seed = crypto.getRandomValues(new Uint32Array(2));

let approved: { readonly fingerprint: string; readonly until: number } | null = null;

/** Only a fingerprint is kept: no text outlives its event. */
export function approve(texts: readonly string[]): void {
  approved = { fingerprint: fingerprint(texts), until: performance.now() + LIFETIME_MS };
}

/** True once for an approved text. */
export function takeApproval(texts: readonly string[]): boolean {
  if (approved === null) return false;
  const { until } = approved;
  if (performance.now() > until) {
    approved = null;
    return false;
  }
  if (fingerprint(texts) !== approved.fingerprint) return false;
  approved = null;
  return true;
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

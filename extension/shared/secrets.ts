// The secrets that a person registered, as they are stored: the engine's fingerprints (`src/own.rs`), and beside them what a page shows.
// No value is ever in it.

import { localStorage } from './browser';

export const SECRETS = 'ownSecrets';

/** Id of the rule that finds them, as in `src/own.rs`. */
export const OWN_SECRET = 'own-secret';

const VERSION = 1;

export interface Registered {
  readonly id: string;
  readonly label: string;
  /** In bytes. */
  readonly length: number;
  /** In ms since 1970. */
  readonly since: number;
  /** Reminders are silent until then, in ms since 1970; null: for good, since JSON has no infinity. */
  readonly snoozed: number | null;
}

export interface Secrets {
  /** For the engine; empty for none. */
  readonly store: string;
  readonly registered: readonly Registered[];
  /** Something is there that cannot be read. */
  readonly damaged: boolean;
}

const NONE: Secrets = { store: '', registered: [], damaged: false };

export function parseSecrets(raw: unknown): Secrets {
  if (raw === undefined) return NONE;
  if (!isRecord(raw) || raw.version !== VERSION) return { ...NONE, damaged: true };
  const { store, registered } = raw;
  if (typeof store !== 'string' || !Array.isArray(registered)) return { ...NONE, damaged: true };
  const whole = registered.filter(isRegistered);
  return { store, registered: whole, damaged: whole.length < registered.length };
}

export async function readSecrets(): Promise<Secrets> {
  return parseSecrets((await localStorage.get(SECRETS))[SECRETS]);
}

/** One change after the other, whichever window asks. Null: forget everything; what it was given: nothing has changed. */
export function changeSecrets(
  change: (now: Secrets) => Promise<Pick<Secrets, 'store' | 'registered'> | null>,
): Promise<void> {
  return navigator.locks.request(SECRETS, async () => {
    const now = await readSecrets();
    const changed = await change(now);
    // Firefox tells of what is written as it was, too, and a page that shows it anew takes away what it has just said.
    if (changed === now) return;
    if (changed === null || changed.registered.length === 0) await localStorage.remove(SECRETS);
    else {
      const { store, registered } = changed;
      await localStorage.set({ [SECRETS]: { version: VERSION, store, registered } });
    }
  });
}

/** Reminds of it again at that time; null: never. */
export function snoozeSecret(id: string, until: number | null): Promise<void> {
  return changeSecrets(async ({ store, registered }) => ({
    store,
    registered: registered.map((one) => (one.id === id ? { ...one, snoozed: until } : one)),
  }));
}

function isRegistered(value: unknown): value is Registered {
  if (!isRecord(value)) return false;
  const { id, label, length, since, snoozed } = value;
  const texts = typeof id === 'string' && typeof label === 'string';
  return texts && [length, since].every(Number.isFinite) && (snoozed === null || Number.isFinite(snoozed));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

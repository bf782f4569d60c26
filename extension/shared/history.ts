// What was caught, where, and what was decided. Never a text and never a value: of a secret there is the rule's name, what the engine
// lets be shown, and a fingerprint under a key that no page, no content script and no export ever gets.
//
// IndexedDB, because it keeps that key as an object that even this extension cannot read (`extractable: false`), and because entries
// are added and deleted one by one. By way of the library idb: it turns requests into promises and nothing else.

import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

import type { Reason, Way } from './messages';

export type Decision = 'kept-out' | 'placeholder' | 'sent' | 'blocked' | 'noted' | 'remembered';

export interface Entry {
  readonly id: number;
  /** Whole minutes, in ms since 1970. */
  readonly time: number;
  /** Host name; empty for a page without an address. */
  readonly site: string;
  readonly rule: string;
  /** How it was on its way into the page. */
  readonly way: Way;
  readonly certainty: 'certain' | 'likely' | 'possible';
  readonly decision: Decision;
  /** As shown in the warning: the provider's public prefix and a mask. */
  readonly masked: string;
  /** Null where the secret's place in the text is not known. */
  readonly fingerprint: string | null;
  /** Why it was let through, where that was asked. Older entries have none. */
  readonly reason?: Reason;
}

/** A key that was seen: when it is due for rotation, and whether it got out. */
export interface Seen {
  readonly fingerprint: string;
  readonly rule: string;
  readonly masked: string;
  readonly first: number;
  /** When it was last let through to a site; 0: never. */
  readonly sent: number;
  /** Reminders are silent until then, in ms since 1970. Infinity: for good. */
  readonly snoozed: number;
}

/** "Do not ask about this key, this kind of key, or anything, at this site again." */
export interface Allowed {
  /** Of a kind it is `kindKey`, of anything `ANYTHING`, and there is no masked form. */
  readonly fingerprint: string;
  readonly site: string;
  readonly rule: string;
  readonly masked: string;
  readonly since: number;
}

interface Schema extends DBSchema {
  entries: { key: number; value: Omit<Entry, 'id'> & { id?: number }; indexes: { time: number } };
  seen: { key: string; value: Seen };
  allowed: { key: [string, string]; value: Allowed };
  keys: { key: string; value: CryptoKey };
}

type Database = IDBPDatabase<Schema>;

const NAME = 'history';

/** 1: entries and the fingerprint key. 2: keys that were seen, and remembered decisions. */
const VERSION = 2;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** When a key is due for rotation. */
export const ROTATION_DAYS = 90;

/** More entries than this nobody reads; the oldest go. */
export const MOST_ENTRIES = 20_000;

/** Bytes of an HMAC that are kept: enough that two keys of one person never share them. */
const FINGERPRINT_BYTES = 12;

let opened: Promise<Database> | null = null;

function database(): Promise<Database> {
  opened ??= openDB<Schema>(NAME, VERSION, {
    upgrade(db, from) {
      if (from < 1) {
        db.createObjectStore('entries', { keyPath: 'id', autoIncrement: true }).createIndex('time', 'time');
        db.createObjectStore('keys');
      }
      if (from < 2) {
        db.createObjectStore('seen', { keyPath: 'fingerprint' });
        db.createObjectStore('allowed', { keyPath: ['fingerprint', 'site'] });
      }
    },
    // Another window has a newer version of the extension, or the browser closed the database: the next question opens it anew.
    blocking: (_from, _to, event) => {
      (event.target as IDBDatabase).close();
      opened = null;
    },
    terminated: () => {
      opened = null;
    },
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

/** A keyed fingerprint: whoever has the history cannot find out by trying which password made it. */
export async function fingerprint(secret: string): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', await fingerprintKey(), new TextEncoder().encode(secret));
  return [...new Uint8Array(mac, 0, FINGERPRINT_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function fingerprintKey(): Promise<CryptoKey> {
  const db = await database();
  const known = await db.get('keys', 'fingerprint');
  if (known !== undefined) return known;
  const made = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const transaction = db.transaction('keys', 'readwrite');
  // Whoever was faster has made the one that counts.
  const first = await transaction.store.get('fingerprint');
  if (first === undefined) await transaction.store.put(made, 'fingerprint');
  await transaction.done;
  return first ?? made;
}

/** Adds entries, and drops what is older than the retention or one too many. */
export async function add(
  entries: readonly Omit<Entry, 'id' | 'time'>[],
  retentionDays: number,
  now = Date.now(),
): Promise<void> {
  if (retentionDays > 0) {
    const time = now - (now % MINUTE);
    const db = await database();
    const transaction = db.transaction(['entries', 'seen'], 'readwrite');
    for (const entry of entries) {
      await transaction.objectStore('entries').add({ ...entry, time });
      await noteSeen(transaction.objectStore('seen'), entry, time);
    }
    await transaction.done;
  }
  await prune(retentionDays, now);
}

interface SeenStore {
  get(key: string): Promise<Seen | undefined>;
  put(value: Seen): Promise<unknown>;
}

async function noteSeen(store: SeenStore, entry: Omit<Entry, 'id' | 'time'>, time: number): Promise<void> {
  const { fingerprint: key, rule, masked, decision, reason } = entry;
  if (key === null || decision === 'noted' || reason === 'test' || reason === 'not-secret') return;
  const known = await store.get(key);
  const out = decision === 'sent' || decision === 'remembered';
  await store.put({
    fingerprint: key,
    rule,
    masked,
    first: known?.first ?? time,
    sent: out ? time : (known?.sent ?? 0),
    // What gets out again is due again, whatever was said before.
    snoozed: decision === 'sent' ? 0 : (known?.snoozed ?? 0),
  });
}

/** Deletes what is too old or too much. */
export async function prune(retentionDays: number, now = Date.now()): Promise<void> {
  const db = await database();
  const transaction = db.transaction('entries', 'readwrite');
  const oldest = now - retentionDays * DAY;
  for await (const cursor of transaction.store.index('time').iterate(IDBKeyRange.upperBound(oldest, true)))
    await cursor.delete();
  let surplus = (await transaction.store.count()) - MOST_ENTRIES;
  for (let cursor = await transaction.store.openCursor(); cursor && surplus > 0; cursor = await cursor.continue()) {
    await cursor.delete();
    surplus--;
  }
  await transaction.done;
}

export interface Read {
  /** Newest first. */
  readonly entries: Entry[];
  /** Entries that cannot be read: they are left where they are, and the others shown. */
  readonly damaged: number;
}

export async function readEntries(): Promise<Read> {
  const raw: unknown[] = await (await database()).getAll('entries');
  const entries = raw.filter(isEntry).sort((a, b) => b.time - a.time || b.id - a.id);
  return { entries, damaged: raw.length - entries.length };
}

export async function removeEntry(id: number): Promise<void> {
  await (await database()).delete('entries', id);
}

/** Everything about what was caught, and the key of the fingerprints: what comes later cannot be linked to what was. */
export async function removeAll(): Promise<void> {
  const db = await database();
  const transaction = db.transaction(['entries', 'seen', 'allowed', 'keys'], 'readwrite');
  await Promise.all([
    transaction.objectStore('entries').clear(),
    transaction.objectStore('seen').clear(),
    transaction.objectStore('allowed').clear(),
    transaction.objectStore('keys').clear(),
    transaction.done,
  ]);
}

export async function allSeen(): Promise<Seen[]> {
  return (await (await database()).getAll('seen')).filter(isSeen);
}

/** Whether a person should do something about a key: it got out, or it is old enough. */
export function isDue({ snoozed, sent, first }: Seen, now: number): boolean {
  return now >= snoozed && (sent > 0 || now - first >= ROTATION_DAYS * DAY);
}

async function dueKeys(now: number): Promise<Seen[]> {
  return (await allSeen()).filter((seen) => isDue(seen, now)).sort((a, b) => b.sent - a.sent || a.first - b.first);
}

/** Of those, the ones of which to remind somebody who looks for something else: a day after they got out. */
export async function reminders(now = Date.now()): Promise<Seen[]> {
  return (await dueKeys(now)).filter(({ sent }) => sent === 0 || now - sent >= DAY);
}

/** When to remind again: a week after the key got out, and then a week later each time. */
export function later({ sent }: Seen, now = Date.now()): number {
  const week = sent + 7 * DAY;
  return now < week ? week : now + 7 * DAY;
}

/** Whether it was ever let through. */
export async function wasSent(key: string): Promise<boolean> {
  return ((await (await database()).get('seen', key))?.sent ?? 0) > 0;
}

export async function snooze(key: string, until: number): Promise<void> {
  const db = await database();
  const seen = await db.get('seen', key);
  if (seen !== undefined) await db.put('seen', { ...seen, snoozed: until });
}

/** The key was replaced: it is somebody else's number from now on. */
export async function forget(key: string): Promise<void> {
  await (await database()).delete('seen', key);
}

/** These stand where the fingerprint of a key does, which is hexadecimal and never like them. */
export const ANYTHING = 'anything';

export function kindKey(rule: string): string {
  return `kind:${rule}`;
}

export async function allow(allowed: Allowed): Promise<void> {
  await (await database()).put('allowed', allowed);
}

export async function isAllowed(key: string, site: string): Promise<boolean> {
  return (await (await database()).getKey('allowed', [key, site])) !== undefined;
}

export async function allAllowed(): Promise<Allowed[]> {
  const all = (await (await database()).getAll('allowed')).filter(isAllowedValue);
  return all.sort((a, b) => b.since - a.since);
}

export async function disallow({ fingerprint: key, site }: Allowed): Promise<void> {
  await (await database()).delete('allowed', [key, site]);
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { id, time, site, rule, way, certainty, decision, masked, fingerprint: key } = value as Partial<Entry>;
  return (
    typeof id === 'number' &&
    typeof time === 'number' &&
    Number.isFinite(time) &&
    [site, rule, way, certainty, decision, masked].every((text) => typeof text === 'string') &&
    (key === null || typeof key === 'string')
  );
}

function isSeen(value: unknown): value is Seen {
  const { fingerprint: key, rule, first, sent, snoozed } = (value ?? {}) as Partial<Seen>;
  return [key, rule].every((text) => typeof text === 'string') && [first, sent, snoozed].every(isTime);
}

function isAllowedValue(value: unknown): value is Allowed {
  const { fingerprint: key, site, since } = (value ?? {}) as Partial<Allowed>;
  return [key, site].every((text) => typeof text === 'string') && isTime(since);
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(value);
}

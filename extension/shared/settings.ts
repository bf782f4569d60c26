// What a person has set, as it is stored. What a value means for a finding is the engine's business; these keys are the extension's own:
// where it rests, and how long the history reaches back.

import { localStorage } from './browser';

export type Values = Record<string, unknown>;

export const SETTINGS = 'settings';

/**
 * Sites at which nothing is held (exact host names); until when nothing is held anywhere (ms since 1970); days of history; sites at
 * which the last net is on; rules of one's own and of a company, which the engine takes by another way.
 */
export const EXTENSION_KEYS = [
  'offSites',
  'pausedUntil',
  'retentionDays',
  'firstRunPage',
  'lastNet',
  'customRules',
  'companyRules',
] as const;

/** In the place of a host name, in the list of sites of the last net. */
export const EVERY_SITE = 'all';

export const RETENTION_DAYS = 90;

/** What a person may still set for themselves under a policy that blocks: none of it lets more through. */
const STRICTER = new Set(['blockRules', 'placeholder', 'retentionDays', 'lastNet']);

/**
 * Version 1 was the bare object of values. Since version 2 the version stands beside them, so that an older or newer shape can be
 * told from a damaged one.
 */
const VERSION = 2;

export interface Stored {
  readonly values: Values;
  /** Something is there that cannot be read as settings. */
  readonly damaged: boolean;
}

export function parseSettings(raw: unknown): Stored {
  if (raw === undefined) return { values: {}, damaged: false };
  if (!isRecord(raw)) return { values: {}, damaged: true };
  if (!('version' in raw)) return { values: raw, damaged: false };
  if (!isRecord(raw.values)) return { values: {}, damaged: true };
  // A later version was here. Its keys that we do not know are named as problems; the others count.
  return { values: raw.values, damaged: typeof raw.version !== 'number' };
}

export async function readSettings(): Promise<Stored> {
  return parseSettings((await localStorage.get(SETTINGS))[SETTINGS]);
}

/**
 * Changes the settings as they are now, one change after the other whichever window asks, so that no window writes back what another has
 * just changed. Undefined takes a key away. Rejects when the browser could not store them.
 */
export function changeSettings(change: (values: Values) => Values): Promise<void> {
  return navigator.locks.request(SETTINGS, async () => {
    const { values } = await readSettings();
    const changed = Object.entries({ ...values, ...change(values) }).filter(([, value]) => value !== undefined);
    await localStorage.set({ [SETTINGS]: { version: VERSION, values: Object.fromEntries(changed) } });
  });
}

/** What applies: a policy stands over a person's settings, key by key; one that blocks leaves the person only what is stricter. */
export function merged(person: Values, policy: Values): Values {
  const own = Object.entries(person).filter(([key]) => !isLocked(key, policy));
  return { ...Object.fromEntries(own), ...policy };
}

/** Whether a person's own value of a key counts for nothing. */
export function isLocked(key: string, policy: Values): boolean {
  if (key === 'companyRules' || Object.hasOwn(policy, key)) return true;
  // A rule of one's own can call what another one blocks an example.
  if (key === 'customRules' && Object.keys(policy).some((set) => /^(?:offRules|blockRules|loudness)/.test(set)))
    return true;
  return policy.mode === 'block' && !STRICTER.has(key);
}

/** Rules that a company and a person have added, by the setting that they stand in. The company's come first, so that theirs count. */
export function rulesOf({ companyRules, customRules }: Values): Record<string, string> {
  const texts = textsOf(companyRules).map((text, index) => [`companyRules ${index + 1}`, text]);
  if (typeof customRules === 'string' && customRules.trim() !== '') texts.push(['customRules', customRules]);
  return Object.fromEntries(texts);
}

/** What the engine is told. */
export function forEngine(values: Values): Values {
  const own: readonly string[] = EXTENSION_KEYS;
  return Object.fromEntries(Object.entries(values).filter(([key]) => !own.includes(key)));
}

/** The extension's own keys that cannot be used, and what they take. */
export function problemsOf(values: Values): { key: string; expected: string }[] {
  const expected: Record<string, [boolean, string]> = {
    offSites: [isOptional(values.offSites, isTexts), 'a list of host names'],
    pausedUntil: [isOptional(values.pausedUntil, isNumber), 'a time in milliseconds since 1970'],
    retentionDays: [isOptional(values.retentionDays, isDays), 'a number of days from 0 to 3650'],
    lastNet: [isOptional(values.lastNet, isTexts), 'a list of host names, or of the word "all"'],
    firstRunPage: [isOptional(values.firstRunPage, (value) => typeof value === 'boolean'), 'true or false'],
    customRules: [isOptional(values.customRules, (value) => typeof value === 'string'), 'a text of rules'],
    companyRules: [isOptional(values.companyRules, isTexts), 'a list of texts of rules'],
  };
  return Object.entries(expected)
    .filter(([, [fine]]) => !fine)
    .map(([key, [, takes]]) => ({ key, expected: takes }));
}

export function textsOf(value: unknown): string[] {
  return isTexts(value) ? [...value] : [];
}

export function retentionOf(values: Values): number {
  return isDays(values.retentionDays) ? values.retentionDays : RETENTION_DAYS;
}

export function pausedUntil(values: Values): number {
  return isNumber(values.pausedUntil) ? values.pausedUntil : 0;
}

/** For a file that a person keeps or gives to somebody. A pause is of the moment and no setting. */
export function exported(values: Values): string {
  const { pausedUntil: _, ...kept } = values;
  return `${JSON.stringify({ keystay: 'settings', version: VERSION, values: kept }, null, 2)}\n`;
}

export type Imported = { readonly values: Values } | { readonly fault: 'json' | 'kind' | 'version' };

export function imported(text: string): Imported {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { fault: 'json' };
  }
  if (!isRecord(raw) || raw.keystay !== 'settings' || !isRecord(raw.values)) return { fault: 'kind' };
  if (typeof raw.version !== 'number' || raw.version > VERSION) return { fault: 'version' };
  return { values: raw.values };
}

function isOptional(value: unknown, fits: (value: unknown) => boolean): boolean {
  return value === undefined || fits(value);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isDays(value: unknown): value is number {
  return isNumber(value) && Number.isInteger(value) && value >= 0 && value <= 3650;
}

function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

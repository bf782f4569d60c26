// What applies: the person's settings, over which a company's policy stands key by key. What the values mean is the engine's business.

import { localStorage, managedValues, onStorageChanged } from '../shared/browser';
import { showProblems } from './badge';
import { settingsProblems } from './scanner';

const SETTINGS = 'settings';

/** Copy of the last policy that the browser reported. */
const LAST_POLICY = 'lastPolicy';

type Values = Record<string, unknown>;

let current: Promise<Values> = Promise.resolve({});

/** True until the browser has told of a policy, or that there is none; also after a failed reading. */
let unsure = true;

/** The values whose problems were last reported. */
let reported = '';

onStorageChanged((area, keys) => {
  if (area === 'managed') current = read(true);
  else if (area === 'local' && keys.includes(SETTINGS)) current = read(false);
});

current = read(false);

/** What applies now. Asking also looks again for a policy that the browser announced before this worker could listen. */
export function settings(): Promise<Values> {
  const now = current;
  if (unsure) current = read(false);
  return now;
}

async function read(managedChanged: boolean): Promise<Values> {
  unsure = true;
  const [local, managed] = await Promise.all([localStorage.get(null), managedValues()]);
  unsure = managed !== null && isEmpty(managed);
  const policy = await policyOf(managed, managedChanged, record(local[LAST_POLICY]));
  const values = { ...record(local[SETTINGS]), ...policy };
  report(values).catch(() => console.warn('Keystay: the settings could not be checked.'));
  return values;
}

/**
 * In Chromium an empty answer means that the policy is not known yet: measured up to 14 s after start. The last known one applies
 * until then. Only a change that leaves nothing, or Firefox's word that there is none, ends a policy.
 */
async function policyOf(managed: Values | null, changed: boolean, last: Values): Promise<Values> {
  if (managed === null || (changed && isEmpty(managed))) {
    if (!isEmpty(last)) await localStorage.remove(LAST_POLICY);
    return {};
  }
  if (isEmpty(managed)) return last;
  if (JSON.stringify(managed) !== JSON.stringify(last)) await localStorage.set({ [LAST_POLICY]: managed });
  return managed;
}

/** Names keys and what they take, never values: those may be anything. */
async function report(values: Values): Promise<void> {
  const described = JSON.stringify(values);
  if (described === reported) return;
  reported = described;
  const problems = await settingsProblems(values);
  for (const { key, expected } of problems)
    console.warn(`Keystay: the setting ${key} takes ${expected}; its strict default applies.`);
  await showProblems(problems.map(({ key }) => key));
}

function record(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};
}

function isEmpty(values: Values): boolean {
  return Object.keys(values).length === 0;
}

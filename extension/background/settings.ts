// What applies: the person's settings, over which a company's policy stands key by key. What the values mean is the engine's business.

import { localStorage, managedValues, onStorageChanged } from '../shared/browser';
import type { Answers } from '../shared/messages';
import { parseSecrets, SECRETS } from '../shared/secrets';
import { forEngine, merged, parseSettings, problemsOf, rulesOf, SETTINGS, type Values } from '../shared/settings';
import { keepAdditions } from './additions';
import { afterwards } from './afterwards';
import { showBroken, showProblems } from './badge';
import { castNet } from './net';
import { keepQuiet } from './quiet';
import { type Knowledge, learned, settingsProblems } from './scanner';

/** Copy of the last policy that the browser reported. */
const LAST_POLICY = 'lastPolicy';

export interface Current {
  readonly own: Values;
  readonly policy: Values;
  /** The two as they apply together. */
  readonly values: Values;
  readonly damaged: boolean;
  /** What the person's own secrets, and rules of both, add to what the engine knows. */
  readonly knowledge: Knowledge;
  readonly secretsDamaged: boolean;
}

let current: Promise<Current>;

/** True until the browser has told of a policy, or that there is none; also after a failed reading. */
let unsure = true;

/** Somebody has asked meanwhile, and there will be a look. */
let lookingAgain = false;

/** Numbers of readings: the one that began last, and the newest of those that have ended. */
let readings = 0;
let newest = 0;

/** The values whose problems were last reported. */
let reported = '';

onStorageChanged((area, keys) => {
  if (area === 'managed') current = readChanged(true);
  else if (area === 'local' && (keys.includes(SETTINGS) || keys.includes(SECRETS))) current = readChanged(false);
});

current = read(false);

/** What applies now. Asking also looks again for a policy that the browser announced before this worker could listen. */
export function settings(): Promise<Current> {
  if (unsure && !lookingAgain) {
    lookingAgain = true;
    void afterwards().then(() => {
      lookingAgain = false;
      if (unsure) current = read(false);
    });
  }
  return current;
}

/** For the options: what can be seen of the settings, and what is wrong with them. */
export async function settingsShown(): Promise<Answers['settings']> {
  const now = await read(false);
  const { own, policy, values, damaged } = now;
  const { refused, kinds: added, damaged: unreadable } = await learned(now.knowledge);
  const problems = await allProblems(values);
  return { own, policy, damaged, problems, refused, added, secretsDamaged: now.secretsDamaged || unreadable };
}

export async function allProblems(values: Values): Promise<{ key: string; expected: string }[]> {
  return [...problemsOf(values), ...(await settingsProblems(forEngine(values)))];
}

/** Whoever has changed something and loads a page anew expects it to be in force there. */
function readChanged(managed: boolean): Promise<Current> {
  return read(managed, Promise.resolve());
}

async function read(managedChanged: boolean, turn = afterwards()): Promise<Current> {
  const reading = ++readings;
  unsure = true;
  const [local, managed] = await Promise.all([localStorage.get([SETTINGS, SECRETS, LAST_POLICY]), managedValues()]);
  unsure = managed !== null && isEmpty(managed);
  const policy = await policyOf(managed, managedChanged, record(local[LAST_POLICY]));
  const { values: own, damaged } = parseSettings(local[SETTINGS]);
  const values = merged(own, policy);
  const { store, damaged: secretsDamaged } = parseSecrets(local[SECRETS]);
  const now = { own, policy, values, damaged, knowledge: { rules: rulesOf(values), secrets: store }, secretsDamaged };
  // A reading that began earlier may end later: what it found is older, and must not take the place of what is in force.
  if (reading < newest) return now;
  newest = reading;
  void turn.then(() => {
    if (reading === newest) putInForce(now);
  });
  return now;
}

/** Judging does not wait for it, and must not fail with it. */
function putInForce(now: Current): void {
  const { values } = now;
  keepQuiet(values).catch(() => console.warn('Keystay: where to rest could not be stored.'));
  castNet(values).catch(() => console.warn('Keystay: the last net could not be set up.'));
  keepAdditions(now.knowledge, values).catch(showBroken);
  report(now).catch(() => console.warn('Keystay: the settings could not be checked.'));
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
async function report({ values, damaged, knowledge, secretsDamaged }: Current): Promise<void> {
  const described = JSON.stringify([values, damaged, knowledge.secrets, secretsDamaged]);
  if (described === reported) return;
  reported = described;
  const problems = await allProblems(values);
  for (const { key, expected } of problems)
    console.warn(`Keystay: the setting ${key} takes ${expected}; its strict default applies.`);
  if (damaged) console.warn('Keystay: the stored settings are damaged; the strict defaults apply.');
  const { refused, damaged: unreadable } = await learned(knowledge);
  for (const { file, rule, reason } of refused) console.warn(`Keystay: ${file}: ${rule} is not used: ${reason}`);
  const secrets = secretsDamaged || unreadable;
  if (secrets) console.warn('Keystay: what is kept of own secrets is damaged; they have to be registered again.');
  const keys = [...problems.map(({ key }) => key), ...refused.map(({ file, rule }) => `${file} ${rule}`.trim())];
  await showProblems([...keys, ...(damaged ? [SETTINGS] : []), ...(secrets ? [SECRETS] : [])]);
}

function record(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};
}

function isEmpty(values: Values): boolean {
  return Object.keys(values).length === 0;
}

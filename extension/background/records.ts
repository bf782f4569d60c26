// What becomes of a hold, for the history. Between the verdict and the decision the entry waits in the session's memory: a person may
// think for longer than the browser keeps this worker.

import { sessionStorage } from '../shared/browser';
import {
  ANYTHING,
  add,
  allow,
  type Decision,
  type Entry,
  fingerprint,
  isAllowed,
  kindKey,
  wasSent,
} from '../shared/history';
import type { Choice, Decided, Finding, Judgement, Remember, Way } from '../shared/messages';
import { isLocked, type Values } from '../shared/settings';

export type Waiting = Omit<Entry, 'id' | 'time' | 'decision' | 'reason'>;

/** Which hold of which frame. */
export interface Place {
  readonly tab: number;
  readonly frame: number;
  readonly hold: number;
  readonly way: Way;
}

/** What is kept of a place until its decision. */
interface Kept {
  readonly hold: number;
  readonly verdict: 'warn' | 'block';
  readonly entries: Waiting[];
}

/** A frame that opens a new port has left the old one; its decision is then on its way. */
const GRACE_MS = 1_000;

const DECISIONS: Record<Choice, Decision> = {
  'keep-out': 'kept-out',
  placeholder: 'placeholder',
  anyway: 'sent',
};

/** The entries of a judgement, without a decision. */
export async function entriesOf(judgement: Judgement, flavours: readonly string[], way: Way): Promise<Waiting[]> {
  const named = judgement.verdict === 'warn' || judgement.verdict === 'block';
  return Promise.all(
    judgement.findings.map(async (finding) => ({
      site: judgement.site,
      rule: finding.rule,
      way,
      certainty: finding.certainty,
      masked: finding.masked,
      fingerprint: named ? await fingerprintOf(finding, flavours) : null,
    })),
  );
}

/** The engine's answer says where a secret stands only for the plain text; the quotes that a placeholder takes in are no part of it. */
async function fingerprintOf({ replacement, flavour }: Finding, flavours: readonly string[]): Promise<string | null> {
  if (replacement === null) return null;
  const { start, end } = replacement;
  const found = flavours[flavour]?.slice(start, end).replace(/^(["'`])(.*)\1$/s, '$2');
  return found === undefined || found === '' ? null : fingerprint(found);
}

/** Whether the person has said of every one of these keys, of its kind, or of any, that this site may have it. */
export async function areAllowed(entries: readonly Waiting[]): Promise<boolean> {
  if (entries.length === 0) return false;
  const answers = entries.map(async (entry) => {
    for (const what of REMEMBERED) {
      const key = keyFor(entry, what);
      if (key !== null && (await isAllowed(key, entry.site))) return true;
    }
    return false;
  });
  return (await Promise.all(answers)).every((answer) => answer);
}

const REMEMBERED: readonly Remember[] = ['value', 'kind', 'site'];

function keyFor({ fingerprint: key, rule }: Waiting, what: Remember): string | null {
  return { value: key, kind: kindKey(rule), site: ANYTHING }[what];
}

/** What a person may ask to be remembered of a hold: a whole site only where no policy decides about sites. */
export function rememberable(entries: readonly Waiting[], policy: Values): Remember[] {
  if (entries.length === 0 || entries.some(({ site }) => site === '')) return [];
  return REMEMBERED.filter(
    (what) =>
      !(what === 'site' && isLocked('trustedSites', policy)) && entries.every((entry) => keyFor(entry, what) !== null),
  );
}

async function rememberAll(entries: readonly Waiting[], what: Remember, policy: Values): Promise<void> {
  if (!rememberable(entries, policy).includes(what)) return;
  const since = Date.now();
  for (const entry of entries) {
    const { site, rule, masked } = entry;
    const key = keyFor(entry, what) ?? '';
    await allow({
      fingerprint: key,
      site,
      rule: what === 'site' ? '' : rule,
      masked: what === 'value' ? masked : '',
      since,
    });
  }
}

/** False: there was nothing to write down. */
export async function record(entries: readonly Waiting[], decision: Decision, retentionDays: number): Promise<boolean> {
  await add(
    entries.map((entry) => ({ ...entry, decision })),
    retentionDays,
  );
  return entries.length > 0;
}

export function wait(place: Place, verdict: 'warn' | 'block', entries: readonly Waiting[]): Promise<void> {
  const kept: Kept = { hold: place.hold, verdict, entries: [...entries] };
  return sessionStorage.set({ [keyOf(place)]: kept });
}

/** The frame does not say again how the text was on its way: it is looked for among the holds, and then among the looks. As `record`. */
export async function decide(
  place: Omit<Place, 'way'>,
  { choices, reason, remember }: Decided,
  retentionDays: number,
  policy: Values,
): Promise<boolean> {
  const held = (await taken({ ...place, way: 'paste' })) ?? (await taken({ ...place, way: 'type' }));
  if (held === null) return false;
  const { entries, verdict } = held;
  const decided = entries.map((entry, index) => {
    const choice = choices[choices.length === 1 ? 0 : index] ?? 'keep-out';
    if (verdict === 'block' && choice !== 'placeholder') return { ...entry, decision: 'blocked' as const };
    const decision = DECISIONS[choice];
    return decision === 'sent' && reason !== null ? { ...entry, decision, reason } : { ...entry, decision };
  });
  await add(decided, retentionDays);
  const sent = entries.filter((_, index) => decided[index]?.decision === 'sent');
  for (const { fingerprint: key } of sent) if (key !== null) lately.add(key);
  if (remember !== null && sent.length > 0) await rememberAll(sent, remember, policy);
  return decided.length > 0;
}

/** What was let out since this worker started: the history may be slower than a request, or keep nothing. */
const lately = new Set<string>();

/** Whether a person has let it through, or it was seen to leave. */
export async function isOut(key: string): Promise<boolean> {
  return lately.has(key) || (await wasSent(key));
}

/** The frame is gone, and with it what it held. What was only looked at stands in the page or does not; nobody has decided. */
export function leave(place: Place, retentionDays: () => Promise<number>): void {
  setTimeout(async () => {
    const held = await taken(place).catch(() => null);
    if (held !== null && place.way !== 'type' && place.way !== 'request')
      await record(held.entries, 'kept-out', await retentionDays()).catch(() => {});
  }, GRACE_MS);
}

async function taken(place: Place): Promise<Kept | null> {
  const key = keyOf(place);
  const held = (await sessionStorage.get(key))[key] as Kept | undefined;
  if (held === undefined || held.hold !== place.hold) return null;
  await sessionStorage.remove(key);
  return held;
}

/** A look takes the place of the one before it: a text is looked at anew with every pause. */
function keyOf({ tab, frame, hold, way }: Place): string {
  return `hold:${tab}:${frame}:${way === 'type' ? 'look' : hold}`;
}

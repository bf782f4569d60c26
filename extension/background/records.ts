// What becomes of a hold, for the history. Between the verdict and the decision the entry waits in the session's memory: a person may
// think for longer than the browser keeps this worker.

import { sessionStorage } from '../shared/browser';
import { add, type Decision, type Entry, fingerprint, isAllowed } from '../shared/history';
import type { Decided, Finding, Judgement, Way } from '../shared/messages';

export type Waiting = Omit<Entry, 'id' | 'time' | 'decision'>;

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

const DECISIONS: Record<Decided['choice'], Decision> = {
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

/** Whether the person has said of every one of these keys that this site may have it. */
export async function areAllowed(entries: readonly Waiting[]): Promise<boolean> {
  if (entries.length === 0) return false;
  const answers = entries.map(({ fingerprint: key, site }) => key !== null && isAllowed(key, site));
  return (await Promise.all(answers)).every((answer) => answer);
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
  choice: Decided['choice'],
  retentionDays: number,
): Promise<boolean> {
  const held = (await taken({ ...place, way: 'paste' })) ?? (await taken({ ...place, way: 'type' }));
  if (held === null) return false;
  const out = held.verdict === 'block' && choice !== 'placeholder' ? 'blocked' : DECISIONS[choice];
  return record(held.entries, out, retentionDays);
}

/** The frame is gone, and with it what it held. What was only looked at stands in the page or does not; nobody has decided. */
export function leave(place: Place, retentionDays: () => Promise<number>): void {
  setTimeout(async () => {
    const held = await taken(place).catch(() => null);
    if (held !== null && place.way !== 'type')
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

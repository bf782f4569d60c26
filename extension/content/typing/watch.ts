// Looks at what a person writes, by whatever way it comes: typed, composed, dictated, replaced, filled in, pasted in pieces. What counts
// is the text that stands in the field afterwards, so a key is found however it was put together.
//
// An edit costs a few microseconds: it is noted, and looked at when the person pauses. Only a text that could hold a secret is sent to
// the scanner. Nothing here touches the page; what is found is told to `onChange`.

import type { Finding, Judgement } from '../../shared/messages';
import { fingerprint, isKept, keep } from '../approvals';
import { deepFocus, isConnected } from '../natives';
import { resting } from '../rest';
import { judge, type Outcome, tellDecision } from '../scanner';
import { couldHoldSecret } from '../suspicious';
import type { Answered } from '../warning/answer';
import { type Part, partAround, partsChanged } from './changed';
import { type Reading, read, wholeOf } from './reading';
import { type Spot, spotAt, spotOf } from './spot';
import { lately, mayBeWritten, written } from './wrote';

/** After this pause a person sees at once what they have written; in a run of keys nothing is looked at. */
const PAUSE_MS = 250;

/** Whoever does not pause is looked at this often all the same. */
const AT_LEAST_EVERY_MS = 1000;

/** An editor draws some time after an edit, on a busy computer long after it. */
const DRAWN_MS = 1500;

export interface Standing {
  readonly finding: Finding;
  /** In the text of the reading. */
  readonly start: number;
  readonly end: number;
  /** In the known text. */
  readonly part: Part;
}

export interface Watched {
  spot: Spot;
  /** What the page had there before the person wrote anything: it learns nothing from its own text. */
  readonly before: string;
  /** The whole text of which is known what it holds; null where there is none, or nothing is known. */
  known: string | null;
  /** The whole text at the last look, and the parts of it that were looked at: what differs from the known one. */
  whole: string | null;
  parts: readonly Part[] | null;
  /** What the person has written lately, where it is drawn elsewhere. */
  wrote: string;
  /** Fingerprint of the text that `outcome` is about; empty before the first look. */
  looked: string;
  /** Null: the text cannot hold a secret, or the person let it go. */
  outcome: Outcome | null;
  standing: readonly Standing[];
  /** Pending while the text is with the scanner. */
  scan: Promise<void> | null;
  changed: boolean;
}

const watched = new WeakMap<Element, Watched>();

/** Those that were changed and not looked at, that wait for the scanner, or in which something was found. */
const open = new Set<Watched>();

/** Values found in what a person wrote: the page's word that it had them before does not count, it may have drawn its field anew. */
const seen = new Set<string>();

/** Those that may not have drawn yet what was written. */
const drawing = new Set<Watched>();

let timer: ReturnType<typeof setTimeout> | undefined;
let late: ReturnType<typeof setTimeout> | undefined;
let due = 0;
let tell: (changed: Watched) => void = () => {};

export function onChange(listener: (changed: Watched) => void): void {
  tell = listener;
}

/**
 * For every event that comes with an edit. Editors cancel some of them and write by themselves, so none is enough: of an editor's own undo
 * nothing is seen but the key.
 */
export function onEdit(event: Event): void {
  if (!event.isTrusted || resting()) return;
  const spot = spotOf(event);
  if (spot === null) return;
  const one = note(spot, event.type !== 'input');
  if (spot.drawn !== null) one.wrote = written(one.wrote, event);
}

const heard = new WeakSet<EventTarget>();

/** For every focus: what an input method or a dictation hands to an EditContext sends no event to the document. */
export function onFocus(event: Event): void {
  const first = event.composedPath()[0];
  if (!(first instanceof Element)) return;
  const target = deepFocus(first);
  const { editContext } = target as { editContext?: EventTarget | null };
  if (!editContext || heard.has(editContext)) return;
  heard.add(editContext);
  editContext.addEventListener('textupdate', (update) => {
    const spot = update.isTrusted && !resting() ? spotAt(target) : null;
    if (spot !== null) note(spot, false);
  });
}

/** Something of ours has changed the text at an element, or has put one in. */
export function touched(target: Element, text = ''): void {
  const spot = spotAt(target);
  if (spot === null) return;
  const one = note(spot, false);
  one.wrote = lately(one.wrote, text);
}

function note(spot: Spot, untouched: boolean): Watched {
  let one = watched.get(spot.element);
  if (one === undefined) {
    const before = untouched ? read(spot, null).text : '';
    const known = untouched ? wholeOf(spot) : null;
    one = {
      spot,
      before,
      known,
      whole: null,
      parts: null,
      wrote: '',
      looked: '',
      outcome: null,
      standing: [],
      scan: null,
      changed: true,
    };
    watched.set(spot.element, one);
  }
  one.spot = spot;
  one.changed = true;
  open.add(one);
  schedule();
  if (spot.drawn !== null || spot.source !== spot.element) {
    drawing.add(one);
    clearTimeout(late);
    late = setTimeout(lookAgain, DRAWN_MS);
  }
  return one;
}

function lookAgain(): void {
  for (const one of drawing) look(one);
  drawing.clear();
}

function schedule(): void {
  const now = performance.now();
  if (timer === undefined) due = now + AT_LEAST_EVERY_MS;
  clearTimeout(timer);
  timer = setTimeout(lookAtAll, Math.max(0, Math.min(PAUSE_MS, due - now)));
}

function lookAtAll(): void {
  timer = undefined;
  for (const one of [...open]) look(one);
}

/** False: nobody has written anything that was not looked at and found clean. Costs nothing, for every event that might matter. */
export function maybeUnresolved(): boolean {
  return open.size > 0;
}

/** Those whose text is not known to be free of secrets, as it stands at this moment. */
export function unresolved(): Watched[] {
  if (open.size === 0) return [];
  for (const one of [...open]) look(one);
  return [...open];
}

/** Resolves when what is known is about the text as it stands. */
export async function upToDate(one: Watched): Promise<void> {
  do {
    look(one);
    await one.scan;
  } while (one.changed);
}

/** Brings what is known of a spot up to its text; all that can be done at once. */
export function look(one: Watched): void {
  one.changed = false;
  if (!isConnected(one.spot.element)) {
    settle(one, '', null, null);
    return;
  }
  moveOn(one);
  const reading = readAgain(one);
  const print = fingerprint([reading.text]);
  // What could not be checked is tried again.
  if (print === one.looked && !(one.scan === null && isUnchecked(one))) {
    close(one);
    return;
  }
  if (couldHoldSecret(reading.text)) scan(one, reading, print);
  else settle(one, print, null, null);
}

/** Finds the parts that have to be looked at. */
function moveOn(one: Watched): void {
  const whole = wholeOf(one.spot);
  if (whole === null || whole === one.whole) return;
  const keys = one.standing.map(({ part }) => part);
  one.parts = one.known === null ? partAround(whole, caretIn(one.spot, whole)) : partsChanged(one.known, whole, keys);
  one.whole = whole;
}

function caretIn({ source }: Spot, whole: string): number {
  return ('selectionEnd' in source ? source.selectionEnd : null) ?? whole.length;
}

/** The parts of a text that were looked at last, as they are now. */
export function readAgain({ spot, parts }: Watched): Reading {
  return read(spot, parts);
}

function isUnchecked({ outcome }: Watched): boolean {
  return outcome !== null && 'unchecked' in outcome;
}

function scan(one: Watched, reading: Reading, print: string): void {
  one.looked = print;
  const scanning = judge([reading.text], 'type').then((outcome) => {
    // A later text is on its way, or the spot was found to be clean.
    if (one.scan !== scanning) return;
    settle(one, print, outcome, reading);
  });
  one.scan = scanning;
}

function settle(one: Watched, print: string, outcome: Outcome | null, reading: Reading | null): void {
  one.scan = null;
  one.looked = print;
  one.outcome = outcome;
  if (!isUnchecked(one)) one.known = one.whole;
  const had = one.standing.length > 0;
  one.standing = reading === null || outcome === null ? [] : standing(one, outcome, reading);
  close(one);
  if (had || one.standing.length > 0) tell(one);
}

function standing(one: Watched, outcome: Outcome, { text, place }: Reading): Standing[] {
  if (!('judgement' in outcome) || !asks(outcome.judgement)) return [];
  const found: Standing[] = [];
  for (const finding of outcome.judgement.findings) {
    if (finding.replacement === null) continue;
    const { start, end } = finding.replacement;
    const value = text.slice(start, end);
    if (isKept(value)) continue;
    const print = fingerprint([value]);
    if (!seen.has(print) && (one.before.includes(value) || foreign(one, start, value))) continue;
    seen.add(print);
    // Caught by a hidden field and drawn below it, it is still one.
    if (one.spot.drawn !== null && found.some((other) => text.slice(other.start, other.end) === value)) continue;
    found.push({ finding, start, end, part: { from: place(start), to: place(end) } });
  }
  return found;
}

/** Drawn where the person writes, and not written by them. */
function foreign({ spot: { drawn, place }, wrote }: Watched, start: number, value: string): boolean {
  const caught = place.kind === 'field' && start < place.element.value.length;
  return drawn !== null && !caught && !mayBeWritten(wrote, value);
}

function asks({ verdict }: Judgement): boolean {
  return verdict === 'warn' || verdict === 'block';
}

function close(one: Watched): void {
  if (isOpen(one)) open.add(one);
  else open.delete(one);
}

/** Whether it is not decided what may become of the text. */
export function isOpen({ changed, scan, standing, outcome }: Watched): boolean {
  if (changed || scan !== null || standing.length > 0) return true;
  if (outcome === null) return false;
  // Not judged, or judged in part and not for what was found in it.
  return 'unchecked' in outcome || (asks(outcome.judgement) && outcome.judgement.partial);
}

/** The person lets it stand: these values are not asked about again, nor is a text that could not be checked. */
export function letStand(one: Watched, answer: Answered): void {
  const { text } = readAgain(one);
  if (fingerprint([text]) === one.looked)
    keepValues(
      text,
      one.standing.map(({ finding }) => finding),
    );
  decided(one, answer);
  one.standing = [];
  one.outcome = null;
  one.known = one.whole;
  close(one);
  tell(one);
}

/** What became of what stands there, for the history. */
export function decided({ outcome, standing }: Watched, answer: Answered): void {
  if (standing.length > 0 && outcome !== null && 'judgement' in outcome)
    tellDecision({ hold: outcome.hold, findings: outcome.judgement.findings }, answer);
}

/** What a person has let pass, or wants to stay, is not asked about again on this page. */
export function keepValues(text: string, findings: readonly Finding[]): void {
  for (const { replacement } of findings)
    if (replacement !== null) keep(text.slice(replacement.start, replacement.end));
}

/** What was found in a spot, and what could stand there instead; none where the text was changed since. */
export function secretsIn(one: Watched): Map<string, string> {
  const { text } = readAgain(one);
  if (fingerprint([text]) !== one.looked) return new Map();
  return new Map(
    one.standing.map(({ start, end, finding }) => [text.slice(start, end), finding.replacement?.text ?? '']),
  );
}

// What a warning says, as plain data: every decision about wording is here, every decision about looks in panel.ts.

import { localized } from '../../shared/browser';
import { counted } from '../../shared/counted';
import type { Choice, Finding, Remember } from '../../shared/messages';
import { explanations, type Section } from './about';
import { takesAn } from './article';
import { sentences } from './facts';
import type { Question, Way } from './index';

/** A sentence with one part set apart: a site's name or a piece of code. */
export interface Phrase {
  readonly before: string;
  readonly part: string;
  readonly after: string;
}

export interface Button {
  /** What it is about, and what it says of it. */
  readonly name: 'choice' | 'view' | 'reason' | 'remember' | 'each';
  readonly value: string;
  readonly label: string | Phrase;
  /** It lets something in. */
  readonly release?: boolean;
  /** One of a few of which at most one is chosen. */
  readonly pressed?: boolean;
  /** Which finding it is about. */
  readonly index?: number;
}

/** Buttons that belong together. */
export interface Group {
  readonly legend: string;
  readonly buttons: readonly Button[];
}

export interface Row {
  readonly name: string;
  readonly tag: string;
  readonly masked: string;
  readonly place: string | null;
  /** What would stand there: code, or words about it. */
  readonly instead: string | Phrase | null;
  readonly choices: readonly Button[] | null;
}

export interface Wording {
  readonly title: string;
  /** One finding: its masked value. */
  readonly masked: string | null;
  /** One finding in a file: the file and the line. */
  readonly place: string | null;
  /** Several findings: one row each, at most ROWS. */
  readonly rows: readonly Row[];
  readonly more: string | null;
  /** Why there is no judgement. */
  readonly reason: string | null;
  readonly destination: Phrase | null;
  readonly notes: readonly string[];
  readonly sections: readonly Section[];
  /** The first one keeps the text out. */
  readonly buttons: readonly (Button | Group)[];
}

/**
 * Pages of the warning: the question; why something is to be let through; what is to become of each finding; what there is to know about
 * a key of this kind.
 */
export type View = 'first' | 'anyway' | 'each' | 'about';

export interface State {
  readonly view: View;
  readonly remember: Remember | null;
  /** What was chosen for single findings, by their place in the list; null where all are decided together. */
  readonly each: ReadonlyMap<number, Choice> | null;
}

/** More rows than this nobody reads before deciding; the rest is counted. The list scrolls long before. */
const ROWS = 20;

/** Stands for the part while a message is put together; no message or site contains it. */
const MARK = '\uE000';

const FIRST: State = { view: 'first', remember: null, each: null };

export function wording(question: Question, state: State = FIRST): Wording {
  const { way } = question;
  if (question.kind === 'unchecked') {
    return {
      ...NOTHING,
      title: localized(WORDS[way].unchecked),
      reason: localized(REASONS[question.reason]),
      destination: destination(question.site, WORDS[way].destination),
      buttons: [keepOut(way), anyway(way, false)],
    };
  }
  const found = findingsOf(question);
  switch (state.view) {
    case 'about':
      return about(way, found);
    case 'anyway':
      return reasons(question, found, state);
    case 'each':
      return oneByOne(way, found, state);
    default:
      return firstView(question, found);
  }
}

const NOTHING = {
  masked: null,
  place: null,
  rows: [],
  more: null,
  reason: null,
  destination: null,
  notes: [],
  sections: [],
};

type Finished = Extract<Question, { kind: 'finding' }>;

function firstView({ judgement, files, way }: Finished, found: readonly Found[]): Wording {
  const { verdict, partial, site } = judgement;
  const blocked = verdict === 'block';
  const words = WORDS[way];
  const [only] = found.length === 1 ? found : [];
  const placeholder = isReplaceable(found) && files?.redacted !== null;
  const notes = [];
  if (blocked) notes.push(localized(words.blocked));
  if (partial) notes.push(localized('partial'));
  if (only) notes.push(...sentences(only.finding));
  const partly = files?.partly ?? [];
  if (partly.length > 0) notes.push(counted('partlyLooked', partly.length, listed(partly)));
  const buttons = [keepOut(way)];
  if (placeholder) buttons.push({ ...choice('placeholder', insert(way, found)), release: true });
  if (placeholder && !blocked && found.length > 1) buttons.push(view('each', 'eachByItself'));
  if (!blocked) buttons.push(anyway(way, found.length > 0));
  if (found.length > 0) buttons.push(view('about', 'tellMore'));
  return {
    ...NOTHING,
    ...listOf(only ? [] : found, (one) => (placeholder ? code(one) : null)),
    title: title(findings(found), way),
    masked: only?.finding.masked ?? null,
    place: only?.place ?? null,
    destination: destination(site, blocked ? words.destinationBlocked : words.destination),
    notes,
    buttons,
  };
}

/** Why it may go, and about what nobody is to be asked again. */
function reasons({ judgement, way, remember }: Finished, found: readonly Found[], state: State): Wording {
  const [only] = found.length === 1 ? found : [];
  const toggles = remember.map((value) => ({
    name: 'remember' as const,
    value,
    label: localized(REMEMBER[value]),
    pressed: state.remember === value,
  }));
  return {
    ...NOTHING,
    title: localized('letThrough'),
    masked: only?.finding.masked ?? null,
    place: only?.place ?? null,
    destination: destination(judgement.site, WORDS[way].destination),
    buttons: [
      keepOut(way),
      ...(toggles.length > 0 ? [{ legend: localized('remember'), buttons: toggles }] : []),
      {
        legend: localized('because'),
        buttons: REASONS_FOR.map(([value, key]) => ({
          name: 'reason' as const,
          value,
          label: localized(key),
          release: true,
        })),
      },
      view('first', 'back'),
    ],
  };
}

function oneByOne(way: Way, found: readonly Found[], { each }: State): Wording {
  const chosen = found.map((_, index) => each?.get(index) ?? 'placeholder');
  const result = (one: Found, index: number) =>
    chosen[index] === 'placeholder' ? code(one) : localized(chosen[index] === 'anyway' ? 'staysAsItIs' : 'leftOut');
  const count = (wanted: Choice) => chosen.filter((one) => one === wanted).length;
  return {
    ...NOTHING,
    ...listOf(found, result, (_, index) =>
      EACH.filter(([value]) => value !== 'keep-out' || way !== 'send').map(([value, key]) => ({
        name: 'each' as const,
        value,
        label: localized(key),
        index,
        pressed: chosen[index] === value,
      })),
    ),
    title: title(findings(found), way),
    notes: [
      localized(
        'eachResult',
        ['placeholder', 'keep-out', 'anyway'].map((one) => String(count(one as Choice))),
      ),
    ],
    buttons: [
      keepOut(way),
      { ...choice('mixed', localized('likeThis') + (count('anyway') > 0 ? '…' : '')), release: true },
      view('first', 'back'),
    ],
  };
}

function about(way: Way, found: readonly Found[]): Wording {
  return {
    ...NOTHING,
    title: title(findings(found), way),
    sections: explanations(findings(found)),
    buttons: [keepOut(way), view('first', 'back')],
  };
}

/** What is listed in a warning: what stands in the text, and what stands in files. */
export function findingsOf(question: Question): readonly Found[] {
  if (question.kind === 'unchecked') return [];
  const { judgement, files } = question;
  const inText = distinct(judgement.findings).map((finding) => ({ finding, place: null }));
  const inFiles = (files?.findings ?? []).map((finding, index) => ({ finding, place: files?.places[index] ?? null }));
  return [...inText, ...inFiles];
}

function findings(found: readonly Found[]): readonly Finding[] {
  return found.map(({ finding }) => finding);
}

function isReplaceable(found: readonly Found[]): boolean {
  return found.length > 0 && found.every(({ finding }) => finding.replacement !== null);
}

function listOf(
  found: readonly Found[],
  instead: (one: Found, index: number) => string | Phrase | null,
  choices: (one: Found, index: number) => readonly Button[] | null = () => null,
): { rows: readonly Row[]; more: string | null } {
  const rows = found.slice(0, ROWS).map((one, index) => ({
    name: one.finding.name,
    tag: localized(one.finding.certainty),
    masked: one.finding.masked,
    place: one.place,
    instead: instead(one, index),
    choices: choices(one, index),
  }));
  return { rows, more: found.length > ROWS ? counted('more', found.length - ROWS) : null };
}

/** A finding, and where it stands if it stands in a file. */
export interface Found {
  readonly finding: Finding;
  readonly place: string | null;
}

/** The first few names. */
function listed(names: readonly string[]): string {
  return names.slice(0, NAMES).join(', ') + (names.length > NAMES ? ' …' : '');
}

const NAMES = 3;

/** Messages that name what the person did. */
const WORDS = {
  paste: {
    destination: 'destination',
    destinationBlocked: 'destinationBlocked',
    blocked: 'blocked',
    anyway: 'pasteAnyway',
    keepOut: 'keepOut',
    unchecked: 'unchecked',
  },
  drop: {
    destination: 'dropDestination',
    destinationBlocked: 'dropDestinationBlocked',
    blocked: 'dropBlocked',
    anyway: 'dropAnyway',
    keepOut: 'keepOut',
    unchecked: 'unchecked',
  },
  upload: {
    destination: 'uploadDestination',
    destinationBlocked: 'uploadDestinationBlocked',
    blocked: 'uploadBlocked',
    anyway: 'uploadAnyway',
    keepOut: 'dontUpload',
    unchecked: 'uncheckedFiles',
  },
  send: {
    destination: 'sendDestination',
    destinationBlocked: 'sendDestinationBlocked',
    blocked: 'sendBlocked',
    anyway: 'sendAnyway',
    keepOut: 'doNotSend',
    unchecked: 'unchecked',
  },
} as const;

const REASONS = { 'no-answer': 'noAnswer', crashed: 'crashed', updated: 'updated' } as const;
const REMEMBER = { value: 'rememberValue', kind: 'rememberKind', site: 'rememberSite' } as const;
const REASONS_FOR = [
  ['test', 'reasonTest'],
  ['not-secret', 'reasonNotSecret'],
  ['risk', 'reasonRisk'],
] as const;
/** What is written already is not taken out of its field: the person has the key for that under a finger. */
const EACH = [
  ['placeholder', 'eachPlaceholder'],
  ['keep-out', 'eachOut'],
  ['anyway', 'eachAnyway'],
] as const;
const TITLES = { certain: 'isA', likely: 'looksLikeA', possible: 'couldBeA' } as const;

/**
 * A paste often carries the same secret twice, as plain text and as HTML. A person sees one secret, and the placeholder
 * for the plain text stands for both: only the plain text is inserted then.
 */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const plain = findings.filter((finding) => finding.flavour === 0);
  const seen = new Set(plain.map(identity));
  const others = findings.filter((finding) => finding.flavour !== 0 && !seen.has(identity(finding)));
  return [...plain, ...others];
}

function identity(finding: Finding): string {
  return `${finding.rule} ${finding.masked}`;
}

/** What was found, in one sentence. */
export function title(findings: readonly Finding[], way: Way = 'paste'): string {
  const [first, ...others] = findings;
  if (first === undefined) return localized(WORDS[way].unchecked);
  if (others.length > 0) {
    const doubtful = findings.every((finding) => finding.certainty === 'possible');
    if (way === 'upload') return counted(doubtful ? 'maybeSeveralUploaded' : 'severalUploaded', findings.length);
    return counted(doubtful ? 'maybeSeveral' : 'several', findings.length);
  }
  return localized(`${TITLES[first.certainty]}${takesAn(first.name) ? 'n' : ''}`, [first.name]);
}

function code({ finding }: Found): Phrase {
  return { before: '', part: finding.replacement?.text ?? '', after: '' };
}

function insert(way: Way, found: readonly Found[]): string | Phrase {
  if (way === 'upload') return localized('uploadRedacted');
  const text = found[0]?.finding.replacement?.text;
  return found.length === 1 && text !== undefined ? phrase('insertOne', text) : localized('insertSeveral');
}

function destination(site: string, key: string): Phrase {
  if (site === '') return { before: localized('destinationUnknown'), part: '', after: '' };
  return phrase(key, site);
}

function choice(value: Choice | 'mixed', label: string | Phrase): Button {
  return { name: 'choice', value, label };
}

function view(value: View, key: string): Button {
  return { name: 'view', value, label: localized(key) };
}

function keepOut(way: Way): Button {
  return choice('keep-out', localized(WORDS[way].keepOut));
}

/** `step`: it is asked why before anything goes. */
function anyway(way: Way, step: boolean): Button {
  const label = localized(WORDS[way].anyway);
  return { ...choice('anyway', step ? `${label}…` : label), release: true };
}

export function phrase(key: string, part: string): Phrase {
  const [before = '', after = ''] = localized(key, [MARK]).split(MARK);
  return { before, part, after };
}

/** Why the buttons that paste stay shut. */
export function trouble(embedded: boolean): string {
  return localized(embedded ? 'embedded' : 'hidden');
}

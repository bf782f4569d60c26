// What a warning says, as plain data: every decision about wording is here, every decision about looks in panel.ts.

import { localized } from '../../shared/browser';
import { counted } from '../../shared/counted';
import type { Finding } from '../../shared/messages';
import { takesAn } from './article';
import { sentences } from './facts';
import type { Choice, Question, Way } from './index';

/** A sentence with one part set apart: a site's name or a piece of code. */
export interface Phrase {
  readonly before: string;
  readonly part: string;
  readonly after: string;
}

export interface Row {
  readonly name: string;
  readonly tag: string;
  readonly masked: string;
  readonly place: string | null;
  readonly replacement: string | null;
}

export interface Button {
  readonly choice: Choice;
  readonly label: string | Phrase;
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
  readonly destination: Phrase;
  readonly notes: readonly string[];
  readonly buttons: readonly Button[];
}

/** More rows than this nobody reads before deciding; the rest is counted. The list scrolls long before. */
const ROWS = 20;

/** Stands for the part while a message is put together; no message or site contains it. */
const MARK = '\uE000';

export function wording(question: Question): Wording {
  if (question.kind === 'unchecked') {
    return {
      title: localized(WORDS[question.way].unchecked),
      masked: null,
      place: null,
      rows: [],
      more: null,
      reason: localized(REASONS[question.reason]),
      destination: destination(question.site, WORDS[question.way].destination),
      notes: [],
      buttons: [keepOut(question.way), anyway(question.way)],
    };
  }
  const { verdict, partial, site } = question.judgement;
  const { files, way } = question;
  const inText: readonly Found[] = distinct(question.judgement.findings);
  const inFiles: readonly Found[] = (files?.findings ?? []).map((finding, index) => ({
    ...finding,
    place: files?.places[index] ?? null,
  }));
  const findings = [...inText, ...inFiles];
  const blocked = verdict === 'block';
  const words = WORDS[way];
  const only = findings.length === 1 ? findings[0] : undefined;
  const replaceable = findings.every((finding) => finding.replacement !== null);
  const placeholder = findings.length > 0 && replaceable && files?.redacted !== null;
  const notes = [];
  if (blocked) notes.push(localized(words.blocked));
  if (partial) notes.push(localized('partial'));
  if (only) notes.push(...sentences(only));
  const partly = files?.partly ?? [];
  if (partly.length > 0) notes.push(counted('partlyLooked', partly.length, listed(partly)));
  const buttons = [keepOut(way)];
  if (placeholder) buttons.push({ choice: 'placeholder', label: insert(way, findings) });
  if (!blocked) buttons.push(anyway(way));
  return {
    title: title(findings, way),
    masked: only?.masked ?? null,
    place: only?.place ?? null,
    rows: only ? [] : findings.slice(0, ROWS).map((finding) => row(finding, placeholder)),
    more: findings.length > ROWS ? counted('more', findings.length - ROWS) : null,
    reason: null,
    destination: destination(site, blocked ? words.destinationBlocked : words.destination),
    notes,
    buttons,
  };
}

/** A finding, and where it stands if it stands in a file. */
type Found = Finding & { readonly place?: string | null };

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

function row(finding: Found, placeholder: boolean): Row {
  return {
    name: finding.name,
    tag: localized(finding.certainty),
    masked: finding.masked,
    place: finding.place ?? null,
    replacement: placeholder ? (finding.replacement?.text ?? null) : null,
  };
}

function insert(way: Way, findings: readonly Finding[]): string | Phrase {
  if (way === 'upload') return localized('uploadRedacted');
  const text = findings[0]?.replacement?.text;
  return findings.length === 1 && text !== undefined ? phrase('insertOne', text) : localized('insertSeveral');
}

function destination(site: string, key: string): Phrase {
  if (site === '') return { before: localized('destinationUnknown'), part: '', after: '' };
  return phrase(key, site);
}

function keepOut(way: Way): Button {
  return { choice: 'keep-out', label: localized(WORDS[way].keepOut) };
}

function anyway(way: Way): Button {
  return { choice: 'anyway', label: localized(WORDS[way].anyway) };
}

export function phrase(key: string, part: string): Phrase {
  const [before = '', after = ''] = localized(key, [MARK]).split(MARK);
  return { before, part, after };
}

/** Why the buttons that paste stay shut. */
export function trouble(embedded: boolean): string {
  return localized(embedded ? 'embedded' : 'hidden');
}

// What a warning says, as plain data: every decision about wording is here, every decision about looks in panel.ts.

import { localized } from '../../shared/browser';
import type { Finding } from '../../shared/messages';
import { takesAn } from './article';
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
      title: localized('unchecked'),
      masked: null,
      rows: [],
      more: null,
      reason: localized(REASONS[question.reason]),
      destination: destination(question.site, WORDS[question.way].destination),
      notes: [],
      buttons: [keepOut(), anyway(question.way)],
    };
  }
  const { verdict, partial, site } = question.judgement;
  const findings = distinct(question.judgement.findings);
  const blocked = verdict === 'block';
  const words = WORDS[question.way];
  const only = findings.length === 1 ? findings[0] : undefined;
  const placeholder = findings.length > 0 && findings.every((finding) => finding.replacement !== null);
  const notes = [];
  if (blocked) notes.push(localized(words.blocked));
  if (partial) notes.push(localized('partial'));
  const buttons = [keepOut()];
  if (placeholder) buttons.push({ choice: 'placeholder', label: insert(findings) });
  if (!blocked) buttons.push(anyway(question.way));
  return {
    title: title(findings),
    masked: only?.masked ?? null,
    rows: only ? [] : findings.slice(0, ROWS).map((finding) => row(finding, placeholder)),
    more: findings.length > ROWS ? counted('more', findings.length - ROWS) : null,
    reason: null,
    destination: destination(site, blocked ? words.destinationBlocked : words.destination),
    notes,
    buttons,
  };
}

/** Messages that name what the person did. */
const WORDS = {
  paste: {
    destination: 'destination',
    destinationBlocked: 'destinationBlocked',
    blocked: 'blocked',
    anyway: 'pasteAnyway',
  },
  drop: {
    destination: 'dropDestination',
    destinationBlocked: 'dropDestinationBlocked',
    blocked: 'dropBlocked',
    anyway: 'dropAnyway',
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
export function title(findings: readonly Finding[]): string {
  const [first, ...others] = findings;
  if (first === undefined) return localized('unchecked');
  if (others.length > 0) {
    const doubtful = findings.every((finding) => finding.certainty === 'possible');
    return counted(doubtful ? 'maybeSeveral' : 'several', findings.length);
  }
  return localized(`${TITLES[first.certainty]}${takesAn(first.name) ? 'n' : ''}`, [first.name]);
}

function row(finding: Finding, placeholder: boolean): Row {
  return {
    name: finding.name,
    tag: localized(finding.certainty),
    masked: finding.masked,
    replacement: placeholder ? (finding.replacement?.text ?? null) : null,
  };
}

function insert(findings: readonly Finding[]): string | Phrase {
  const text = findings[0]?.replacement?.text;
  return findings.length === 1 && text !== undefined ? phrase('insertOne', text) : localized('insertSeveral');
}

function destination(site: string, key: string): Phrase {
  if (site === '') return { before: localized('destinationUnknown'), part: '', after: '' };
  return phrase(key, site);
}

function keepOut(): Button {
  return { choice: 'keep-out', label: localized('keepOut') };
}

function anyway(way: Way): Button {
  return { choice: 'anyway', label: localized(WORDS[way].anyway) };
}

export function phrase(key: string, part: string): Phrase {
  const [before = '', after = ''] = localized(key, [MARK]).split(MARK);
  return { before, part, after };
}

/** `chrome.i18n` knows no plurals: the category of the number is part of the message's key, "other" where a language has no special form. */
function counted(key: string, count: number): string {
  const language = localized('language');
  const category = new Intl.PluralRules(language).select(count);
  const number = new Intl.NumberFormat(language).format(count);
  return localized(`${key}_${category}`, [number]) || localized(`${key}_other`, [number]);
}

/** Why the buttons that paste stay shut. */
export function trouble(embedded: boolean): string {
  return localized(embedded ? 'embedded' : 'hidden');
}

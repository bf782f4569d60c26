// Files that a page reads through a handle. Of those that it reads at once, as the files of a folder, all that hold a key are asked about
// together.

import type { Choice, Finding } from '../../shared/messages';
import { fingerprint } from '../approvals';
import { type Asked, keepOut, letGo, replaceFile } from '../channel';
import { whileChecking } from '../checking';
import { askInTurn } from '../elsewhere';
import { resting } from '../rest';
import { rememberable, tellDecision } from '../scanner';
import { type Question, showSent } from '../warning';
import { choiceOf } from '../warning/answer';
import { isMedia, type Looked, lookInto, type Outcome, strongest } from './look';

interface Reading {
  readonly about: Asked;
  readonly file: File;
}

interface Found extends Reading {
  readonly outcome: Outcome;
}

let waiting: Reading[] = [];
let settling = false;

/** Files as they were when they were found clean, or let go: a page reads again what it has, to see whether it has changed. */
const known = new Set<string>();

/** Whether the page waits for an answer. */
export function onFile(about: Asked, event: Event): boolean {
  const [file] = Array.from((event as DragEvent).dataTransfer?.files ?? []);
  if (resting() || file === undefined || isMedia(file) || known.has(markOf(file))) return false;
  waiting.push({ about, file });
  void settleAll();
  return true;
}

function markOf({ name, size, lastModified }: File): string {
  return fingerprint([name, String(size), String(lastModified)]);
}

async function settleAll(): Promise<void> {
  if (settling) return;
  settling = true;
  // What a page reads at once comes one by one.
  await Promise.resolve();
  while (waiting.length > 0) {
    const readings = waiting;
    waiting = [];
    await settle(readings).catch(() => refuse(readings));
  }
  settling = false;
}

async function settle(readings: readonly Reading[]): Promise<void> {
  const found: Found[] = [];
  for (const reading of readings) {
    const outcome = await whileChecking(lookInto([reading.file]));
    if (isClean(outcome)) release([reading]);
    else found.push({ ...reading, outcome });
  }
  const [first] = found;
  if (first === undefined) return;
  const question = questionAbout(found, first.outcome);
  const answer = await askInTurn(question);
  for (const { outcome } of found) if ('holds' in outcome) for (const hold of outcome.holds) tellDecision(hold, answer);
  const findings = found.flatMap(({ outcome }) => ('findings' in outcome ? outcome.findings : []));
  const gone = findings.filter((finding) => choiceOf(answer, finding) === 'anyway');
  if (answer.choice === 'keep-out' || ((answer.choice === 'anyway' || gone.length > 0) && isBlocked(question)))
    return refuse(found);
  if (answer.choice === 'anyway') release(found);
  else for (const { about, outcome } of found) giveCopy(about, outcome, (finding) => choiceOf(answer, finding));
  if (answer.reason !== 'not-secret') showSent(gone, first.outcome.site);
}

function isClean(outcome: Outcome): boolean {
  return 'verdict' in outcome && (outcome.verdict === 'allow' || outcome.verdict === 'note');
}

function isBlocked(question: Question): boolean {
  return question.kind === 'finding' && question.judgement.verdict === 'block';
}

function questionAbout(found: readonly Found[], { site }: Outcome): Question {
  const looked: Looked[] = [];
  for (const { outcome } of found) {
    if ('unchecked' in outcome) return { kind: 'unchecked', way: 'upload', reason: outcome.unchecked, site };
    looked.push(outcome);
  }
  const verdict = looked.map((one) => one.verdict).reduce(strongest);
  const files = {
    findings: looked.flatMap(({ findings }) => findings),
    places: looked.flatMap(({ places }) => places),
    partly: looked.flatMap(({ partly }) => partly),
    redacted: looked.every(({ redacted }) => redacted !== null) ? true : null,
  };
  const judgement = { verdict, partial: false, site, findings: [] };
  const remember = rememberable(looked.flatMap(({ holds }) => holds));
  return { kind: 'finding', way: 'upload', judgement, files, remember };
}

function giveCopy(about: Asked, outcome: Outcome, choose: (finding: Finding) => Choice): void {
  const [copy] = ('redacted' in outcome ? outcome.redacted?.(choose) : null) ?? [];
  if (copy === undefined) keepOut(about);
  else replaceFile(about, copy);
}

function release(readings: readonly Reading[]): void {
  for (const { about, file } of readings) {
    known.add(markOf(file));
    letGo(about);
  }
}

function refuse(readings: readonly Reading[]): void {
  for (const { about } of readings) keepOut(about);
}

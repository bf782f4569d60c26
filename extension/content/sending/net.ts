// What the last net asks: whether a request may leave that no gesture of the person's has announced.

import { fingerprint, isKept } from '../approvals';
import { type Asked, keepOut, letGo, textsIn } from '../channel';
import { whileChecking } from '../checking';
import { askInTurn } from '../elsewhere';
import { resting } from '../rest';
import { judge, type Outcome, site, tellDecision } from '../scanner';
import { mustWait } from '../suspicious';
import { keepValues } from '../typing/watch';
import type { Question } from '../warning';
import { choiceOf } from '../warning/answer';

/** Pages try again and again what has failed. For this long the person is not asked again about a value that they kept. */
const REFUSED_FOR_MS = 60_000;

/** Values that were kept, and until when that is known without a question. */
const refused = new Map<string, number>();

/** Texts that could not wait, and may go when they come again. */
const allowed = new Set<string>();

let before: Promise<void> = Promise.resolve();

/** Whether the page waits for an answer. */
export function onSend(about: Asked): boolean {
  const [text = '', to = ''] = textsIn(about);
  if (resting() || !mustWait(text)) return false;
  decideInTurn(text, to).then(
    (may) => (may ? letGo(about) : keepOut(about)),
    () => keepOut(about),
  );
  return true;
}

/** Whether it may not leave. */
export function onSendNow(about: Asked): boolean {
  const [text = '', to = ''] = textsIn(about);
  if (resting() || !mustWait(text)) return false;
  const mark = fingerprint([text]);
  if (allowed.has(mark)) return false;
  void decideInTurn(text, to).then((may) => {
    if (may) allowed.add(mark);
  });
  return true;
}

/** One after the other, because what was decided about one request holds for the next. */
async function decideInTurn(text: string, to: string): Promise<boolean> {
  // A busy page sends much at once; a scan waits for no other.
  const outcome = await whileChecking(judge([text], 'request'));
  const decided = before.then(() => decide(text, to, outcome));
  before = decided.then(
    () => {},
    () => {},
  );
  return decided;
}

async function decide(text: string, to: string, outcome: Outcome): Promise<boolean> {
  if ('unchecked' in outcome) {
    const question: Question = { kind: 'unchecked', way: 'send', reason: outcome.unchecked, site: hostOf(to) };
    return (await askInTurn(question)).choice === 'anyway';
  }
  const { judgement, hold, remember } = outcome;
  const { verdict, findings } = judgement;
  if (verdict === 'allow' || verdict === 'note') return true;
  const open = findings.filter(({ replacement }) => replacement === null || !isKept(valueIn(text, replacement)));
  if (open.length === 0 && findings.length > 0) return true;
  const marks = open.map(({ replacement }) => fingerprint([replacement === null ? text : valueIn(text, replacement)]));
  if (marks.length > 0 && marks.every(isRefused)) return false;

  // Nothing can be put in the place of a key in a request that a page has put together.
  const shown = open.map((finding) => ({ ...finding, replacement: null }));
  const question: Question = {
    kind: 'finding',
    way: 'send',
    judgement: { ...judgement, site: hostOf(to), findings: shown },
    files: null,
    remember,
  };
  const answer = await askInTurn(question);
  // It leaves whole or not at all.
  const may =
    verdict === 'warn' && answer.choice !== 'keep-out' && shown.every((one) => choiceOf(answer, one) === 'anyway');
  tellDecision({ hold, findings }, { ...answer, choice: may ? 'anyway' : 'keep-out', each: new Map() });
  if (may) {
    keepValues(text, open);
    return true;
  }
  for (const mark of marks) refused.set(mark, performance.now() + REFUSED_FOR_MS);
  return false;
}

function isRefused(mark: string): boolean {
  return performance.now() < (refused.get(mark) ?? 0);
}

function valueIn(text: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return text.slice(start, end);
}

/** Who would get it. */
function hostOf(address: string): string {
  try {
    return new URL(address, document.baseURI).hostname || site();
  } catch {
    return site();
  }
}

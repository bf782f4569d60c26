// The second place where a question can be answered: the toolbar's popup, which no page can cover, imitate or click.

import type { Answer, Choice, Held } from '../shared/messages';
import { tellWarning } from './scanner';
import { ask, type Question, showMoved } from './warning';
import { type Answered, answered, KEEP_OUT } from './warning/answer';
import { findingsOf, wording } from './warning/words';

let open: { readonly question: Question; readonly answer: (answer: Answered) => void } | null = null;

/** The page does not let the warning stand: only the popup can answer now. */
let moved = false;

/** The question that is open, and the last of those that wait for their turn. */
let asked: Promise<unknown> = Promise.resolve();
let before: Promise<unknown> = Promise.resolve();

/** For what a page does by itself, several things at once: each question has its turn. */
export function askInTurn(question: Question): Promise<Answered> {
  const answer = before.then(async () => {
    while (open !== null) await asked;
    return askAlso(question, (signal) => ask(question, signal));
  });
  before = answer.catch(() => {});
  return answer;
}

/** Asks in the page, and takes the answer from wherever it comes first. One question at a time: a second one is "keep it out". */
export function askAlso(
  question: Question,
  inPage: (signal: AbortSignal) => Promise<Answered | 'unseen'>,
): Promise<Answered> {
  if (open !== null) return Promise.resolve(KEEP_OUT);
  const answer = askNow(question, inPage);
  asked = answer.catch(() => {});
  return answer;
}

async function askNow(
  question: Question,
  inPage: (signal: AbortSignal) => Promise<Answered | 'unseen'>,
): Promise<Answered> {
  const ended = new AbortController();
  const elsewhere = new Promise<Answered>((answer) => {
    open = { question, answer };
  });
  tellWarning(true);
  try {
    const answer = await Promise.race([elsewhere, inPage(ended.signal)]);
    return answer === 'unseen' ? await untilAnswered(elsewhere, ended.signal) : answer;
  } finally {
    open = null;
    moved = false;
    ended.abort();
    tellWarning(false);
  }
}

async function untilAnswered(elsewhere: Promise<Answered>, signal: AbortSignal): Promise<Answered> {
  moved = true;
  addEventListener('pagehide', (event) => event.isTrusted && dismiss(), { signal });
  const hide = said();
  try {
    return await elsewhere;
  } finally {
    hide();
  }
}

/** A page that hides the warning may hide this line too; the toolbar's button says the same. */
function said(): () => void {
  try {
    return showMoved();
  } catch {
    return () => {};
  }
}

/** Whoever goes on in the page, pasting or sending anew, has left the question that only the popup shows. */
export function dismiss(): void {
  if (moved) open?.answer(KEEP_OUT);
}

function choicesOf(question: Question): Choice[] {
  const buttons = wording(question).buttons.filter((one) => 'name' in one && one.name === 'choice');
  return buttons.map((one) => ('value' in one ? one.value : '') as Choice);
}

export function held(): Held | null {
  if (open === null) return null;
  const { question } = open;
  const choices = choicesOf(question);
  if (question.kind === 'unchecked') return { name: '', count: 0, site: question.site, choices, remember: [] };
  const { judgement, remember } = question;
  const found = findingsOf(question);
  return { name: found[0]?.finding.name ?? '', count: found.length, site: judgement.site, choices, remember };
}

export function answerHeld(answer: Answer): void {
  if (open !== null && choicesOf(open.question).includes(answer.choice)) open.answer(answered(answer));
}

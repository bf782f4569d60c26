// The second place where a question can be answered: the toolbar's popup, which no page can cover, imitate or click.

import type { Held } from '../shared/messages';
import type { Choice, Question } from './warning';
import { wording } from './warning/words';

let open: { readonly question: Question; readonly answer: (choice: Choice) => void } | null = null;

/** Asks in the page, and takes the answer from wherever it comes first. */
export async function askAlso(question: Question, inPage: (signal: AbortSignal) => Promise<Choice>): Promise<Choice> {
  const ended = new AbortController();
  const elsewhere = new Promise<Choice>((answer) => {
    open = { question, answer };
  });
  try {
    return await Promise.race([elsewhere, inPage(ended.signal)]);
  } finally {
    open = null;
    ended.abort();
  }
}

function choicesOf(question: Question): Choice[] {
  return wording(question).buttons.map(({ choice }) => choice);
}

export function held(): Held | null {
  if (open === null) return null;
  const { question } = open;
  const choices = choicesOf(question);
  if (question.kind === 'unchecked') return { name: '', count: 0, site: question.site, choices };
  const { findings, site } = question.judgement;
  return { name: findings[0]?.name ?? '', count: findings.length, site, choices };
}

export function answerHeld(choice: Choice): void {
  if (open !== null && choicesOf(open.question).includes(choice)) open.answer(choice);
}

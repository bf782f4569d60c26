// Answers the extension's own pages.

import { onPageMessage } from '../shared/browser';
import type { Answers, Question } from '../shared/messages';
import { newPracticeKey } from './scanner';
import { allProblems, settingsShown } from './settings';

type Asks = Question['ask'];
type Handlers = { [Ask in Asks]: (question: Extract<Question, { ask: Ask }>) => Promise<Answers[Ask]> };

const HANDLERS: Handlers = {
  practice: newPracticeKey,
  check: ({ values }) => allProblems(values),
  settings: settingsShown,
};

export function servePages(): void {
  onPageMessage((message) => {
    const { ask } = (message ?? {}) as { ask?: unknown };
    if (typeof ask !== 'string' || !Object.hasOwn(HANDLERS, ask)) return null;
    return HANDLERS[ask as Asks](message as never);
  });
}

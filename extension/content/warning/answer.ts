// What a person answered.

import type { Answer, Choice, Finding } from '../../shared/messages';

export interface Answered extends Answer {
  /** The findings about which each was decided by itself. What is kept out is taken out of the text then. */
  readonly each: ReadonlyMap<Finding, Choice>;
}

export const KEEP_OUT: Answered = answered({ choice: 'keep-out', reason: null, remember: null });

/** An answer that is about all that was found. */
export function answered(answer: Answer): Answered {
  return { ...answer, each: new Map() };
}

export function choiceOf({ choice, each }: Answered, finding: Finding): Choice {
  return each.get(finding) ?? choice;
}

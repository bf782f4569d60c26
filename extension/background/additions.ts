// Tells the frames what the tripwire must hold besides what it was generated for.

import { ADDITIONS, additionsFrom } from '../shared/additions';
import { localStorage } from '../shared/browser';
import { type Knowledge, learned } from './scanner';

/** One after the other, so that what is known last is what stays. */
let keeping: Promise<void> = Promise.resolve();

export function keepAdditions(knowledge: Knowledge): Promise<void> {
  keeping = keeping.catch(() => {}).then(() => keep(knowledge));
  return keeping;
}

async function keep(knowledge: Knowledge): Promise<void> {
  const { additions } = await learned(knowledge);
  const known = additionsFrom((await localStorage.get(ADDITIONS))[ADDITIONS]);
  if (JSON.stringify(additions) !== JSON.stringify(known)) await localStorage.set({ [ADDITIONS]: additions });
}

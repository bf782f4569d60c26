// Tells the frames what the tripwire must hold besides what it was generated for.

import { ADDITIONS } from '../shared/additions';
import { localStorage } from '../shared/browser';
import { forEngine, type Values } from '../shared/settings';
import { asksAboutNotes, type Knowledge, learned } from './scanner';

/** One after the other, so that what is known last is what stays. */
let keeping: Promise<void> = Promise.resolve();

export function keepAdditions(knowledge: Knowledge, values: Values): Promise<void> {
  keeping = keeping.catch(() => {}).then(() => keep(knowledge, values));
  return keeping;
}

async function keep(knowledge: Knowledge, values: Values): Promise<void> {
  const { additions: added } = await learned(knowledge);
  const additions = { ...added, asked: await asksAboutNotes(forEngine(values)) };
  const known = (await localStorage.get(ADDITIONS))[ADDITIONS];
  if (JSON.stringify(additions) !== JSON.stringify(known)) await localStorage.set({ [ADDITIONS]: additions });
}

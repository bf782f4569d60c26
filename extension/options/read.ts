// Settings from a file: taken whole or not at all, and whoever chose the wrong file is told what is wrong with it.

import { localized } from '../shared/browser';
import { answerTo } from '../shared/page';
import { imported, type Values } from '../shared/settings';

/** Every rule off and a thousand sites are far below this. */
const MOST_BYTES = 1 << 20;

const FAULTS = { json: 'importJson', kind: 'importKind', version: 'importVersion' } as const;

export async function readFile(file: File): Promise<Values> {
  if (file.size > MOST_BYTES) throw new Error(localized('importBig'));
  const read = imported(await file.text());
  if ('fault' in read) throw new Error(localized(FAULTS[read.fault]));
  const problems = await answerTo({ ask: 'check', values: read.values });
  if (problems.length > 0) {
    const lines = problems.map(({ key, expected }) => localized('optionsProblem', [key, expected]));
    throw new Error(`${localized('importNothing')} ${lines.join(' ')}`);
  }
  return read.values;
}

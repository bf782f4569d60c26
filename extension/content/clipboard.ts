// A page that reads the clipboard by itself, usually behind a "Paste" button of its own, is asked about as if the person had pasted.

import type { Finding } from '../shared/messages';
import { type Asked, keepOut, letGo, replace, textsIn } from './channel';
import { whileChecking } from './checking';
import { askInTurn } from './elsewhere';
import { caretOf, placeOf, restore } from './field';
import { deepActive } from './natives';
import { withPlaceholders } from './placeholder';
import { resting } from './rest';
import { judge, tellDecision } from './scanner';
import { mustWait, noteLater } from './suspicious';
import { keepValues } from './typing/watch';
import { showSent } from './warning';
import { choiceOf } from './warning/answer';

/** Whether the page waits for an answer. */
export function onRead(about: Asked): boolean {
  if (resting()) return false;
  const texts = textsIn(about);
  if (!texts.some(mustWait)) {
    noteLater(texts, 'paste');
    return false;
  }
  decide(about, texts).catch(() => keepOut(about));
  return true;
}

async function decide(about: Asked, texts: readonly string[]): Promise<void> {
  const outcome = await whileChecking(judge(texts, 'paste'));
  if ('unchecked' in outcome) {
    const { unchecked: reason, site } = outcome;
    if ((await asked({ kind: 'unchecked', way: 'paste', reason, site })).choice === 'anyway') letGo(about);
    else keepOut(about);
    return;
  }
  const { judgement, hold, remember } = outcome;
  const { verdict, findings, site } = judgement;
  if (verdict === 'allow' || verdict === 'note') {
    letGo(about);
    return;
  }
  const answer = await asked({ kind: 'finding', way: 'paste', judgement, files: null, remember });
  tellDecision({ hold, findings }, answer);
  const [plain = ''] = texts;
  const choose = (finding: Finding) => choiceOf(answer, finding);
  const gone = findings.filter((finding) => choose(finding) === 'anyway');
  if (answer.choice === 'keep-out' || (gone.length > 0 && verdict !== 'warn')) return keepOut(about);
  const replaced = answer.choice === 'placeholder' ? withPlaceholders(plain, findings, choose) : null;
  // Where the page puts it, it is looked at too, and nobody is asked twice about one value.
  keepValues(plain, gone);
  if (answer.choice === 'anyway') letGo(about);
  else if (replaced !== null && replaced !== '') replace(about, replaced);
  else return keepOut(about);
  if (answer.reason !== 'not-secret') showSent(gone, site);
}

/** Afterwards the focus is where the page's own button has left it. */
async function asked(question: Parameters<typeof askInTurn>[0]): ReturnType<typeof askInTurn> {
  const active = deepActive();
  const place = placeOf(active);
  const caret = caretOf(place);
  const answer = await askInTurn(question);
  restore(active, place, caret);
  return answer;
}

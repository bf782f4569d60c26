// Thirty seconds: the real warning over a practice field, where the button is, and the way out when something breaks.
//
// Browsers run no content scripts in an extension's own pages, so this page brings the guard along: the same code, the same scanner, the
// same warning as anywhere.

import { onPaste } from '../content/guard';
import { watchTold } from '../content/told';
import { arm } from '../content/warning';
import { localized, openOptions } from '../shared/browser';
import { answerTo, attempt, byId, onPress, say, translate } from '../shared/page';

async function start(): Promise<void> {
  translate();
  addEventListener('paste', onPaste, true);
  arm();
  watchTold();
  onPress(byId('copy'), async () => {
    await navigator.clipboard.writeText(byId('practice').textContent ?? '');
    byId('field').focus();
    say(localized('welcomeCopied'));
  });
  onPress(byId('options'), openOptions);
  await attempt(async () => {
    byId('practice').textContent = await answerTo({ ask: 'practice' });
  });
}

void start();

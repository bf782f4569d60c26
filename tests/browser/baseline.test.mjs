// What the browsers do by themselves. A test that shows a key held in a place proves nothing if that place takes no paste at all. Editors
// are compared with and without the extension in benign-equality.test.mjs.

import { enter, fields, frames, read } from './places.mjs';
import { settles } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { CLEAN } from './texts.mjs';

onEachBrowser(
  (stage) => {
    for (const place of [...fields, ...frames]) {
      onPage(`${place.name} takes a paste and undoes it`, stage, place.path, async (page) => {
        await stage.browser.copy(CLEAN);
        const frame = await enter(page, place);
        await frame.paste();
        await settles(() => read(frame, place), CLEAN, 'the text arrives');
        await frame.undo();
        await settles(() => read(frame, place), '', 'one undo takes it back');
      });
    }
  },
  { extension: false },
);

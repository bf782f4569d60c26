// What a hold costs: trusted pastes in both browsers, held and not held, as Markdown. KEYSTAY_BROWSER restricts it to one browser.

import { benignHeld, CLEAN } from '../browser/texts.mjs';
import { inBrowser } from './browser.mjs';
import { FIELD, pastes, watchPastes } from './paste.mjs';
import { figure, head, inEach, median, print, quantile, ratio, rounds, row } from './table.mjs';

/** Enough that the 99th hundredth is not simply the worst. */
const PASTES = rounds(120);
const LONG_PASTES = rounds(30);
const STOPPED_PASTES = rounds(12);
/** A person does not press two keys at once. */
const BETWEEN_KEYS_MS = 100;

print(
  'A trusted Ctrl+V into a textarea of a page with the strictest policy, from its keydown to its input event. "Not held" is the',
);
print(
  'browser alone: the tripwire lets such a text go. What a hold adds is the difference; the ratio is beside the text of the same length',
);
print('that is not held. Where the background was stopped before each paste, it starts for the paste.\n');
const COLUMNS = [':browser', ':paste', 'n', 'p50 ms', 'p90 ms', 'p99 ms', 'max ms', 'beside not held'];
head(...COLUMNS);
await inEach(COLUMNS.length, async (name) => {
  await inBrowser(name, { extension: true }, async (browser, site) => {
    const page = await browser.open(`${site.a}/pages/fields.html?policy=strict`);
    await page.evaluate(watchPastes);
    await page.click(FIELD);
    const held = await benignHeld();
    const long = `${held}\n${'An ordinary line of text.\n'.repeat(4000)}`;
    const size = `${Math.round(long.length / 1024)} KiB of lines`;
    let alone = 0;
    const line = (/** @type {string} */ what, /** @type {number[]} */ times) => {
      if (what.endsWith('not held')) alone = median(times);
      const figures = [0.5, 0.9, 0.99, 1].map((share) => figure(quantile(times, share)));
      row(`${name} ${browser.version}`, what, times.length, ...figures, ratio(median(times) / alone));
    };
    const stop = () => browser.killBackground();

    line(
      `${size}, not held`,
      await pastes(browser, page, long.replace(held, CLEAN.slice(0, held.length)), LONG_PASTES),
    );
    line(`${size}, held and let go`, await pastes(browser, page, long, LONG_PASTES));
    line(`${CLEAN.length} characters, not held`, await pastes(browser, page, CLEAN, PASTES));
    const short = `${held.length} characters`;
    line(`${short}, held and let go`, await pastes(browser, page, held, PASTES));
    line(`${short}, background stopped`, await pastes(browser, page, held, STOPPED_PASTES, stop));
    const pressed = async () => {
      await page.press('Control');
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_KEYS_MS));
    };
    const apart = await pastes(browser, page, held, STOPPED_PASTES, stop, pressed);
    line(`${short}, background stopped, Ctrl 0.1 s before V`, apart);
  });
});

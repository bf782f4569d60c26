// Memory of the background in both browsers, stopped and running, as Markdown. KEYSTAY_BROWSER restricts it to one browser.

import { privateBytes } from '../browser/drivers/processes.mjs';
import { until } from '../browser/steps.mjs';
import { benignHeld } from '../browser/texts.mjs';
import { inBrowser } from './browser.mjs';
import { FIELD, pastes, watchPastes } from './paste.mjs';
import { head, inEach, median, print, rounds, row } from './table.mjs';

const TIMES = rounds(3);
const UNTIL_FREED_MS = 3000;

print(
  "Private memory of the process that the background runs in (in Firefox shared with the browser's own add-ons), in MiB: running, when",
);
print('one text has been scanned, and stopped.\n');
const COLUMNS = [':browser', 'n', 'stopped', 'running', 'difference', 'least and most'];
head(...COLUMNS);
await inEach(COLUMNS.length, async (name) => {
  await inBrowser(name, { extension: true }, async (browser, site) => {
    const page = await browser.open(`${site.a}/pages/fields.html?policy=strict`);
    await page.evaluate(watchPastes);
    await page.click(FIELD);
    const held = await benignHeld();
    /** @type {number[]} */
    const running = [];
    /** @type {number[]} */
    const stopped = [];
    for (let time = 0; time < TIMES; time++) {
      await pastes(browser, page, held, 1);
      const pid = await until('the process of the background', () => browser.backgroundPid());
      running.push(privateBytes(pid));
      await browser.killBackground();
      await new Promise((resolve) => setTimeout(resolve, UNTIL_FREED_MS));
      stopped.push((await browser.backgroundPid()) === pid ? privateBytes(pid) : 0);
    }
    const mib = (/** @type {number} */ bytes) => (bytes / 2 ** 20).toFixed(1);
    const [rest, full] = [median(stopped), median(running)];
    const range = `${mib(Math.min(...running))}–${mib(Math.max(...running))}`;
    row(`${name} ${browser.version}`, TIMES, mib(rest), mib(full), mib(full - rest), range);
  });
});

// What it costs a page that its own ways to read and to send are asked about first, as Markdown. With and without are taken in turns in one
// page: a frame whose navigation is still pending has the browser's own functions. KEYSTAY_BROWSER restricts it to one browser.

import { inBrowser } from './browser.mjs';
import { figure, head, inEach, median, print, ratio, rounds, row, spread } from './table.mjs';

const ROUNDS = rounds(40);

/** Of a mebibyte; a machine that is busy takes seconds for more. */
const LARGE_ROUNDS = rounds(15);

print(
  "A call of the page's own, by the browser's function and by ours in turns, at a site where the last net is on.\n",
);
const COLUMNS = [
  ':browser',
  ':call',
  'n',
  'without p50 ms',
  'spread',
  'with p50 ms',
  'spread',
  'ratio',
  'difference ms',
];
head(...COLUMNS);
await inEach(COLUMNS.length, async (name) => {
  await inBrowser(name, { extension: true }, async (browser, site) => {
    await browser.inBackground(async (/** @type {string} */ host) => {
      const { storage, scripting } = /** @type {any} */ (self).chrome;
      await storage.local.set({ settings: { version: 2, values: { lastNet: [host] } } });
      while ((await scripting.getRegisteredContentScripts({ ids: ['net'] })).length === 0)
        await new Promise((resolve) => setTimeout(resolve, 50));
    }, new URL(site.secure).hostname);
    await browser.allowReading(site.secure);
    const page = await browser.open(`${site.secure}/pages/net.html`);
    await browser.copy('An ordinary sentence of a few words.');
    await page.click('#buttons');
    for (const what of await page.evaluate(prepare)) {
      const times = await page.evaluate(measure, what, what.includes('MiB') ? LARGE_ROUNDS : ROUNDS);
      const [without, wrapped] = [median(times.without), median(times.with)];
      row(
        `${name} ${browser.version}`,
        what,
        times.with.length,
        figure(without),
        spread(times.without),
        figure(wrapped),
        spread(times.with),
        ratio(wrapped / without),
        figure(wrapped - without),
      );
    }
  });
});

/** Runs in the page: what is to be measured, by name. */
async function prepare() {
  const frame = document.createElement('iframe');
  frame.src = '/never/';
  document.body.append(frame);
  const ways = (/** @type {any} */ view) => ({
    fetch: view.fetch,
    open: view.XMLHttpRequest.prototype.open,
    send: view.XMLHttpRequest.prototype.send,
    beacon: view.Navigator.prototype.sendBeacon,
    readText: view.Clipboard.prototype.readText,
    socket: view.WebSocket.prototype.send,
  });
  const socket = new WebSocket(location.origin.replace('http', 'ws'));
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const line = 'An ordinary line of text, as people write it.\n';
  const sized = (/** @type {number} */ size) => line.repeat(Math.ceil(size / line.length)).slice(0, size);
  /** @typedef {ReturnType<typeof ways>} Ways */
  const xhr = (/** @type {string} */ body) => (/** @type {Ways} */ by) => {
    const request = new XMLHttpRequest();
    by.open.call(request, 'POST', '/got');
    by.send.call(request, body);
    return new Promise((resolve) => request.addEventListener('loadend', resolve));
  };
  const post = (/** @type {string} */ body) => (/** @type {Ways} */ by) =>
    by.fetch.call(window, '/got', { method: 'POST', body });
  const small = sized(1024);
  const middle = sized(100 * 1024);
  const large = sized(1 << 20);
  /** @type {Record<string, (by: Ways) => any>} */
  const cases = {
    'fetch, 1 KiB': post(small),
    'fetch, 100 KiB': post(middle),
    'fetch, 1 MiB': post(large),
    'XMLHttpRequest, 1 KiB': xhr(small),
    'XMLHttpRequest, 100 KiB': xhr(middle),
    'XMLHttpRequest, 1 MiB': xhr(large),
    'WebSocket, 1 KiB': (by) => by.socket.call(socket, small),
    'beacon, 1 KiB': (by) => by.beacon.call(navigator, '/got', small),
    'readText, until the text is there': (by) => by.readText.call(navigator.clipboard),
  };
  Object.assign(globalThis, { measured: { cases, own: ways(frame.contentWindow), wrapped: ways(window) } });
  return Object.keys(cases);
}

/**
 * Runs in the page. Of what a page sends, the call is timed; of a reading, all of it.
 * @param {string} what
 * @param {number} rounds
 */
async function measure(what, rounds) {
  const { cases, own, wrapped } = /** @type {any} */ (globalThis).measured;
  const times = { without: /** @type {number[]} */ ([]), with: /** @type {number[]} */ ([]) };
  for (let round = 0; round < rounds; round++) {
    for (const [key, by] of /** @type {const} */ ([
      ['without', own],
      ['with', wrapped],
    ])) {
      const start = performance.now();
      const pending = cases[what](by);
      if (what.startsWith('readText')) await pending;
      times[key].push(performance.now() - start);
      await pending;
    }
  }
  return times;
}

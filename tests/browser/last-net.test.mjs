// The last net: where it is on, nothing that a page sends by itself leaves with a key that nobody has decided about. What has left is
// what the server has heard.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { openOwn, openPopup, pressOn, textOf } from './pages.mjs';
import { choose, settles, silenceBackground, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { benignHeld, CLEAN, key } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */
/** @typedef {import('./suite.mjs').Stage} Stage */

const PAGE = '/pages/net.html';

/** In this time the server has heard what a page sends. */
const SENT_WITHIN = 400;

/** Ways out, and what the page is told when the person keeps the key. */
const WAYS = {
  'fetch-string': 'fetch-string TypeError',
  'fetch-form': 'fetch-form TypeError',
  'fetch-file': 'fetch-file TypeError',
  'fetch-blob': 'fetch-blob TypeError',
  'fetch-bytes': 'fetch-bytes TypeError',
  'fetch-params': 'fetch-params TypeError',
  'fetch-request': 'fetch-request TypeError',
  'fetch-signal': 'fetch-signal TypeError',
  'fetch-request-signal': 'fetch-request-signal TypeError',
  'fetch-query': 'fetch-query TypeError',
  fresh: 'fresh TypeError',
  'xhr-string': 'xhr-string NetworkError',
  'xhr-form': 'xhr-form NetworkError',
  'xhr-query': 'xhr-query NetworkError',
  beacon: 'beacon',
  socket: 'socket',
  'socket-bytes': 'socket-bytes',
  submit: 'submit',
  'form-button': 'form-button',
};

/** @param {Stage} stage @param {unknown} sites */
const castNet = (stage, sites) =>
  stage.browser.inBackground(async (/** @type {unknown} */ lastNet) => {
    const { storage, scripting } = /** @type {any} */ (self).chrome;
    await storage.local.set({ settings: { version: 2, values: { lastNet } } });
    const wanted = JSON.stringify(/** @type {string[]} */ (lastNet).map((site) => `*://${site}/*`));
    for (let tries = 0; tries < 200; tries++) {
      const [known] = await scripting.getRegisteredContentScripts({ ids: ['net'] });
      if (JSON.stringify(known?.matches ?? []) === wanted) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the net was not set up');
  }, sites);

onEachBrowser((stage) => {
  /** @param {string} text */
  const heard = (text) => heardBy(stage.site, text);

  const results = (/** @type {Page} */ page) => page.evaluate(() => /** @type {any} */ (globalThis).results);

  /**
   * @param {string} sentence
   * @param {(page: Page, context: import('node:test').TestContext) => Promise<void>} body
   */
  const inNet = (sentence, body) =>
    onPage(sentence, stage, '/pages/fields.html', async (page, context) => {
      await castNet(stage, ['a.test']);
      await page.goto(stage.site.a + PAGE);
      await body(page, context);
    });

  for (const [way, told] of Object.entries(WAYS)) {
    inNet(`T16 a key that a page sends by ${way} waits, and leaves only if the person says so`, async (page) => {
      const secret = key();
      await send(page, secret, way);
      const warning = await warned(page);
      assert.match(warning.text, /a\.test would get it/);
      assert.deepEqual(warning.choices, ['keep-out', 'anyway']);
      await pause(SENT_WITHIN);
      assert.equal(heard(secret), 0, 'nothing has left');
      await choose(page, 'keep-out', 'keyboard');
      await settles(() => results(page), [told], 'the page is told by the way’s own means');
      await pause(SENT_WITHIN);
      assert.equal(heard(secret), 0, 'nothing has left');

      const other = key();
      await send(page, other, way);
      await choose(page, 'anyway');
      await settles(async () => heard(other), 1, 'it is sent, once');
      await settles(() => results(page), [way], 'the page knows of nothing');
    });
  }

  inNet('what holds no key is sent as it is, held or not', async (page) => {
    for (const text of [`${CLEAN} `, `${await benignHeld()} `]) {
      for (const way of Object.keys(WAYS)) {
        const own = `${text}${Math.random()}`;
        await send(page, own, way);
        await settles(async () => heard(own), 1, `${way}: it arrives, once`);
        await settles(() => results(page), [way], `${way}: the page knows of nothing`);
        assert.equal(await page.warning(), null);
      }
    }
  });

  inNet('a synchronous request fails at once, and passes when the person has decided', async (page) => {
    const secret = key();
    await send(page, secret, 'xhr-sync');
    await settles(() => results(page), ['xhr-sync NetworkError'], 'it cannot wait');
    await choose(page, 'anyway');
    assert.equal(heard(secret), 0);
    await send(page, secret, 'xhr-sync');
    await settles(async () => heard(secret), 1, 'the next one is sent');
    assert.equal(await page.warning(), null);
  });

  inNet('a request that failed looks failed to every handler', async (page) => {
    await send(page, key(), 'xhr-string');
    await choose(page, 'keep-out');
    await settles(
      () => page.evaluate(() => /** @type {any} */ (globalThis).seen),
      ['readystatechange 1', 'readystatechange 4', 'error 4', 'loadend 4'],
      'as after a failure of the network',
    );
  });

  for (const way of ['fetch-signal', 'fetch-request-signal']) {
    inNet(
      `a page that gives up while its ${way} is held is told so at once, and nothing leaves later`,
      async (page) => {
        const secret = key();
        await send(page, secret, way);
        await warned(page);
        await page.evaluate(() => /** @type {any} */ (globalThis).controller.abort());
        await settles(() => results(page), [`${way} AbortError`], 'it does not wait for the person');
        await choose(page, 'anyway');
        await pause(SENT_WITHIN);
        assert.equal(heard(secret), 0, 'what was given up is not sent');
        await send(page, secret, way);
        await settles(() => results(page), [way], 'but the next one is, without a question');
        assert.equal(heard(secret), 1);
      },
    );
  }

  inNet('nobody is asked about a request that a page has given up before', async (page) => {
    await send(page, key(), 'fetch-aborted');
    await settles(() => results(page), ['fetch-aborted AbortError'], 'the page is told');
    assert.equal(await page.warning(), null);
  });

  inNet('the time-out of a request runs while it is held, and nothing leaves after it', async (page) => {
    const secret = key();
    await send(page, secret, 'xhr-timeout');
    await warned(page);
    await settles(
      () => page.evaluate(() => /** @type {any} */ (globalThis).seen),
      ['readystatechange 1', 'readystatechange 4', 'timeout 4', 'loadend 4'],
      'as after a network that was too slow',
    );
    await choose(page, 'anyway');
    await pause(SENT_WITHIN);
    assert.equal(heard(secret), 0);
  });

  inNet('messages of a socket keep their order while one is held', async (page) => {
    await page.click('#socket');
    const secret = key();
    await send(page, secret, 'socket');
    await warned(page);
    const next = `after ${Math.random()}`;
    await page.evaluate((/** @type {string} */ value) => {
      /** @type {any} */ (globalThis).text = value;
      document.getElementById('socket')?.click();
    }, next);
    await pause(SENT_WITHIN);
    assert.equal(heard(next), 0, 'it waits behind the other');
    await choose(page, 'anyway');
    await settles(async () => heard(next), 1, 'it comes');
    const at = (/** @type {string} */ text) => stage.site.heard.findIndex((part) => part.includes(text));
    assert.ok(at(secret) < at(next), 'in the order in which they were sent');
  });

  inNet('a value is asked about once, whatever the person says', async (page) => {
    const secret = key();
    await send(page, secret, 'fetch-string');
    await choose(page, 'keep-out');
    await send(page, `again ${secret}`, 'xhr-string');
    await settles(() => results(page), ['xhr-string NetworkError'], 'it is kept without a question');
    assert.equal(await page.warning(), null);

    const other = key();
    await send(page, other, 'fetch-string');
    await choose(page, 'anyway');
    await settles(() => results(page), ['fetch-string'], 'it is sent');
    await send(page, `again ${other}`, 'xhr-string');
    await settles(() => results(page), ['xhr-string'], 'and sent again');
    assert.equal(await page.warning(), null);
  });

  onPage('where it is off, nothing of the page is touched', stage, '/pages/fields.html', async (page) => {
    await castNet(stage, ['b.test']);
    await page.goto(stage.site.a + PAGE);
    const secret = key();
    await send(page, secret, 'fetch-string');
    await settles(async () => heard(secret), 1, 'it is sent');
    const own = await page.evaluate(() => Function.prototype.toString.call(fetch).includes('fetch'));
    assert.ok(own, 'the function is the browser’s own');
  });

  onPage('the popup turns it on for a site, and off', stage, '/pages/fields.html', async (page) => {
    await castNet(stage, []);
    await page.goto(stage.site.a + PAGE);
    const popup = await openPopup(stage.browser, page);
    await pressOn(popup, '#net');
    const on = () => popup.evaluate(() => document.querySelector('#net')?.getAttribute('aria-checked'));
    await settles(on, 'true', 'the popup says so');
    await until('it says when', async () => /loaded anew/.test(await textOf(popup, '#net-how')));
    await page.goto(stage.site.a + PAGE);
    const secret = key();
    await send(page, secret, 'fetch-string');
    await choose(page, 'keep-out');
    await pressOn(popup, '#net');
    await settles(on, 'false', 'the popup says so');
    await popup.close();
    await page.goto(stage.site.a + PAGE);
    await send(page, secret, 'fetch-string');
    await settles(async () => heard(secret), 1, 'it is sent');
  });

  onPage('what it cannot hold is reported once it has left', stage, '/pages/fields.html', async (page) => {
    await castNet(stage, ['a.test']);
    await page.goto(stage.site.a + PAGE);
    const title = () => titleAt(stage.browser);
    for (const way of ['worker', 'picture']) {
      const secret = key();
      await send(page, secret, way);
      await settles(async () => heard(secret), 1, 'it cannot be held');
      await until('the button says so', async () => /A key left this page/.test(await title()));
      const history = await openOwn(stage.browser, 'history/index.html');
      await until('it is in the history', async () => {
        const text = await textOf(history, 'main');
        return text.includes('sent by the page') && text.includes(secret.slice(-2));
      });
      await history.close();
      await page.goto(stage.site.a + PAGE);
    }
    // What a person has let out themselves is no news.
    await send(page, key(), 'fetch-string');
    await choose(page, 'anyway');
    await pause(5 * SENT_WITHIN);
    assert.doesNotMatch(await title(), /A key left/);
  });

  onPage('where it is off, no request wakes the background', stage, '/pages/fields.html', async (page) => {
    await castNet(stage, []);
    await silenceBackground(stage.browser);
    await page.goto(stage.site.a + PAGE);
    await send(page, `${CLEAN}${Math.random()}`, 'worker');
    await pause(5 * SENT_WITHIN);
    assert.equal(await stage.browser.backgroundRuns(), false);
  });
});

/** @param {import('./drivers/verbs.d.ts').Browser} browser */
function titleAt(browser) {
  return browser.inBackground(async () => {
    const { action, tabs } = /** @type {any} */ (self).chrome;
    const [tab] = await tabs.query({ url: '*://a.test/*' });
    return action.getTitle({ tabId: tab.id });
  });
}

/**
 * How often the server has got a text, in whatever form it came.
 * @param {import('./site.mjs').Site} site
 * @param {string} text
 */
function heardBy(site, text) {
  const bare = text.replaceAll(/\s/g, '');
  return site.heard.filter((part) => {
    try {
      return decodeURIComponent(part.replaceAll('+', ' ')).replaceAll(/\s/g, '').includes(bare);
    } catch {
      return part.includes(text);
    }
  }).length;
}

/**
 * @param {Page} page
 * @param {string} text
 * @param {string} way
 */
async function send(page, text, way) {
  await page.evaluate((/** @type {string} */ value) => {
    Object.assign(globalThis, { text: value, results: [] });
  }, text);
  await page.click(`#${way}`);
}

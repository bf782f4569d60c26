// What it takes to let a key through, what is remembered of it, and what a person can learn before deciding.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { assertAccessible, openOwn, openPopup, pressOn, textOf } from './pages.mjs';
import { choose, noWarning, pressIn, settles, textIn, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { key, sample } from './texts.mjs';

const FIELDS = '/pages/fields.html';

const DAY = 24 * 60 * 60 * 1000;

/** @typedef {import('./suite.mjs').Stage} Stage */
/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/**
 * @param {Stage} stage
 * @param {Page} page
 * @param {string} text
 */
async function paste(stage, page, text) {
  await stage.browser.copy(text);
  await page.click('#textarea');
  await page.press('Control+A', 'Delete');
  await page.paste();
}

/** @param {Page} page */
async function heldAgain(page) {
  await warned(page);
  await page.press('Escape');
  await noWarning(page);
}

/** @param {Stage} stage */
async function forgetAll(stage) {
  const history = await openOwn(stage.browser, 'history/index.html');
  await until('the history is read', async () => (await textOf(history, '#found')) !== '');
  await pressOn(history, '#remove-all');
  await pressOn(history, '#sure-yes');
  await until('it says so', async () => /deleted/.test(await textOf(history, '#said')));
  await history.close();
}

/** @param {Page} page */
const line = (page) => until('the line', async () => /went to/.test((await page.line())?.text ?? '') && page.line());

onEachBrowser((stage) => {
  onPage('a key goes only with a reason, which the history names', stage, FIELDS, async (page) => {
    await forgetAll(stage);
    const secret = key();
    await paste(stage, page, secret);
    await pressIn(page, 'anyway', 'keyboard');
    const asked = await until('the question why', async () => {
      const open = await page.warning();
      return open?.others.includes('reason risk') ? open : null;
    });
    assert.equal(asked.focused, 'keep-out', 'a second Enter lets nothing through');
    assert.equal(await textIn(page, '#textarea'), '');

    await page.press('Escape');
    const first = await until('the first question', async () => {
      const open = await page.warning();
      return open?.choices.includes('anyway') ? open : null;
    });
    assert.equal(first.focused, 'keep-out', 'Escape leads back');
    await choose(page, 'anyway', 'keyboard', 'test');
    await settles(() => textIn(page, '#textarea'), secret, 'it is let through');

    const history = await openOwn(stage.browser, 'history/index.html');
    await until('the reason', async () => /let through.*a test or an example/s.test(await textOf(history, '#entries')));
    assert.equal(await textOf(history, '#due-list'), '', 'nobody is told to revoke a test key');
    await history.close();
  });

  onPage('the press that lets it through is held to what the first one is held to', stage, FIELDS, async (page) => {
    await paste(stage, page, key());
    await pressIn(page, 'anyway');
    const { at } = await until('the reasons work', async () => {
      const open = await page.warning();
      return open?.others.includes('reason risk') && open.inert.length === 0 ? open : null;
    });
    // While the page keeps its thread busy nobody can tell what is in sight, so the press that comes meanwhile does not count.
    await page.evaluate(() => {
      setTimeout(() => {
        const end = performance.now() + 1500;
        while (performance.now() < end);
      }, 50);
    });
    await pause(100);
    await page.click(/** @type {import('./drivers/verbs.d.ts').Point} */ (at['reason risk']));
    assert.ok(await page.warning());
    assert.equal(await textIn(page, '#textarea'), '');
    await choose(page, 'keep-out');
  });

  onPage('after that one line says where to revoke it, and takes nothing', stage, FIELDS, async (page) => {
    await paste(stage, page, sample('stripe-secret-key').secret);
    await choose(page, 'anyway');
    const shown = await line(page);
    assert.match(shown.text, /Stripe secret key: it went to a\.test/);
    assert.match(shown.markup, /href="https:\/\/dashboard\.stripe\.com\/apikeys"[^>]*noreferrer/);
    const before = await textIn(page, '#textarea');
    await page.type('on');
    assert.equal(await textIn(page, '#textarea'), `${before}on`, 'the field keeps the focus');
    await page.press('Alt+Shift+L');
    await until('the line goes', async () => (await page.line()) === null);

    await paste(stage, page, sample('stripe-secret-key').secret);
    await choose(page, 'anyway', 'mouse', 'not-secret');
    await until('it arrives', async () => /sk_live/.test(await textIn(page, '#textarea')));
    assert.equal(await page.line(), null, 'what is no secret is not revoked');
  });

  onPage('a value, a kind, a site: about what is remembered nobody is asked again', stage, FIELDS, async (page) => {
    await forgetAll(stage);
    const pat = () => sample('github-pat-classic').secret;
    /** @param {string} secret */
    const passes = async (secret) => {
      await paste(stage, page, secret);
      await settles(() => textIn(page, '#textarea'), secret, 'nobody is asked');
    };
    /** @param {string} secret @param {string} what */
    const letGo = async (secret, what) => {
      await paste(stage, page, secret);
      await pressIn(page, 'anyway');
      await pressIn(page, `remember ${what}`, 'keyboard');
      await until('it is chosen', async () => (await page.warning())?.chosen.includes(`remember ${what}`));
      await pressIn(page, 'reason risk');
      await noWarning(page);
      await settles(() => textIn(page, '#textarea'), secret, 'it is let through');
    };
    const [first, second] = [pat(), pat()];
    await letGo(first, 'value');
    await passes(first);
    await paste(stage, page, second);
    await heldAgain(page);

    await letGo(second, 'kind');
    await passes(pat());
    await paste(stage, page, key());
    await heldAgain(page);

    await page.goto(`${stage.site.b}${FIELDS}`);
    await paste(stage, page, pat());
    await heldAgain(page);
    await letGo(key(), 'site');
    await passes(pat());
    await passes(sample('stripe-secret-key').secret);

    const options = await openOwn(stage.browser, 'options/index.html');
    await until('the kind', async () => /this kind/.test(await textOf(options, '#allowed-list')));
    assert.match(await textOf(options, '#allowed-list'), /anything\s*b\.test/);
    await assertAccessible(options, 'remembered decisions');
    await options.close();
    await forgetAll(stage);
    await paste(stage, page, pat());
    await heldAgain(page);
  });

  onPage('of several keys each can be decided by itself', stage, FIELDS, async (page) => {
    const [one, two, three] = [key(), sample('github-pat-classic').secret, sample('stripe-secret-key').secret];
    await paste(stage, page, `one ${one}\ntwo ${two}\nthree ${three}\n`);
    await pressIn(page, 'view each', 'keyboard');
    await pressIn(page, 'each 1 keep-out');
    await pressIn(page, 'each 2 anyway', 'keyboard');
    const { text } = await until('it says what will be', async () => {
      const open = await page.warning();
      return open?.chosen.includes('each 2 anyway') ? open : null;
    });
    assert.match(text, /Replaced: 1\. Left out: 1\. Sent: 1\./);
    assert.equal(await textIn(page, '#textarea'), '');
    await choose(page, 'mixed', 'keyboard');
    const arrived = await until('the text', () => textIn(page, '#textarea'));
    assert.match(arrived, /^one \S*ANTHROPIC_API_KEY\S*\ntwo \nthree sk_live_/);
    assert.ok(!arrived.includes(one) && !arrived.includes(two) && arrived.includes(three));
  });

  onPage(
    'of several keys that were written some can stay and others be replaced',
    stage,
    '/pages/sending.html',
    async (page) => {
      const stays = sample('github-pat-classic').secret;
      await page.click('#chat');
      await page.insert(`${key()} ${stays}`);
      await page.press('Enter');
      await pressIn(page, 'view each');
      assert.ok(!(await page.warning())?.others.includes('each 0 keep-out'), 'the person can take it out');
      await pressIn(page, 'each 1 anyway');
      await choose(page, 'mixed', 'mouse', 'test');
      const text = await until('it is replaced', async () => {
        const now = await textIn(page, '#chat');
        return /ANTHROPIC/.test(now) && now;
      });
      assert.ok(text.endsWith(stays), text);
    },
  );

  onPage(
    'who wants to know more is told why, what harm there is, and where it belongs',
    stage,
    FIELDS,
    async (page) => {
      for (const [rule, harm, place] of /** @type {const} */ ([
        ['aws-secret-access-key', /Start machines on your bill/, /log in by a role/],
        ['stripe-secret-key', /refund or move money/, /\.gitignore/],
        ['pem-private-key', /sign in your name/, /public half/],
      ])) {
        await paste(stage, page, sample(rule).text);
        await pressIn(page, 'view about', 'keyboard');
        const { text } = await until('the explanation', async () => {
          const open = await page.warning();
          return /Why it was recognised/.test(open?.text ?? '') ? open : null;
        });
        assert.match(text, harm);
        assert.match(text, place);
        await pressIn(page, 'view first', 'keyboard');
        await choose(page, 'keep-out');
      }
    },
  );

  onPage('a key that goes to this computer is only noted', stage, FIELDS, async (page) => {
    await forgetAll(stage);
    await page.goto(`${stage.site.own}${FIELDS}`);
    const secret = key();
    await paste(stage, page, secret);
    await settles(() => textIn(page, '#textarea'), secret, 'nobody is asked');
    const history = await openOwn(stage.browser, 'history/index.html');
    await until('it is noted', async () => /127\.0\.0\.1/.test(await textOf(history, '#entries')));
    await history.close();
  });

  onPage('who accepted the risk is reminded after a day and after a week', stage, FIELDS, async (page) => {
    await forgetAll(stage);
    await paste(stage, page, sample('stripe-secret-key').secret);
    await choose(page, 'anyway');
    await until('it arrives', () => textIn(page, '#textarea'));
    const dueIn = async () => {
      const popup = await openPopup(stage.browser, page);
      await until('the last events', () => textOf(popup, '#last'));
      return popup;
    };
    const none = await dueIn();
    assert.equal(await textOf(none, '#due-list'), '');
    await none.close();

    await age(stage, DAY);
    const first = await dueIn();
    assert.match(await until('the reminder', () => textOf(first, '#due-list')), /Stripe secret key.*Revoke it/s);
    await assertAccessible(first, 'reminder');
    await pressOn(first, '#due-list button', 'Remind me');
    await until('it goes', async () => (await textOf(first, '#due-list')) === '');
    await first.close();

    await age(stage, 5 * DAY);
    const quiet = await dueIn();
    assert.equal(await textOf(quiet, '#due-list'), '');
    await quiet.close();

    await age(stage, DAY);
    const second = await dueIn();
    await until('the reminder', async () => /Stripe/.test(await textOf(second, '#due-list')));
    await second.close();
    await forgetAll(stage);
  });

  onPage('entries of a version that knew no reasons are shown as they were', stage, FIELDS, async () => {
    await forgetAll(stage);
    await stage.browser.inBackground(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open('history');
          request.onsuccess = () => {
            const transaction = request.result.transaction('entries', 'readwrite');
            transaction.objectStore('entries').add({
              time: Date.now() - 60_000,
              site: 'old.test',
              rule: 'stripe-secret-key',
              way: 'paste',
              certainty: 'likely',
              decision: 'sent',
              masked: 'sk_live_••••',
              fingerprint: null,
            });
            transaction.oncomplete = () => {
              request.result.close();
              resolve(true);
            };
          };
        }),
    );
    const history = await openOwn(stage.browser, 'history/index.html');
    await until('it is there', async () =>
      /Stripe secret key.*let through.*old\.test/s.test(await textOf(history, '#entries')),
    );
    assert.equal(await textOf(history, '#fault'), '');
    await history.close();
    await forgetAll(stage);
  });
});

/**
 * Makes what is known of keys older, as if so much time had passed.
 * @param {Stage} stage
 * @param {number} by
 */
function age(stage, by) {
  return stage.browser.inBackground(
    (ms) =>
      new Promise((resolve) => {
        const request = indexedDB.open('history');
        request.onsuccess = () => {
          const transaction = request.result.transaction('seen', 'readwrite');
          const store = transaction.objectStore('seen');
          const all = store.getAll();
          all.onsuccess = () => {
            for (const seen of all.result) {
              const { first, sent, snoozed } = seen;
              store.put({ ...seen, first: first - ms, sent: sent - ms, snoozed: snoozed === 0 ? 0 : snoozed - ms });
            }
          };
          transaction.oncomplete = () => {
            request.result.close();
            resolve(true);
          };
        };
      }),
    by,
  );
}

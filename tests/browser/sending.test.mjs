// What would send a text waits while a key stands in it that nobody has decided about. What was sent is what the server got.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { proves } from './coverage.mjs';
import { choose, clickOn, marked, noWarning, settles, textIn, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { CLEAN, key } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

const PAGE = '/pages/sending.html';

/** In this time the server has got what a page sends at once. */
const SENT_WITHIN = 400;

const PLACEHOLDER = '$ANTHROPIC_API_KEY';

/** @param {string} selector */
const click = (selector) => (/** @type {Page} */ page) => clickOn(page, selector);
const enter = (/** @type {Page} */ page) => page.press('Enter');

/** @type {{ name: string, field: string, send: (page: Page) => Promise<void>, again?: boolean }[]} */
const WAYS = [
  { name: 'Enter in a chat', field: '#chat', send: enter },
  { name: 'Enter in rich text', field: '#rich', send: enter },
  { name: 'Enter where the page acts on its release', field: '#late', send: enter },
  { name: 'Enter where the page takes only real keys', field: '#honest', send: enter, again: true },
  { name: 'Enter in the one line of a form', field: '#lone', send: enter },
  { name: 'Enter in one line of a longer form', field: '#form-line', send: enter },
  { name: 'the button of a chat', field: '#chat', send: click('#chat-send') },
  { name: 'the button of a form', field: '#form-text', send: click('#form-send') },
  { name: 'something that only looks like a button', field: '#rich', send: click('#rich-send') },
  { name: 'a button that acts when the pointer goes down', field: '#early', send: click('#early-send') },
  { name: 'a button in a closed shadow root', field: 'x-chat >>> textarea', send: click('x-chat >>> button') },
  {
    name: 'a button pressed by keyboard',
    field: '#chat',
    send: async (page) => {
      await page.evaluate(() => document.getElementById('chat-send')?.focus());
      await page.press('Space');
    },
  },
  {
    name: "a script's requestSubmit",
    field: '#form-text',
    send: (page) => page.evaluate(() => /** @type {HTMLFormElement} */ (document.forms[0]).requestSubmit()),
  },
];

onEachBrowser((stage) => {
  /** @param {string} text */
  const sent = (text) =>
    stage.site.received.filter(({ body }) => decodeURIComponent(body.replaceAll('+', ' ')).includes(text));

  /** @param {Page} page @param {string} field */
  const focus = (page, field) => clickOn(page, field);

  for (const { name, field, send, again } of WAYS) {
    onPage(`a key that is to be sent by ${name} waits for the person's choice`, stage, PAGE, async (page) => {
      const secret = key();
      await focus(page, field);
      await page.type(`AA ${secret}`);
      await send(page);
      const warning = await warned(page);
      assert.match(warning.text, /sent/);
      assert.ok(!warning.markup.includes(secret.slice(-12)), 'the warning does not contain the secret');
      await choose(page, 'keep-out', 'keyboard');
      await pause(SENT_WITHIN);
      assert.equal(sent(secret).length, 0, 'nothing was sent');
      assert.equal(await textIn(page, field), `AA ${secret}`, 'the text stands where it stood');

      await send(page);
      await warned(page);
      proves(stage, 'held', 'sending', name);
      await choose(page, 'anyway');
      if (again) {
        await pause(2 * SENT_WITHIN);
        assert.equal(sent(secret).length, 0);
        await send(page);
      }
      await settles(async () => sent(secret).length, 1, 'it is sent, and once');
      await pause(SENT_WITHIN);
      assert.equal(sent(secret).length, 1);
      assert.equal(await page.warning(), null);
    });

    onPage(`instead of a key, ${name} sends the placeholder that was chosen`, stage, PAGE, async (page) => {
      const secret = key();
      await focus(page, field);
      await page.type(`BB ${secret}`);
      await marked(page);
      await send(page);
      await choose(page, 'placeholder');
      await settles(() => textIn(page, field), `BB ${PLACEHOLDER}`, 'the placeholder stands there');
      const before = sent(PLACEHOLDER).length;
      await focus(page, field);
      await send(page);
      await settles(async () => sent(PLACEHOLDER).length, before + 1, 'the next gesture sends it');
      await pause(SENT_WITHIN);
      assert.equal(sent(secret).length, 0, 'and never the key');
    });

    onPage(`a clean text is sent by ${name} without delay`, stage, PAGE, async (page) => {
      await focus(page, field);
      const text = `${CLEAN.slice(0, 20)} ${Math.random()}`;
      await page.type(text);
      await send(page);
      const [request] = await until('it arrives', async () => sent(text).length > 0 && sent(text));
      if (request?.body.startsWith('{'))
        assert.equal(JSON.parse(request.body).trusted, true, 'by the person’s own gesture');
    });
  }

  onPage('a key that was taken out again holds nothing', stage, PAGE, async (page) => {
    await focus(page, '#chat');
    await page.type(key());
    await marked(page);
    await page.press('Control+A', 'Delete');
    await page.type('all is well');
    await page.press('Enter');
    await settles(async () => sent('all is well').length, 1, 'it is sent');
    assert.equal(await page.warning(), null);
  });

  onPage('a key that may stay is sent without a question', stage, PAGE, async (page) => {
    const secret = key();
    await focus(page, '#chat');
    await page.type(secret);
    await marked(page);
    await page.press('Alt+Shift+L');
    await until('it is decided', async () => (await page.chip()) === null);
    await page.press('Enter');
    await settles(async () => sent(secret).length, 1, 'it is sent');
  });

  onPage('a button that says that it is a switch is not held', stage, PAGE, async (page) => {
    await focus(page, '#chat');
    await page.type(key());
    await marked(page);
    await page.click('#bold');
    assert.equal(await page.evaluate(() => /** @type {any} */ (globalThis).bold), 1);
    assert.equal(await page.warning(), null);
  });

  onPage('a new line by Shift and Enter is not held', stage, PAGE, async (page) => {
    await focus(page, '#form-text');
    await page.type(key());
    await marked(page);
    await page.press('Shift+Enter');
    await pause(SENT_WITHIN);
    assert.equal(await page.warning(), null);
  });

  onPage('T16 what a script submits by itself carries the placeholder', stage, PAGE, async (page) => {
    const secret = key();
    await focus(page, '#form-text');
    await page.type(secret);
    await marked(page);
    const before = sent(PLACEHOLDER).length;
    await page.evaluate(() => HTMLFormElement.prototype.submit.call(document.forms[0]));
    await settles(async () => sent(PLACEHOLDER).length, before + 1, 'it is sent');
    assert.equal(sent(secret).length, 0);
    proves(stage, 'replaced', 'sending', 'form.submit() of a script');
  });

  onPage('Escape leaves everything as it is, and typing goes on', stage, PAGE, async (page) => {
    const secret = key();
    await focus(page, '#chat');
    await page.type(`AA ${secret} BB`);
    await page.press('ArrowLeft', 'ArrowLeft', 'Enter');
    await warned(page);
    await page.press('Escape');
    await noWarning(page);
    await page.type('!');
    await settles(() => textIn(page, '#chat'), `AA ${secret} !BB`, 'at the caret');
    assert.equal(sent(secret).length, 0);
  });
});

// Files that a page reads through handles which it keeps. No driver can answer the browser's own picker, so the handles come from a folder
// that is dropped while the site is off; what is read through them later is the same.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { proves } from './coverage.mjs';
import { choose, settles, until, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { key } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

const CLEAN = 'nothing to see\n';

/** @param {string} secret */
const env = (secret) => `# settings\nANTHROPIC_API_KEY=${secret}\n`;

onEachBrowser((stage) => {
  const got = (/** @type {Page} */ page) => page.evaluate(() => /** @type {any} */ (globalThis).got);

  /** @param {string[]} offSites */
  const turnOff = (offSites) =>
    stage.browser.inBackground(async (/** @type {string[]} */ sites) => {
      const { storage } = /** @type {any} */ (self).chrome;
      await storage.local.set({ settings: { version: 2, values: { offSites: sites } } });
      for (let tries = 0; tries < 200; tries++) {
        const { quiet } = await storage.local.get('quiet');
        if (JSON.stringify(quiet?.sites ?? []) === JSON.stringify(sites)) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('the setting was not taken over');
    }, offSites);

  /**
   * @param {string} sentence
   * @param {(page: Page, folder: string) => Promise<void>} body
   */
  const onFolder = (sentence, body) => {
    // Firefox has handles for a site's own storage only.
    if (stage.name === 'firefox') return;
    onPage(sentence, stage, '/pages/fields.html', async (page) => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keystay-handles-'));
      fs.writeFileSync(path.join(folder, 'readme.txt'), CLEAN);
      fs.writeFileSync(path.join(folder, 'service.env'), env(key()));
      try {
        await turnOff([new URL(stage.site.secure).hostname]);
        await page.goto(`${stage.site.secure}/pages/handles.html`);
        await pause(200);
        await page.drop('#zone', { files: [folder] });
        await until('the page has its handle', () =>
          page.evaluate(() => /** @type {any} */ (globalThis).folder !== null),
        );
        await turnOff([]);
        await pause(200);
        await body(page, folder);
      } finally {
        fs.rmSync(folder, { recursive: true, force: true });
      }
    });
  };

  onFolder('T18 a file with a key that a page reads through a handle waits for the person', async (page, folder) => {
    const secret = key();
    fs.writeFileSync(path.join(folder, 'service.env'), env(secret));
    await page.click('#read');
    const warning = await warned(page);
    assert.match(warning.text, /service\.env:2/);
    assert.ok(!warning.markup.includes(secret.slice(-12)), 'the warning does not contain the secret');
    await pause(300);
    assert.deepEqual(await got(page), [], 'the page has nothing yet');
    await choose(page, 'keep-out', 'keyboard');
    await settles(
      () => got(page),
      [
        { name: 'readme.txt', text: CLEAN },
        { name: 'service.env', error: 'NotAllowedError' },
      ],
      'the other file is none of its business',
    );
    proves(stage, 'held', 'file', 'a file that a page reads through a handle');
  });

  onFolder('a redacted copy can be read in its place', async (page) => {
    await page.click('#read');
    await choose(page, 'placeholder');
    await settles(
      () => got(page),
      [
        { name: 'readme.txt', text: CLEAN },
        { name: 'service.env', text: env('\u0024{ANTHROPIC_API_KEY}') },
      ],
      'with the placeholder',
    );
  });

  onFolder('what the person lets through is asked about again only when it has changed', async (page, folder) => {
    await page.click('#read');
    await choose(page, 'anyway');
    await until('it comes', async () => (await got(page)).length === 2);
    await page.evaluate(() => {
      /** @type {any} */ (globalThis).got = [];
    });
    await page.click('#read');
    await until('it comes again', async () => (await got(page)).length === 2);
    assert.equal(await page.warning(), null);
    fs.writeFileSync(path.join(folder, 'service.env'), `${env(key())}\n`);
    await page.click('#read');
    await choose(page, 'keep-out');
  });

  onPage("a file in the site's own storage is read as ever", stage, '/pages/fields.html', async (page) => {
    await page.goto(`${stage.site.secure}/pages/handles.html`);
    const text = env(key());
    await page.evaluate((/** @type {string} */ value) => {
      /** @type {any} */ (globalThis).text = value;
    }, text);
    await page.click('#own');
    await settles(() => got(page), [{ name: 'own.txt', text }], 'the page has it already');
    assert.equal(await page.warning(), null);
  });
});

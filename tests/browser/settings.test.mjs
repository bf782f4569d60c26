// Values that an administrator sets, right ones and wrong ones. Each test has a right value beside the wrong ones, whose effect shows that
// the values have arrived: browsers deliver them seconds after the start.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { openSite } from './site.mjs';
import { noWarning, textIn, until, warned } from './steps.mjs';
import { browsers, extensionFor, launch } from './suite.mjs';
import { key, sample } from './texts.mjs';

const GECKO_ID = 'extension@keystay';
const CHROMIUM_POLICIES = '/etc/chromium/policies/managed';

/** Chromium needed up to 14 s on an idle machine. */
const ARRIVES_WITHIN = 90_000;

/** On a busy machine Chromium can miss its own file at the start; it reads it again when it changes, as an administrator's tool would do. */
const WRITTEN_AGAIN_EVERY = 8000;

/** Each question is a paste; a browser that is asked all the time has none left for its policies. */
const BETWEEN_QUESTIONS = 500;

for (const name of browsers) {
  describe(name, () => {
    test(
      'wrong types beside a right mode: the mode counts, and no rule and no site is let off',
      { timeout: 200_000 },
      (context) =>
        withManaged(
          context,
          name,
          { mode: 'block', offRules: 'anthropic-api-key', blockRules: { a: 1 }, trustedSites: 7 },
          async (ask) => {
            await until('the mode has arrived', async () => !(await ask(key())).includes('anyway'), ARRIVES_WITHIN);
          },
        ),
    );

    test(
      'a mode of the wrong type is the strict default, and the right values beside it count',
      { timeout: 200_000 },
      (context) =>
        withManaged(
          context,
          name,
          { mode: 42, blockRules: ['anthropic-api-key'], trustedSites: [1, null] },
          async (ask) => {
            await until('the rules have arrived', async () => !(await ask(key())).includes('anyway'), ARRIVES_WITHIN);
            assert.ok(
              (await ask(sample('openai-project-key').text)).includes('anyway'),
              'other rules warn, as without a mode',
            );
          },
        ),
    );
  });
}

/**
 * Runs the extension under a policy. `ask` pastes a text and gives the choices of the warning.
 * @param {import('node:test').TestContext} context
 * @param {'chromium' | 'firefox'} name
 * @param {Record<string, unknown>} values
 * @param {(ask: (text: string) => Promise<string[]>) => Promise<void>} body
 */
async function withManaged(context, name, values, body) {
  const scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'keystay-managed-'));
  // A copy has an id of its own in Chromium, so that the policy of a test touches no other browser on the machine.
  const extension = path.join(scratch, 'extension');
  await fs.cp(extensionFor(name), extension, { recursive: true });
  const file = name === 'chromium' ? await chromiumPolicy(extension, values) : await firefoxManifest(scratch, values);
  if (!file) {
    context.skip(`${CHROMIUM_POLICIES} cannot be written here`);
    return;
  }
  const written = await fs.readFile(file, 'utf8');
  let times = 0;
  const again = setInterval(() => {
    fs.writeFile(file, written + '\n'.repeat(++times)).catch(() => {});
  }, WRITTEN_AGAIN_EVERY);
  const site = await openSite();
  const browser = await launch(name, name === 'chromium' ? { extension } : { extension, home: scratch });
  try {
    const page = await browser.open(`${site.a}/pages/fields.html`);
    await body(async (text) => {
      await browser.copy(text);
      await page.click('#textarea');
      await page.paste();
      const { choices } = await warned(page);
      await page.press('Escape');
      await noWarning(page);
      assert.equal(await textIn(page, '#textarea'), '');
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_QUESTIONS));
      return choices;
    });
  } finally {
    clearInterval(again);
    await browser.close();
    await site.close();
    await fs.rm(file, { force: true });
    await fs.rm(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {string} extension
 * @param {Record<string, unknown>} values
 * @returns {Promise<string | null>} the file, or null where only an administrator may write it
 */
async function chromiumPolicy(extension, values) {
  // An unpacked extension's id is made from its path: https://chromium.googlesource.com/chromium/src/+/main/components/crx_file/id_util.cc
  const digest = createHash('sha256').update(extension).digest('hex').slice(0, 32);
  const id = [...digest].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16))).join('');
  const file = path.join(CHROMIUM_POLICIES, `keystay-test-${id}.json`);
  try {
    await fs.mkdir(CHROMIUM_POLICIES, { recursive: true });
    await fs.writeFile(file, JSON.stringify({ '3rdparty': { extensions: { [id]: values } } }));
    return file;
  } catch {
    return null;
  }
}

/**
 * @param {string} home
 * @param {Record<string, unknown>} data
 */
async function firefoxManifest(home, data) {
  const folder = path.join(home, '.mozilla', 'managed-storage');
  const file = path.join(folder, `${GECKO_ID}.json`);
  await fs.mkdir(folder, { recursive: true });
  await fs.writeFile(file, JSON.stringify({ name: GECKO_ID, description: 'Test', type: 'storage', data }));
  return file;
}

// Values that an administrator sets, right ones and wrong ones. Each test has a right value beside the wrong ones, whose effect shows that
// the values have arrived: browsers deliver them seconds after the start.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { openSite } from './site.mjs';
import { noWarning, textIn, until, warned } from './steps.mjs';
import { browsers, extensionFor, launch } from './suite.mjs';
import { key, sample } from './texts.mjs';

const GECKO_ID = 'extension@keystay';
const CHROMIUM_POLICIES = '/etc/chromium/policies/managed';

/** Chromium needed up to 14 s on an idle machine. */
const ARRIVES_WITHIN = 25_000;

/**
 * Now and then Chromium starts without the policy of an extension and has none until it reads its files again, 15 minutes later
 * (`storage.managed.get()` gives `{}` all the time). The next start has it.
 */
const STARTS = 4;

/** What `docs/settings.md` shows. */
const COMPANY = `provider = 'Acme'
[[rule]]
id = 'acme-badge'
name = 'Acme badge'
env = 'ACME_BADGE'
severity = 'critical'
pattern = 'acmeb-[A-Za-z0-9]{24}'
`;

/** It would begin at every letter. */
const WRONG = COMPANY.replace(/^.*\n/, '')
  .replace('acme-badge', 'acme-wide')
  .replace('acmeb-[A-Za-z0-9]{24}', '[a-z]+');

/** Each question is a paste; a browser that is asked all the time has none left for its policies. */
const BETWEEN_QUESTIONS = 500;

for (const name of browsers) {
  describe(name, () => {
    test(
      'T15 wrong types beside a right mode: the mode counts, and no rule and no site is let off',
      { timeout: 200_000 },
      (context) =>
        withManaged(context, name, {
          values: { mode: 'block', offRules: 'anthropic-api-key', blockRules: { a: 1 }, trustedSites: 7 },
          arrived: async (ask) => !(await ask(key())).includes('anyway'),
        }),
    );

    test(
      'T15 a mode of the wrong type is the strict default, and the right values beside it count',
      { timeout: 200_000 },
      (context) =>
        withManaged(context, name, {
          values: { mode: 42, blockRules: ['anthropic-api-key'], trustedSites: [1, null] },
          arrived: async (ask) => !(await ask(key())).includes('anyway'),
          afterwards: async (ask) => {
            const choices = await ask(sample('openai-project-key').text);
            assert.ok(choices.includes('anyway'), 'other rules warn, as without a mode');
          },
        }),
    );

    test(
      "a company's rules hold what nobody else knows; a wrong one beside them takes none away",
      { timeout: 200_000 },
      (context) =>
        withManaged(context, name, {
          values: { mode: 'block', companyRules: [`${COMPANY}${WRONG}`, 'provider = '] },
          arrived: async (ask) => !(await ask(key())).includes('anyway'),
          afterwards: async (ask) => {
            const choices = await ask(`acmeb-${randomBytes(12).toString('hex')}`);
            assert.ok(choices.includes('keep-out') && !choices.includes('anyway'), String(choices));
          },
        }),
    );
  });
}

/**
 * Pastes a text and gives the choices of the warning.
 * @typedef {(text: string) => Promise<string[]>} Ask
 */

/**
 * Runs the extension under a policy until that has arrived, and then the rest of the test.
 * @param {import('node:test').TestContext} context
 * @param {'chromium' | 'firefox'} name
 * @param {{ values: Record<string, unknown>, arrived: (ask: Ask) => Promise<boolean>, afterwards?: (ask: Ask) => Promise<void> }} steps
 */
async function withManaged(context, name, { values, arrived, afterwards }) {
  const scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'keystay-managed-'));
  // A copy has an id of its own in Chromium, so that the policy of a test touches no other browser on the machine.
  const extension = path.join(scratch, 'extension');
  await fs.cp(extensionFor(name), extension, { recursive: true });
  const file = name === 'chromium' ? await chromiumPolicy(extension, values) : await firefoxManifest(scratch, values);
  if (!file) {
    context.skip(`${CHROMIUM_POLICIES} cannot be written here`);
    return;
  }
  const site = await openSite();
  try {
    for (let start = 1; ; start++) {
      const browser = await launch(name, name === 'chromium' ? { extension } : { extension, home: scratch });
      try {
        const ask = await asker(browser, `${site.a}/pages/fields.html`);
        await until('the policy has arrived', () => arrived(ask), ARRIVES_WITHIN);
        await afterwards?.(ask);
        return;
      } catch (error) {
        if (name !== 'chromium' || start === STARTS || !/the policy has arrived/.test(String(error))) throw error;
        context.diagnostic(`start ${start} had no policy`);
      } finally {
        await browser.close();
      }
    }
  } finally {
    await site.close();
    await fs.rm(file, { force: true });
    await fs.rm(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {import('./drivers/verbs.d.ts').Browser} browser
 * @param {string} url
 * @returns {Promise<Ask>}
 */
async function asker(browser, url) {
  const page = await browser.open(url);
  return async (text) => {
    await browser.copy(text);
    await page.click('#textarea');
    await page.paste();
    const { choices } = await warned(page);
    await page.press('Escape');
    await noWarning(page);
    assert.equal(await textIn(page, '#textarea'), '');
    await pause(BETWEEN_QUESTIONS);
    return choices;
  };
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

// What crosses between a frame and the background: the types say what may, and a look at the port says what did.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { noWarning, warned } from './steps.mjs';
import { onEachBrowser, onPage } from './suite.mjs';
import { sample } from './texts.mjs';

const ROOT = path.join(import.meta.dirname, '..', '..');

/** "No four characters of the secret": shorter pieces occur in any text by chance. */
const PIECE = 4;

test('no message but the scan request has a field that could hold a pasted text', { timeout: 120_000 }, async () => {
  const compiler = path.join(ROOT, 'node_modules', '.bin', 'tsc');
  const options = ['--noEmit', '--strict', '--module', 'esnext', '--moduleResolution', 'bundler', '--ignoreConfig'];
  const file = path.join(import.meta.dirname, 'messages-types.ts');
  const { stdout } = await promisify(execFile)(compiler, [...options, file], { cwd: ROOT }).catch((error) => error);
  assert.equal(stdout, '');
});

onEachBrowser((stage) => {
  const rules = ['anthropic-api-key', 'github-pat-classic', 'aws-secret-access-key', 'stripe-secret-key', 'jwt'];
  for (const rule of rules) {
    onPage(
      `what the background sends about ${rule} carries no piece of it`,
      stage,
      '/pages/fields.html',
      async (page) => {
        const samples = [sample(rule), sample(rule)];
        const messages = /** @type {string[]} */ ([]);
        for (const { text } of samples) messages.push(await sentAbout(stage, page, text));
        for (const [index, { secret }] of samples.entries()) {
          // What a message about another key of the kind says too is the rule's own words and prefix.
          const common = messages[1 - index] ?? '';
          const body = secret.slice(publicPrefix(secret).length);
          const pieces = Array.from({ length: body.length - PIECE + 1 }, (_, at) => body.slice(at, at + PIECE));
          const leaked = pieces.filter((piece) => messages[index]?.includes(piece) && !common.includes(piece));
          assert.deepEqual(leaked, []);
        }
      },
    );
  }
});

/**
 * What a provider puts before the random part, like the product's name and a version.
 * @param {string} secret
 */
function publicPrefix(secret) {
  return /^.{0,12}[-_]/.exec(secret)?.[0] ?? '';
}

/**
 * Pastes a text, keeps it out, and gives all that the background sent meanwhile.
 * @param {import('./suite.mjs').Stage} stage
 * @param {import('./drivers/verbs.d.ts').Page} page
 * @param {string} text
 */
async function sentAbout(stage, page, text) {
  // A new document opens a new port, and only ports that are opened after this can be watched.
  await stage.browser.inBackground(() => {
    const global = /** @type {any} */ (self);
    global.sent = [];
    if (global.watching) return;
    global.watching = true;
    global.chrome.runtime.onConnect.addListener((/** @type {any} */ port) => {
      const post = port.postMessage.bind(port);
      port.postMessage = (/** @type {unknown} */ message) => {
        global.sent.push(JSON.stringify(message));
        post(message);
      };
    });
  });
  await page.goto(`${stage.site.a}/pages/fields.html`);
  await stage.browser.copy(text);
  await page.click('#textarea');
  await page.paste();
  await warned(page);
  await page.press('Escape');
  await noWarning(page);
  const sent = await stage.browser.inBackground(() => /** @type {any} */ (self).sent);
  assert.ok(sent.length > 0, 'the port was watched');
  return sent.join('\n');
}

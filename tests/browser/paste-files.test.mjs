// Files that a file manager has put on the clipboard are held like those that are dropped.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { proves } from './coverage.mjs';
import { openDisplay } from './drivers/display.mjs';
import { openSite } from './site.mjs';
import { choose, until, warned } from './steps.mjs';
import { browsers, extensionFor, launch } from './suite.mjs';
import { key } from './texts.mjs';

for (const name of browsers) {
  test(`${name}: a pasted file with a key waits for the person, and each choice is done`, {
    timeout: 120_000,
  }, async (context) => {
    const display = await openDisplay();
    if (!display) {
      context.skip('Xvfb is not installed');
      return;
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keystay-paste-'));
    const site = await openSite();
    const browser = await launch(name, {
      extension: extensionFor(name),
      headless: false,
      display: display.name,
    });
    /** @type {(() => void) | null} */
    let forget = null;
    try {
      const secret = key();
      const content = `# settings\nNAME=value\nANTHROPIC_API_KEY=${secret}\n`;
      const file = path.join(folder, 'pasted.env');
      fs.writeFileSync(file, content);
      forget = await copyFile(display.name, file);
      if (!forget) {
        context.skip('xclip is not installed');
        return;
      }
      const uploads = () => site.received.filter(({ path: where }) => where === '/upload/pasted.env');
      const page = await browser.open(`${site.a}/pages/upload.html`);
      await page.click('#taker');

      await page.paste();
      assert.match((await warned(page)).text, /pasted\.env:3/);
      await choose(page, 'keep-out');
      await pause(300);
      assert.equal(uploads().length, 0, 'nothing has come');
      proves({ name }, 'held', 'file', 'a file that is pasted');

      await page.paste();
      await warned(page);
      await choose(page, 'placeholder');
      const copy = await until('a copy', async () => uploads()[0]);
      assert.ok(!copy.bytes.includes(secret) && copy.bytes.includes('ANTHROPIC_API_KEY'));

      await page.paste();
      await warned(page);
      await choose(page, 'anyway');
      const whole = await until('the file itself', async () => uploads()[1]);
      assert.equal(whole.bytes.toString(), content);
    } finally {
      forget?.();
      await browser.close();
      await site.close();
      display.close();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
}

/**
 * Offers a file on the clipboard of a screen, as file managers do.
 * @param {string} display
 * @param {string} file
 * @returns {Promise<(() => void) | null>} ends that; null where there is no program for it
 */
async function copyFile(display, file) {
  const child = spawn('xclip', ['-quiet', '-selection', 'clipboard', '-target', 'text/uri-list', '-display', display], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const end = () => {
    child.kill();
  };
  process.once('exit', end);
  child.stdin.end(`${pathToFileURL(file)}\r\n`);
  // It says that it waits for somebody to paste.
  const offers = await new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', () => resolve(false));
    child.stderr.once('data', () => resolve(true));
  });
  return offers ? end : null;
}

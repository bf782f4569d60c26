// The tools that people paste keys into, as they are: the judge is what their servers got, by everything that went over the wire.
// KEYSTAY_TOOLS names the tools, or is `all` (`./build.sh tools` installs them); without it only those that need no installation run.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { tools } from '../tools/all.mjs';
import { keepResult } from '../tools/results.mjs';
import { watch } from '../tools/watch.mjs';
import { choose, marked, until, warned } from './steps.mjs';
import { browsers, extensionFor, keepPicture, launch } from './suite.mjs';
import { benignHeld, key } from './texts.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */
/** @typedef {import('../tools/tool.d.ts').Place} Place */

/** A tool may need half a minute to start, and a page of it some seconds. */
const TOOL_WITHIN = 240_000;

const asked = process.env.KEYSTAY_TOOLS ?? 'Swagger UI';
const wanted = tools.filter(({ name }) => asked === 'all' || asked.split(',').includes(name));

/** A word that nothing else says. */
const word = () => `word-${Math.random().toString(36).slice(2).padEnd(11, '0')}`;

for (const browserName of browsers) {
  describe(browserName, () => {
    /** @type {import('./drivers/verbs.d.ts').Browser} */
    let browser;
    /** @type {string} */
    let folder;
    before(
      async () => {
        folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keystay-tools-'));
        browser = await launch(browserName, { extension: extensionFor(browserName) });
      },
      { timeout: TOOL_WITHIN },
    );
    after(async () => {
      await browser?.close();
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });

    for (const tool of wanted) {
      describe(tool.name, { skip: tool.missing() ?? false }, () => {
        /** @type {import('../tools/watch.mjs').Watch} */
        let server;
        /** @type {import('../tools/start.mjs').Running | null} */
        let running = null;
        before(
          async () => {
            server = await watch(() => running?.port ?? 0);
            const own = path.join(folder, tool.name.replaceAll(/\W/g, '-'));
            fs.mkdirSync(own);
            running = await tool.start(own, server.address);
          },
          { timeout: TOOL_WITHIN },
        );
        after(async () => {
          await server?.close();
          await running?.stop();
        });

        /**
         * @param {string} where
         * @param {string} path
         * @param {(page: Page) => Promise<string>} body gives what came of it, for docs/real-tools.md
         */
        const onTool = (where, path, body) =>
          test(`${path}, ${where} of ${tool.name}`, { timeout: TOOL_WITHIN }, async () => {
            const page = await browser.open('about:blank');
            server.forget();
            const row = {
              tool: tool.name,
              version: tool.version(),
              where,
              path,
              browser: `${browserName} ${browser.version}`,
            };
            try {
              keepResult({ ...row, result: await body(page) });
            } catch (error) {
              keepResult({ ...row, result: '**failed**' });
              await keepPicture(page, `${browserName} ${tool.name} ${where} ${path}`);
              throw error;
            } finally {
              await page.close();
            }
          });

        const arrives = (/** @type {string} */ text) =>
          until(`the server gets ${JSON.stringify(text)}`, async () => server.receivedWhole(text));
        const kept = (/** @type {string} */ secret) =>
          assert.ok(!server.received(secret), 'the server has not got the key');

        for (const place of tool.places) {
          const { name: where, send } = place;

          /** What is written next arrives, so that whatever was sent before it has arrived too. */
          const writeOn = async (/** @type {Page} */ field) => {
            const last = word();
            // Typed, Etherpad would send it in pieces.
            await browser.copy(last);
            await field.paste();
            await until('the word stands there', async () => (await place.read(field)).includes(last));
            await send?.(field);
            await arrives(last);
          };

          onTool(where, 'a benign text is pasted', async (page) => {
            const field = await place.open(page, server.named);
            const text = `${await benignHeld()} ${word()}\n\n  "second" line, with é, 100 % and <b>\nlast`;
            await browser.copy(text);
            await field.paste();
            await until('the text stands there', async () => (await place.read(field)).includes('last'));
            await send?.(field);
            await arrives(text);
            assert.equal(await field.warning(), null);
            return 'arrives unchanged';
          });

          onTool(where, 'a key is pasted and kept out', async (page) => {
            const field = await place.open(page, server.named);
            const secret = key();
            await browser.copy(`my key: ${secret}\nand a second line`);
            await field.paste();
            await warned(field);
            await choose(field, 'keep-out');
            assert.ok(!(await place.read(field)).includes(secret.slice(-12)));
            await focused(field);
            await writeOn(field);
            kept(secret);
            return 'the server never gets it';
          });

          onTool(where, 'a key is pasted and replaced', async (page) => {
            const field = await place.open(page, server.named);
            const secret = key();
            const mark = word();
            await browser.copy(`${mark} ${secret} end`);
            await field.paste();
            await warned(field);
            await choose(field, 'placeholder');
            await until('the placeholder stands there', async () => /ANTHROPIC_API_KEY/.test(await place.read(field)));
            await send?.(field);
            await arrives(mark);
            await arrives('ANTHROPIC_API_KEY');
            kept(secret);
            return 'the server gets the placeholder';
          });

          onTool(where, 'a key is pasted and sent anyway', async (page) => {
            const field = await place.open(page, server.named);
            const secret = key();
            await browser.copy(`the key ${secret} was let go`);
            await field.paste();
            await warned(field);
            await choose(field, 'anyway');
            await until('the key stands there', async () => (await place.read(field)).includes(secret));
            await send?.(field);
            await arrives(`the key ${secret} was let go`);
            return 'the server gets it whole';
          });

          onTool(where, 'a key is typed', async (page) => {
            const field = await place.open(page, server.named);
            const secret = key();
            await field.type(`key ${secret}`);
            await marked(field);
            if (place.typed !== 'held') {
              const { gap, leaves } = place.typed;
              await leaves?.(field);
              await until('the known gap: the server has the key', async () => server.received(secret));
              return `marked; ${gap}`;
            }
            await send?.(field);
            await warned(field);
            await choose(field, 'keep-out');
            await focused(field);
            await field.press('Control+A', 'Delete');
            await until('the field is empty', async () => !(await place.read(field)).includes(secret));
            await writeOn(field);
            kept(secret);
            return 'sending is held; the server never gets it';
          });
        }

        for (const { name: where, extension = '.env', open, choose: chooseFile, has, send: press } of tool.uploads) {
          /** @param {string} content */
          const file = (content) => {
            const place = path.join(folder, `${word()}${extension}`);
            fs.writeFileSync(place, content);
            return place;
          };

          const send = async (/** @type {Page} */ page) => {
            if (has) await until('the page has the file', () => has(page));
            await press?.(page);
          };

          onTool(where, 'a benign file is uploaded', async (page) => {
            const at = await open(page, server.named);
            const text = `# settings\nNAME=${word()}\n${await benignHeld()}\nLAST=é\n`;
            await chooseFile(at, file(text));
            await send(at);
            await arrives(text);
            assert.equal(await at.warning(), null);
            return 'arrives unchanged';
          });

          onTool(where, 'a file with a key is kept out', async (page) => {
            const at = await open(page, server.named);
            const secret = key();
            await chooseFile(at, file(`# settings\nANTHROPIC_API_KEY=${secret}\n`));
            await warned(at);
            await choose(at, 'keep-out');
            const next = word();
            await chooseFile(at, file(`NEXT=${next}\n`));
            await send(at);
            await arrives(next);
            kept(secret);
            return 'the server never gets it';
          });

          onTool(where, 'a file with a key is sent anyway', async (page) => {
            const at = await open(page, server.named);
            const secret = key();
            const text = `# settings\nANTHROPIC_API_KEY=${secret}\n`;
            await chooseFile(at, file(text));
            await warned(at);
            await choose(at, 'anyway');
            await send(at);
            await arrives(text);
            return 'the server gets it whole';
          });
        }
      });
    }
  });
}

/**
 * After a choice the caret is back in the field, a moment later than the warning is gone.
 * @param {Page} page
 */
async function focused(page) {
  await until('the caret is back', () =>
    page.evaluate(() => {
      const active = /** @type {HTMLElement | null} */ (document.activeElement);
      return document.hasFocus() && active !== null && (active.isContentEditable || 'value' in active);
    }),
  );
  // Where the whole document is the field, nothing tells that it has happened.
  await pause(300);
}

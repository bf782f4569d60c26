// The text of PDF files is looked into before a page gets them, and what cannot be read is said to be.

import assert from 'node:assert/strict';
import { zip } from './pack.mjs';
import { bomb, LOCKED, pdfOf, written } from './pdf.mjs';
import { choose, until, warned } from './steps.mjs';
import { onEachBrowser } from './suite.mjs';
import { key } from './texts.mjs';
import { scratchFiles, uploading } from './uploading.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/** A hostile file has all the time that the reader gives it, and this machine does other things. */
const HOSTILE_WITHIN = 75_000;

const { file } = scratchFiles();

const NOTE = (/** @type {string} */ text) =>
  `<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (${text}) >>`;

/** @type {Record<string, (secret: string) => Buffer>} */
const HOLDING = {
  'plain text': (secret) => pdfOf([written(['first page']), written(['second page', `key ${secret}`])]),
  'compressed text in pieces': (secret) =>
    pdfOf([written(['first page']), written(['second page', `key ${secret}`])], { packed: true }),
  'a comment': (secret) => pdfOf([written(['first page'])], { annotation: NOTE(`my key: ${secret}`) }),
};

onEachBrowser((stage) => {
  const { upload, onUpload, nothingUploaded } = uploading(stage);

  for (const [what, make] of Object.entries(HOLDING)) {
    onUpload(`a PDF file with a key in ${what} stays out, and its page is named`, async (page) => {
      const secret = key();
      await page.chooseFiles('#one', [file('report.pdf', make(secret))]);
      const { text, choices, markup } = await warned(page);
      assert.match(text, what === 'a comment' ? /report\.pdf, page 1/ : /report\.pdf, page 2/);
      assert.match(text, /Anthropic API key/);
      assert.doesNotMatch(text, /could be checked/);
      assert.deepEqual(choices, ['keep-out', 'anyway'], 'there is no redacted copy of a PDF file');
      assert.ok(!markup.includes(secret.slice(-12)));
      await choose(page, 'keep-out');
      await nothingUploaded();
    });
  }

  onUpload('a page that the browser itself has printed is read, with the fonts that it makes for it', async (page) => {
    const secret = key();
    const source = await stage.browser.open(`${stage.site.a}/pages/taker.html`);
    await source.evaluate((/** @type {string} */ text) => {
      document.body.innerHTML =
        '<h1>Set up</h1><p style="font: 9px serif">The <b>key</b> is <code></code>, says the manual.</p>';
      /** @type {Element} */ (document.querySelector('code')).textContent = text;
    }, secret);
    const printed = await source.print();
    await source.close();
    assert.ok(!printed.includes(secret), 'the bytes alone do not show it');
    await page.chooseFiles('#one', [file('printed.pdf', printed)]);
    assert.match((await warned(page)).text, /printed\.pdf, page 1/);
    await choose(page, 'anyway');
    assert.ok((await upload('printed.pdf')).bytes.equals(printed), 'what is let go is the file itself');
  });

  onUpload('a PDF file in an archive is read too', async (page) => {
    await page.chooseFiles('#one', [file('a.zip', zip({ 'in.pdf': pdfOf([written([key()])]) }))]);
    assert.match((await warned(page)).text, /a\.zip › in\.pdf, page 1/);
    await choose(page, 'keep-out');
    await nothingUploaded();
  });

  onUpload('a PDF file without a key arrives as it is, without a question', async (page) => {
    const clean = pdfOf([written(['nothing to see', 'in here']), ''], { packed: true });
    await page.chooseFiles('#one', [file('clean.pdf', clean)]);
    assert.ok((await upload('clean.pdf')).bytes.equals(clean));
    assert.equal(await page.warning(), null);
  });

  /** @type {Record<string, () => Buffer>} */
  const unreadable = {
    'needs a password': () => pdfOf([written(['secret'])], { encrypt: LOCKED }),
    'is cut off': () => Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog'),
    'unpacks to gigabytes': () => pdfOf([bomb(3000)]),
    'nests deeper than anybody reads': () => pdfOf([`${'['.repeat(2_000_000)} TJ`], { packed: true }),
  };
  for (const [what, make] of Object.entries(unreadable)) {
    onUpload(`of a PDF file that ${what} the person is told that it could not be checked`, async (page) => {
      await page.chooseFiles('#one', [file('odd.pdf', make())]);
      const { text, choices } = await until('a warning', () => page.warning(), HOSTILE_WITHIN);
      assert.match(text, /not all of it could be checked: odd\.pdf/);
      assert.deepEqual(choices, ['keep-out', 'anyway']);
      await choose(page, 'keep-out');
      await nothingUploaded();
      // And the reader goes on.
      await page.chooseFiles('#one', [file('next.pdf', pdfOf([written([key()])]))]);
      assert.match((await warned(page)).text, /next\.pdf, page 1/);
      await choose(page, 'keep-out');
    });
  }
});

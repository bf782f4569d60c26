// Steps of tests that hand files to a page, and look at what its server gets.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from './steps.mjs';
import { onPage } from './suite.mjs';

/** @typedef {import('./drivers/verbs.d.ts').Page} Page */

/** Makes files in a folder that goes with the tests of this spec file. */
export function scratchFiles() {
  /** @type {string} */
  let folder;
  before(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'keystay-files-'));
  });
  after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const at = (/** @type {string[]} */ ...names) => path.join(folder, ...names);
  return {
    at,
    /**
     * @param {string} name
     * @param {string | Buffer} content
     * @returns {string} its place
     */
    file(name, content) {
      fs.writeFileSync(at(name), content);
      return at(name);
    },
  };
}

/** @param {import('./suite.mjs').Stage} stage */
export function uploading(stage) {
  /** What the server has got in this test. */
  const uploads = () =>
    stage.site.received
      .filter(({ path: where }) => where.startsWith('/upload/'))
      .map(({ path: where, bytes }) => ({ name: decodeURIComponent(where.slice('/upload/'.length)), bytes }));
  return {
    uploads,
    /** @param {string} name */
    upload: (name) => until(`${name} is uploaded`, async () => uploads().find((one) => one.name === name)),
    /** Nothing has come, and nothing comes. */
    async nothingUploaded() {
      await pause(300);
      assert.deepEqual(uploads(), []);
    },
    /**
     * @param {string} sentence
     * @param {(page: Page) => Promise<void>} body
     */
    onUpload: (sentence, body) =>
      onPage(sentence, stage, '/pages/upload.html', async (page) => {
        stage.site.received.length = 0;
        await body(page);
      }),
  };
}

// A picture is no text: it is pasted as if the extension were not there.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDisplay } from './drivers/display.mjs';
import { openSite } from './site.mjs';
import { until } from './steps.mjs';
import { browsers, extensionFor, launch } from './suite.mjs';

for (const name of browsers) {
  test(`${name}: a picture is pasted untouched`, { timeout: 90_000 }, async (context) => {
    // The clipboard of a headless Firefox holds nothing but text.
    const display = name === 'firefox' ? await openDisplay() : null;
    if (name === 'firefox' && !display) {
      context.skip('Xvfb is not installed');
      return;
    }
    const site = await openSite();
    const browser = await launch(name, {
      extension: extensionFor(name),
      ...(display ? { headless: false, display: display.name } : {}),
    });
    try {
      await browser.copyImage(`${site.secure}/pages/fields.html`);
      const page = await browser.open(`${site.secure}/pages/taker.html`);
      await page.click('#taker');
      await page.paste();
      const [file] = await until('the picture', async () => {
        const files = await page.evaluate(() => /** @type {any} */ (globalThis).files);
        return files.length > 0 && files;
      });
      assert.equal(file.type, 'image/png');
      assert.ok(file.size > 0);
      assert.equal(await page.warning(), null);
    } finally {
      await browser.close();
      await site.close();
      display?.close();
    }
  });
}

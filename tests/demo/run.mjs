// `./build.sh run`: the extension on the demo page, in a throw-away profile.
//
// With a screen the browser stays open for the person. Without one a practice key is pasted into the chat by trusted keys, and a
// picture of the warning is left in target/keystay.

import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { extensionFor, launch } from '../browser/suite.mjs';
import { practiceKeys } from './keys.mjs';
import { openDemo } from './server.mjs';

const PICTURES = path.join(import.meta.dirname, '..', '..', 'target', 'keystay');
/** A cold browser on a busy machine. */
const PATIENCE = 30_000;

const name = process.argv[2] === 'firefox' ? 'firefox' : 'chromium';
const hasScreen = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY) || process.platform === 'darwin';

const demo = await openDemo();
const browser = await launch(name, { extension: extensionFor(name), headless: !hasScreen, args: profileArguments() });
// Also when this script is ended from outside, neither the browser nor its profile stays.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void finish(130));

try {
  const page = await browser.open(demo.address);
  if (hasScreen) {
    console.log(`${demo.address} is open. Copy a practice key and paste it into one of the boxes.`);
    console.log('Close the browser or press Ctrl-C to end.');
    await browser.closed;
  } else {
    await pasteAndPicture(page);
  }
  await finish(0);
} catch (error) {
  console.error(error);
  await finish(1);
}

/** The driver of Firefox removes its profile however it ends. Puppeteer gives up when Chromium still writes, as it does on Ctrl-C. */
function profileArguments() {
  if (name === 'firefox') return [];
  const profile = mkdtempSync(path.join(os.tmpdir(), 'keystay-chromium-'));
  process.once('exit', () => rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return [`--user-data-dir=${profile}`];
}

/** @param {import('../browser/drivers/verbs.d.ts').Page} page */
async function pasteAndPicture(page) {
  const [key] = practiceKeys();
  if (!key) throw new Error('there are no rules, so there is no key to paste');
  await browser.copy(key.text);
  await page.click('#message');
  await page.paste();
  const end = Date.now() + PATIENCE;
  let warning = await page.warning();
  while (!warning || warning.inert.length > 0) {
    if (Date.now() > end) throw new Error('a key was pasted and no warning came');
    await pause(50);
    warning = await page.warning();
  }
  const file = path.join(PICTURES, `warning-${name}.png`);
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot(file);
  console.log(
    `There is no screen here, so a practice key was pasted into the chat box for you. ${name} ${browser.version} says:`,
  );
  console.log(warning.text.replaceAll(/^(?=.)/gm, '  '));
  console.log(`A picture of it: ${path.relative(process.cwd(), file)}`);
}

/** @param {number} code */
async function finish(code) {
  demo.close();
  await browser.close().catch(() => {});
  process.exit(code);
}

// Etherpad: a page in a frame in a frame that sends each keystroke by itself.

import fs from 'node:fs';
import path from 'node:path';
import { appears, clickWhenThere } from '../page.mjs';
import { CACHE, start } from '../start.mjs';

const INSTALLED = path.join(CACHE, 'etherpad', 'ep');
const SERVER = path.join(INSTALLED, 'src', 'node', 'server.js');

let pads = 0;

/** @param {string} address */
const newPad = (address) => `${address}/p/pad-${++pads}`;

/**
 * @param {import('../../browser/drivers/verbs.d.ts').Page} page
 * @param {string} address
 */
async function openPad(page, address) {
  await page.goto(newPad(address));
  await appears(page, 'iframe[name=ace_outer]');
  const outer = await page.frame('iframe[name=ace_outer]');
  await appears(outer, 'iframe[name=ace_inner]');
  const inner = await outer.frame('iframe[name=ace_inner]');
  await clickWhenThere(inner, '#innerdocbody[contenteditable=true]');
  return inner;
}

/** @type {import('../tool.d.ts').Tool} */
export const etherpad = {
  name: 'Etherpad',
  missing: () => (fs.existsSync(SERVER) ? null : 'Etherpad is not installed: ./build.sh tools'),
  version: () => JSON.parse(fs.readFileSync(path.join(INSTALLED, 'src', 'package.json'), 'utf8')).version,
  start(folder) {
    return start(folder, (port) => {
      const settings = {
        ip: '127.0.0.1',
        port,
        dbType: 'dirty',
        dbSettings: { filename: path.join(folder, 'pads.db') },
        defaultPadText: '',
        suppressErrorsInPadText: true,
        minify: false,
        loglevel: 'WARN',
      };
      fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings));
      // Its keys would be written into its own folder.
      const own = ['settings', 'sessionkey', 'apikey'].flatMap((name) => [
        `--${name}`,
        path.join(folder, name === 'settings' ? 'settings.json' : `${name}.txt`),
      ]);
      return { command: process.execPath, args: [SERVER, ...own] };
    });
  },
  places: [
    {
      name: 'a pad',
      open: openPad,
      read: (page) =>
        page.evaluate(() =>
          [...(document.querySelector('#innerdocbody')?.children ?? [])].map((line) => line.textContent).join('\n'),
        ),
      send: null,
      typed: { gap: 'each keystroke has gone out before (known gap)', leaves: null },
    },
  ],
  uploads: [
    {
      name: 'an import',
      extension: '.txt',
      async open(page, address) {
        await openPad(page, address);
        await page.click('li[data-key=import_export] button');
        await appears(page, '#import_export.popup-show #importfileinput');
        // It asks before it imports; no driver answers a dialog of the browser.
        await page.evaluate(() => {
          window.confirm = () => true;
        });
        return page;
      },
      choose: (page, file) => page.chooseFiles('#importfileinput', [file]),
      has: (page) =>
        page.evaluate(() => /** @type {any} */ (document.querySelector('#importfileinput')).files.length > 0),
      send: (page) => page.click('#importsubmitinput'),
    },
  ],
};

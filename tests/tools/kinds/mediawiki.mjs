// MediaWiki: a form that is sent and loads another page, and a form for files.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { appears, clickWhenThere, valueIn } from '../page.mjs';
import { CACHE, start } from '../start.mjs';

const INSTALLED = path.join(CACHE, 'mediawiki', 'usr', 'share', 'mediawiki');

/** Whoever comes may edit already; here they may upload text as well. */
const SETTINGS = `
$wgServer = WebRequest::detectServer();
$wgEnableUploads = true;
$wgUploadDirectory = __DIR__ . '/images';
$wgGroupPermissions['*']['upload'] = true;
$wgFileExtensions[] = 'env';
$wgVerifyMimeType = false;
`;

let pages = 0;

/** @type {import('../tool.d.ts').Tool} */
export const mediaWiki = {
  name: 'MediaWiki',
  missing() {
    if (!fs.existsSync(path.join(INSTALLED, 'index.php'))) return 'MediaWiki is not installed: ./build.sh tools';
    try {
      execFileSync('php', ['--version'], { stdio: 'ignore' });
      return null;
    } catch {
      return 'PHP is not installed: ./build.sh tools';
    }
  },
  version() {
    const source = fs.readFileSync(path.join(INSTALLED, 'includes', 'Defines.php'), 'utf8');
    return /'MW_VERSION', '([^']+)'/.exec(source)?.[1] ?? 'unknown';
  },
  async start(folder) {
    const settings = path.join(folder, 'LocalSettings.php');
    execFileSync(
      'php',
      [
        path.join(INSTALLED, 'maintenance', 'install.php'),
        ...['--confpath', folder, '--dbtype', 'sqlite', '--dbpath', folder, '--dbname', 'wiki', '--scriptpath', ''],
        ...['--server', 'http://127.0.0.1', '--pass', randomBytes(12).toString('hex'), 'Wiki', 'Admin'],
      ],
      { stdio: 'ignore' },
    );
    fs.appendFileSync(settings, SETTINGS);
    fs.mkdirSync(path.join(folder, 'images'));
    return start(folder, (port) => ({
      command: 'php',
      args: ['-S', `127.0.0.1:${port}`, '-t', INSTALLED],
      env: { MW_CONFIG_FILE: settings, PHP_CLI_SERVER_WORKERS: '4' },
    }));
  },
  places: [
    {
      name: 'a page',
      async open(page, address) {
        await page.goto(`${address}/index.php?title=Page_${++pages}&action=edit`);
        await clickWhenThere(page, '#wpTextbox1');
        return page;
      },
      read: (page) => valueIn(page, '#wpTextbox1'),
      send: (page) => page.click('#wpSave'),
      typed: { gap: 'a draft has gone out after three seconds (known gap)', leaves: null },
    },
  ],
  uploads: [
    {
      name: 'a file',
      async open(page, address) {
        await page.goto(`${address}/index.php?title=Special:Upload`);
        await appears(page, '#wpUploadFile');
        return page;
      },
      choose: (page, file) => page.chooseFiles('#wpUploadFile', [file]),
      has: (page) => page.evaluate(() => /** @type {any} */ (document.querySelector('#wpUploadFile')).files.length > 0),
      send: (page) => page.click('[name=wpUpload]'),
    },
  ],
};

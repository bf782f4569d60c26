// The last step of the build: sources and generated parts become the folders dist/chromium and dist/firefox that browsers load.
// Nothing is minified: what ships can be read.

import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { writeIcons } from './icons.mjs';
import { licences } from './licenses.mjs';
import { BROWSERS, DIST, EXTENSION, GENERATED, ROOT } from './paths.mjs';
import { withoutCode } from './without-code.mjs';

const making = path.join(DIST, '.making');

/** The extension's own pages: each has its folder. */
const PAGES = ['popup', 'options', 'history', 'welcome'];

/**
 * Leaves what is for translators out of the words that a content script brings along: every frame of every page loads it.
 * @type {import('esbuild').Plugin}
 */
const messagesOnly = {
  name: 'messages only',
  setup(esbuild) {
    esbuild.onLoad({ filter: /messages\.json$/ }, async ({ path: file }) => {
      const entries = Object.entries(JSON.parse(await readFile(file, 'utf8')));
      const contents = JSON.stringify(Object.fromEntries(entries.map(([key, { message }]) => [key, { message }])));
      return { contents, loader: 'json' };
    });
  },
};

await rm(making, { recursive: true, force: true });
await mkdir(path.join(making, 'icons'), { recursive: true });

await Promise.all([
  // A module, because both browsers load the background as one; content scripts are classic scripts.
  bundle('background/main.ts', 'background.js', 'esm'),
  bundle('content/main.ts', 'content.js', 'iife'),
  bundle('page/main.ts', 'page.js', 'iife'),
  bundle('page/net/main.ts', 'net.js', 'iife'),
  writeIcons(path.join(making, 'icons')),
  bundle('pdf/main.ts', 'pdf/main.js', 'esm'),
  bundle('pdf/worker.ts', 'pdf/worker.js', 'esm'),
  copy('pdf/index.html'),
  ...PAGES.flatMap((page) => [bundle(`${page}/main.ts`, `${page}/main.js`, 'esm'), copy(`${page}/index.html`)]),
  cp(path.join(EXTENSION, 'shared', 'page.css'), path.join(making, 'page.css')),
  copy('manifest.json'),
  copy('managed.json'),
  copy('_locales'),
  writeFile(path.join(making, 'licenses.txt'), await licences()),
  cp(path.join(GENERATED, 'engine', 'keystay.wasm'), path.join(making, 'keystay.wasm')),
  cp(path.join(GENERATED, 'catalog.json'), path.join(making, 'catalog.json')),
  cp(path.join(GENERATED, 'company', 'keystay.wasm'), path.join(making, 'keystay-company.wasm')),
]);

// One set of files serves both browsers, but for the manifest. A build that failed before this point leaves the last good folders alone.
for (const browser of BROWSERS) {
  const folder = path.join(DIST, browser);
  await rm(folder, { recursive: true, force: true });
  await cp(making, folder, { recursive: true });
}
await writeFile(path.join(DIST, 'firefox', 'manifest.json'), await manifestForFirefox());
await rm(making, { recursive: true });

/**
 * @param {string} entry
 * @param {string} file
 * @param {'esm' | 'iife'} format
 */
function bundle(entry, file, format) {
  return build({
    entryPoints: [path.join(EXTENSION, entry)],
    outfile: path.join(making, file),
    bundle: true,
    // The bundler names each source by its way from here.
    absWorkingDir: ROOT,
    // Also where the tools stand elsewhere.
    preserveSymlinks: true,
    format,
    // The oldest versions that the manifest admits.
    target: ['chrome123', 'firefox140'],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    logOverride: { 'import-is-undefined': 'error' },
    plugins: [messagesOnly, withoutCode],
    alias: {
      'keystay:tripwire': path.join(GENERATED, 'tripwire.js'),
      'keystay:engine': path.join(GENERATED, 'engine', 'keystay.js'),
      'keystay:company': path.join(GENERATED, 'company', 'keystay.js'),
    },
  });
}

/** Firefox runs the background as a page, which can start workers, and warns about what Chromium needs instead. */
async function manifestForFirefox() {
  const manifest = JSON.parse(await readFile(path.join(EXTENSION, 'manifest.json'), 'utf8'));
  delete manifest.background.service_worker;
  manifest.permissions = manifest.permissions.filter((/** @type {string} */ name) => name !== 'offscreen');
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** @param {string} name */
function copy(name) {
  return cp(path.join(EXTENSION, name), path.join(making, name), { recursive: true });
}

// Makes an extension out of the built one in which the rival asks instead of the warning. In a folder of its own; nothing of it ships.

import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { extensionFor } from '../suite.mjs';

/**
 * @param {'chromium' | 'firefox'} name
 * @returns {Promise<string>} its folder, to be removed by the caller
 */
export async function assemble(name) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'keystay-rival-'));
  await fs.cp(extensionFor(name), folder, { recursive: true });
  for (const file of ['rival', 'rival-frame']) {
    await build({
      entryPoints: [path.join(import.meta.dirname, `${file}.ts`)],
      outfile: path.join(folder, `${file}.js`),
      bundle: true,
      format: 'iife',
      target: 'es2023',
    });
  }
  for (const file of ['rival.html', 'rival.css'])
    await fs.copyFile(path.join(import.meta.dirname, file), path.join(folder, file));
  const file = path.join(folder, 'manifest.json');
  const manifest = JSON.parse(await fs.readFile(file, 'utf8'));
  manifest.content_scripts = [
    { matches: ['<all_urls>'], js: ['rival.js'], run_at: 'document_start', all_frames: true },
  ];
  manifest.web_accessible_resources = [
    { resources: ['rival.html', 'rival.css', 'rival-frame.js'], matches: ['<all_urls>'] },
  ];
  await fs.writeFile(file, JSON.stringify(manifest));
  return folder;
}

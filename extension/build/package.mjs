// What goes to the stores: dist/keystay-<browser>-<version>.zip of each built folder, with its SHA-256. The same sources and the same Node.js give
// the same bytes, wherever they lie.

import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BROWSERS, DIST } from './paths.mjs';
import { zip } from './zip.mjs';

for (const browser of BROWSERS) {
  const folder = path.join(DIST, browser);
  const { version } = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8'));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => {
        const file = path.join(parentPath, name);
        return [path.relative(folder, file).split(path.sep).join('/'), await readFile(file)];
      }),
  );
  const archive = zip(Object.fromEntries(files));
  const name = `keystay-${browser}-${version}.zip`;
  await writeFile(path.join(DIST, name), archive);
  console.log(`${createHash('sha256').update(archive).digest('hex')}  ${name}`);
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const browser = path.resolve(here, '../../../extension/shared/browser');

/**
 * The warning as one script for a page; its functions are on `window.warning`. Axe sees nothing in a closed root and reports no violation
 * there, so `mode: 'open'` changes that one word of the source, in the bundle only.
 * @param {{ mode?: 'open' | 'closed' }} [options]
 */
export async function bundle({ mode = 'closed' } = {}) {
  const { outputFiles } = await build({
    entryPoints: [path.join(here, 'page.ts')],
    bundle: true,
    format: 'iife',
    globalName: 'warning',
    write: false,
    target: 'es2023',
    plugins: [standIn, root(mode)],
  });
  return outputFiles[0]?.text ?? '';
}

/** @type {import('esbuild').Plugin} */
const standIn = {
  name: 'stand-in for the browser calls',
  setup(esbuild) {
    esbuild.onResolve({ filter: /\/browser$/ }, ({ path: name, resolveDir }) =>
      path.resolve(resolveDir, name) === browser ? { path: path.join(here, 'browser.ts') } : null,
    );
  },
};

/**
 * @param {'open' | 'closed'} mode
 * @returns {import('esbuild').Plugin}
 */
function root(mode) {
  return {
    name: 'shadow root mode',
    setup(esbuild) {
      esbuild.onLoad({ filter: /warning\/surface\.ts$/ }, async ({ path: file }) => {
        const source = await readFile(file, 'utf8');
        if (source.split("mode: 'closed'").length !== 2)
          throw new Error('surface.ts must attach exactly one closed root');
        return { contents: source.replace("mode: 'closed'", `mode: '${mode}'`), loader: 'ts' };
      });
    },
  };
}

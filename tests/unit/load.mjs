// Bundles one TypeScript module of the extension and imports it, since Node 20 does not read TypeScript.
// What the build generates (`keystay:…`) is replaced by the stand-ins that a test gives.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const EXTENSION = fileURLToPath(new URL('../../extension/', import.meta.url));

/**
 * @param {string} module path below extension/
 * @param {Record<string, string>} [generated] source of each stand-in, by the name that is imported
 * @returns {Promise<any>}
 */
export async function load(module, generated = {}) {
  const result = await build({
    entryPoints: [path.join(EXTENSION, module)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    plugins: [
      {
        name: 'generated',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^keystay:/ }, ({ path: name }) => ({ path: name, namespace: 'generated' }));
          onLoad({ filter: /.*/, namespace: 'generated' }, ({ path: name }) => ({ contents: generated[name] ?? '' }));
        },
      },
    ],
  });
  const [{ contents }] = /** @type {[{ contents: Uint8Array }]} */ (/** @type {unknown} */ (result.outputFiles));
  return import(`data:text/javascript;base64,${Buffer.from(contents).toString('base64')}`);
}

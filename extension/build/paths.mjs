// Where the build finds and leaves things.

import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '..', '..');
export const EXTENSION = path.join(ROOT, 'extension');
export const DIST = path.join(ROOT, 'dist');
/** What is generated and bundled: the tripwire and the engine. */
export const GENERATED = path.join(ROOT, 'target', 'keystay');
export const NODE_MODULES = path.join(ROOT, 'node_modules');
export const BROWSERS = ['chromium', 'firefox'];

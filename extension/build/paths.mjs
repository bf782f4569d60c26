// Where the build finds and leaves things.

import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '..', '..');
export const EXTENSION = path.join(ROOT, 'extension');
/** KEYSTAY_DIST names another folder, for a build that leaves this one alone. */
export const DIST = process.env.KEYSTAY_DIST ?? path.join(ROOT, 'dist');
/** What is generated and bundled: the tripwire and the engine. */
export const GENERATED = path.join(ROOT, 'target', 'keystay');
export const NODE_MODULES = path.join(ROOT, 'node_modules');
export const BROWSERS = ['chromium', 'firefox'];

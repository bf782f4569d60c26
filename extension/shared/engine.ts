// An engine of a page's own, loaded when it is first needed. What a person registers or tries goes into it and nowhere else: no message
// carries it, and the background gets to see the fingerprints only.

import * as engine from 'keystay:company';
import { extensionUrl } from './browser';
import { changeSecrets, type Registered, readSecrets } from './secrets';

export type PageEngine = typeof engine;

/** What the salt of the fingerprints is made of (`SALT` in `src/own.rs`). */
const SALT_BYTES = 32;

let started: Promise<PageEngine> | null = null;

async function start(): Promise<PageEngine> {
  engine.initSync({ module: await WebAssembly.compileStreaming(fetch(extensionUrl('keystay-company.wasm'))) });
  return engine;
}

/** Calls it, and throws it away when it fails: it may be broken. */
export async function withEngine<T>(call: (engine: PageEngine) => T): Promise<T> {
  started ??= start();
  let one: PageEngine;
  try {
    one = await started;
  } catch (error) {
    started = null;
    throw error;
  }
  try {
    return call(one);
  } catch (error) {
    one.__wbg_reset_state();
    throw error;
  }
}

type Store = ReturnType<PageEngine['registerSecret']>;

/** Registers one value under a name; what the engine refused. */
export function registerSecret(label: string, value: string): Promise<Store['refused']> {
  return changed((one) => one.registerSecret(label, value, salt()));
}

export interface Taken {
  readonly refused: Store['refused'];
  readonly added: number;
}

/** Registers the values of a text of the form of a `.env` file. */
export async function registerFile(text: string): Promise<Taken> {
  const before = (await readSecrets()).registered.length;
  const refused = await changed((one) => one.registerSecrets(text, salt()));
  return { refused, added: (await readSecrets()).registered.length - before };
}

export async function forgetSecret(id: string): Promise<void> {
  await changed((one) => one.forgetSecret(id));
}

/** Needs no engine, so that also what cannot be read can be thrown away. */
export function forgetSecrets(): Promise<void> {
  return changeSecrets(async () => null);
}

async function changed(change: (engine: PageEngine) => Store): Promise<Store['refused']> {
  let refused: Store['refused'] = [];
  await changeSecrets(async (now) => {
    const { store, registered } = now;
    const after = await withEngine((one) => {
      one.setOwnSecrets(store);
      return change(one);
    });
    refused = after.refused;
    if (after.registered.length === registered.length) return now;
    const known = new Map(registered.map((one) => [one.id, one]));
    const listed = after.registered.map(
      (one): Registered => known.get(one.id) ?? { ...one, since: Date.now(), snoozed: 0 },
    );
    return { store: after.store, registered: listed };
  });
  return refused;
}

function salt(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(SALT_BYTES));
}

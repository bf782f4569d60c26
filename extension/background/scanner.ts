// The one scanner of the browser: a wasm instance that is thrown away whenever it may be broken or has grown too big.

import { __wbg_reset_state, checkSettings, initSync, judge, practiceKey, warmUp } from 'keystay:engine';
import { extensionUrl } from '../shared/browser';
import type { Judgement } from '../shared/messages';
import { named } from './names';

export interface Destination {
  readonly origin: string;
  readonly page: string;
}

/** Linear memory never shrinks: one long text would hold its size for the life of the browser. */
const MEMORY_BUDGET = 32 * (1 << 20);

let module: WebAssembly.Module | null = null;

/** Compiles and builds the scanner. Starting early is what makes the first paste of a fresh worker fast. */
const started: Promise<void> = start();

async function start(): Promise<void> {
  module = await WebAssembly.compileStreaming(fetch(extensionUrl('keystay.wasm')));
  initSync({ module });
  warmUp();
}

/** Rejects when no instance, not even a fresh one, could judge the text. */
export async function judged(flavours: string[], destination: Destination, settings: unknown): Promise<Judgement> {
  await started;
  try {
    return await named(retrying(() => judge(flavours, destination, settings)));
  } finally {
    if (memoryInUse() > MEMORY_BUDGET) __wbg_reset_state();
  }
}

export async function settingsProblems(raw: unknown): Promise<{ key: string; expected: string }[]> {
  await started;
  return retrying(() => checkSettings(raw)).problems;
}

/** Rejects when the browser could not start the scanner: nothing can be checked then. */
export function scannerStarted(): Promise<void> {
  return started;
}

/** Far more than the longest practice key has characters. */
const RANDOM_BYTES = 256;

export async function newPracticeKey(): Promise<string> {
  await started;
  const key = retrying(() => practiceKey(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES))));
  if (key === undefined) throw new Error('no practice key');
  return key;
}

/**
 * A panic is a trap, and an instance that trapped can look alive and answer wrongly. No exception is trusted to be harmless:
 * a fresh instance costs less than a millisecond.
 */
function retrying<T>(call: () => T): T {
  try {
    return call();
  } catch {
    __wbg_reset_state();
  }
  try {
    return call();
  } catch (error) {
    __wbg_reset_state();
    throw error;
  }
}

function memoryInUse(): number {
  if (module === null) return 0;
  // Once started, this only gives the current instance's exports.
  const { memory } = initSync({ module }) as { memory: WebAssembly.Memory };
  return memory.buffer.byteLength;
}

// The one scanner of the browser: a wasm instance that is thrown away whenever it may be broken or has grown too big.
//
// There are two modules of it. The one that can read a company's or a person's own rules is half as large again, so it is loaded only
// where there are such rules.

import * as company from 'keystay:company';
import * as standard from 'keystay:engine';
import type { Additions } from '../shared/additions';
import { extensionUrl } from '../shared/browser';
import type { Judgement, Kind, Refused } from '../shared/messages';
import { named } from './names';

export interface Destination {
  readonly origin: string;
  readonly page: string;
}

/** What a person and a company have added to what the engine knows. */
export interface Knowledge {
  /** Texts of rules, by the names under which a wrong one is reported. */
  readonly rules: Readonly<Record<string, string>>;
  /** Fingerprints of own secrets, as the engine wrote them; empty for none. */
  readonly secrets: string;
}

/** What the engine made of it. */
export interface Learned {
  readonly kinds: readonly Kind[];
  readonly refused: readonly Refused[];
  /** The fingerprints cannot be read. */
  readonly damaged: boolean;
  readonly additions: Omit<Additions, 'asked'>;
}

type Engine = typeof standard;

const NOTHING: Knowledge = { rules: {}, secrets: '' };

/** Linear memory never shrinks: one long text would hold its size for the life of the browser. This much more than it began with. */
const MEMORY_BUDGET = 12 * (1 << 20);

const modules = new Map<Engine, Promise<WebAssembly.Module>>();

/** Compiles ahead of the first text, which is what makes the first paste of a fresh worker fast. */
const started = compiled(standard);

/** The engine in use, the module that it is made of, what it was told, and what that came to. */
let use: { engine: Engine; module: WebAssembly.Module; knowledge: Knowledge; learned: Learned; least: number } | null =
  null;

function compiled(engine: Engine): Promise<WebAssembly.Module> {
  const known = modules.get(engine);
  if (known !== undefined) return known;
  const file = engine === standard ? 'keystay.wasm' : 'keystay-company.wasm';
  const compiling = WebAssembly.compileStreaming(fetch(extensionUrl(file)));
  modules.set(engine, compiling);
  return compiling;
}

/** Rejects when no instance, not even a fresh one, could judge the text. */
export async function judged(
  flavours: string[],
  destination: Destination,
  settings: unknown,
  knowledge: Knowledge,
): Promise<Judgement> {
  const engine = engineFor(knowledge);
  return named(judgedNow(engine, await compiled(engine), flavours, destination, settings, knowledge));
}

/** Gives no turn away: whoever asks next with other knowledge finds the engine whole. */
function judgedNow(
  engine: Engine,
  module: WebAssembly.Module,
  flavours: string[],
  destination: Destination,
  settings: unknown,
  knowledge: Knowledge,
): Judgement {
  learn(engine, module, knowledge);
  try {
    return retrying(() => engine.judge(flavours, destination, settings));
  } finally {
    if (use !== null && memoryOf(engine, module) > use.least + MEMORY_BUDGET) restart();
  }
}

export async function learned(knowledge: Knowledge): Promise<Learned> {
  const engine = engineFor(knowledge);
  return learn(engine, await compiled(engine), knowledge);
}

/** Whether what is usually noted is asked about, so that it must be held. */
export function asksAboutNotes(raw: unknown): Promise<boolean> {
  return withAny((engine) => engine.checkSettings(raw).asked);
}

export function settingsProblems(raw: unknown): Promise<{ key: string; expected: string }[]> {
  return withAny((engine) => engine.checkSettings(raw).problems);
}

/**
 * Rejects when the browser could not start the scanner: nothing can be checked then. Browsers compile each function when it is first
 * called; where no text has come yet, the engine makes them do that now.
 */
export async function scannerStarted(): Promise<void> {
  await withAny((engine) => engine.warmUp());
}

/** Far more than the longest practice key has characters. */
const RANDOM_BYTES = 256;

export function newPracticeKey(): Promise<string> {
  return withAny((engine) => {
    const key = engine.practiceKey(crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)));
    if (key === undefined) throw new Error('no practice key');
    return key;
  });
}

function engineFor({ rules }: Knowledge): Engine {
  return Object.keys(rules).length > 0 ? company : standard;
}

/** For what does not depend on what the engine was told. */
async function withAny<T>(call: (engine: Engine) => T): Promise<T> {
  const module = await started;
  if (use === null) learn(standard, module, NOTHING);
  return retrying(() => call(use?.engine ?? standard));
}

function learn(engine: Engine, module: WebAssembly.Module, knowledge: Knowledge): Learned {
  if (use !== null && use.engine === engine && same(use.knowledge, knowledge)) return use.learned;
  use = null;
  // Once started, this only gives the current instance's exports.
  engine.initSync({ module });
  return teach(engine, module, knowledge);
}

function teach(engine: Engine, module: WebAssembly.Module, knowledge: Knowledge): Learned {
  try {
    const { kinds, refused } =
      engine === company ? company.setCompanyRules(knowledge.rules) : { kinds: [], refused: [] };
    const damaged = !takes(engine, knowledge.secrets);
    const learned = { kinds, refused, damaged, additions: engine.tripwireAdditions() };
    use = { engine, module, knowledge, learned, least: memoryOf(engine, module) };
    return learned;
  } catch (error) {
    use = null;
    engine.__wbg_reset_state();
    throw error;
  }
}

/** Whether the engine could read the fingerprints. An error of the engine's own is its answer; anything else is a broken instance. */
function takes(engine: Engine, secrets: string): boolean {
  try {
    engine.setOwnSecrets(secrets);
    return true;
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) throw error;
    engine.setOwnSecrets('');
    return false;
  }
}

function same(one: Knowledge, other: Knowledge): boolean {
  return one === other || (one.secrets === other.secrets && JSON.stringify(one.rules) === JSON.stringify(other.rules));
}

/** A fresh instance that was told the same. */
function restart(): void {
  if (use === null) return;
  const { engine, module, knowledge } = use;
  engine.__wbg_reset_state();
  teach(engine, module, knowledge);
}

/**
 * A panic is a trap, and an instance that trapped can look alive and answer wrongly. No exception is trusted to be harmless:
 * a fresh instance costs less than a millisecond.
 */
function retrying<T>(call: () => T): T {
  try {
    return call();
  } catch {
    restart();
  }
  try {
    return call();
  } catch (error) {
    restart();
    throw error;
  }
}

function memoryOf(engine: Engine, module: WebAssembly.Module): number {
  const { memory } = engine.initSync({ module }) as { memory: WebAssembly.Memory };
  return memory.buffer.byteLength;
}

// The modules that build.sh generates and esbuild bundles; none is committed.

/** From the rule files, by `keystay tripwire`. */
declare module 'keystay:tripwire' {
  /** Whether the person could be asked about a text, where notes are only notes. Says yes too often, never too seldom. */
  export function mustBeHeld(text: string): boolean;
  /** Whether anything could be said about it, be it a note. */
  export function mayHoldSecret(text: string): boolean;
  /** What company rules and own secrets add, from `tripwireAdditions` of the engine. Takes the place of what was added before. */
  export function add(additions: { leads: string[]; run: number }): void;
}

/** wasm-bindgen's glue around the scanner (`src/web.rs`). */
declare module 'keystay:engine' {
  /** Starts the scanner from the compiled module. Once, before any other call. */
  export function initSync(options: { module: WebAssembly.Module }): unknown;

  /**
   * Throws the instance away and starts a fresh one from the same compiled module, synchronously; linear memory goes with
   * the old one. Call it after any exception that is not an Error made by the engine itself (a `WebAssembly.RuntimeError` or
   * a `RangeError`), since such an instance may answer as if it were whole, and when linear memory has grown too far, since
   * it never shrinks.
   */
  export function __wbg_reset_state(): void;

  /** Judges a practice key, so that the first text does not wait for functions to be compiled. */
  export function warmUp(): void;

  /** `flavours[0]` is the plain text. The names of built-in rules are empty: `catalog.json` has them. Throws an Error when the caller's values have the wrong shape. */
  export function judge(
    flavours: string[],
    destination: { origin: string; page: string },
    settings: unknown,
  ): import('./messages').Judgement;

  /** Which settings cannot be used, and what was expected instead; and whether what is usually noted is asked about. */
  export function checkSettings(raw: unknown): { problems: { key: string; expected: string }[]; asked: boolean };

  export function about(): { version: string; rules: number };

  /** A key of the right shape that is worth nothing; undefined when the random bytes are too few. */
  export function practiceKey(random: Uint8Array): string | undefined;

  /** Everything that is found in a text, with what would follow for each, also where nothing would. */
  export function explain(text: string, settings: unknown): import('./messages').Explained[];

  /** What was kept of own secrets; an empty text forgets them. Throws an Error when it cannot be read, and keeps what it had. */
  export function setOwnSecrets(store: string): void;

  /** Registers the values of a `.env` file. `salt` is 32 random bytes, used where nothing is registered yet. */
  export function registerSecrets(env: string, salt: Uint8Array): Store;

  export function registerSecret(label: string, value: string, salt: Uint8Array): Store;

  export function forgetSecret(id: string): Store;

  interface Store {
    /** For `setOwnSecrets`. */
    store: string;
    registered: { id: string; label: string; length: number }[];
    refused: { label: string; reason: 'placeholder' | 'guessable' | 'long' | 'known' | 'full' | 'label' }[];
  }

  /** What each frame's tripwire must be told. */
  export function tripwireAdditions(): Omit<import('./additions').Additions, 'asked'>;
}

/** The same from a module that can read a company's or a person's own rules. */
declare module 'keystay:company' {
  export * from 'keystay:engine';

  /** Takes over rules, by the names of their files, in place of those before. */
  export function setCompanyRules(files: Readonly<Record<string, string>>): {
    kinds: import('./messages').Kind[];
    refused: import('./messages').Refused[];
  };
}

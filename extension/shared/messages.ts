// Every message that crosses between a page's frame and the background, in one place.
// ScanPart is the only type with a field that can hold what a person pasted (`part`); a test asserts that it stays so.

/**
 * `type` is a look at what stands in a field and may come again with every pause; `request` is what a page sends by itself, of which much
 * has been decided about before. The others are holds.
 */
export type Way = 'paste' | 'drop' | 'type' | 'send' | 'request' | 'file';

/** Content → background. The text of one held event, cut into parts that stay far below the browser's message limit. */
export interface ScanPart {
  readonly kind: 'scan';
  /** How the text was on its way into the page. */
  readonly way: Way;
  /** Number of the hold within this frame; the answer carries it back. */
  readonly hold: number;
  /** Which flavour the part belongs to: 0 is the plain text, others follow in the order they were read (HTML, URI list). */
  readonly flavour: number;
  /** At most PART_LENGTH UTF-16 units; parts of one flavour are joined in the order they arrive. */
  readonly part: string;
  /** There is more that was held and could not be read. */
  readonly partial: boolean;
  /** True on the last part of the last flavour: judge now. */
  readonly last: boolean;
}

/** Background → content: what to do with the hold. Offsets are UTF-16 units in the named flavour. */
export interface ScanAnswer {
  readonly kind: 'judged';
  readonly hold: number;
  readonly judgement: Judgement;
  /** What the person may ask not to be asked about again; nothing in a private window. */
  readonly remember: readonly Remember[];
}

/** Background → content: the text could not be judged, even by a fresh scanner. The hold stays. */
export interface ScanFailure {
  readonly kind: 'failed';
  readonly hold: number;
  /** Site that would get the text, in the words of `Judgement.site`. */
  readonly site: string;
}

/** Background → content: what a person decided is shown on the badge; sent by the content script when a warning opens or closes. */
export interface WarningState {
  readonly kind: 'warning';
  readonly open: boolean;
}

/** What becomes of what was found. */
export type Choice = 'keep-out' | 'placeholder' | 'anyway';

/** Why a person lets something through all the same. */
export type Reason = 'test' | 'not-secret' | 'risk';

/** About what nobody is asked again at the same site: this value, this kind of key, anything. */
export type Remember = 'value' | 'kind' | 'site';

/** What a person answered, for all that was found. */
export interface Answer {
  readonly choice: Choice;
  /** Null where nothing was let through, or nobody knows what it was. */
  readonly reason: Reason | null;
  readonly remember: Remember | null;
}

/** Content → background: what became of a hold that was asked about. */
export interface Decided {
  readonly kind: 'decided';
  readonly hold: number;
  /** One for each of its findings, or one for all of them. */
  readonly choices: readonly Choice[];
  readonly reason: Reason | null;
  readonly remember: Remember | null;
}

/** Content → background: this page is one at which nothing is held, or no longer. The toolbar button shows it. */
export interface Resting {
  readonly kind: 'resting';
  readonly on: boolean;
}

/**
 * Content → popup, when the popup opens a port to the frames of a tab: this frame is there, and whether its guard caught the canary.
 * Nothing in it comes from a text; what waits for an answer is named as in the warning.
 */
export interface FrameState {
  readonly kind: 'frame';
  /** Made up by the frame, so that an answer reaches this one only. */
  readonly frame: number;
  readonly top: boolean;
  /** Host name of the frame. */
  readonly site: string;
  /** The guard stopped an event that was made for this. */
  readonly caught: boolean;
  readonly resting: boolean;
  /** Frames that stand in this document. */
  readonly children: number;
  /** Whether this frame is one of the `children` of its parent: one inside a shadow root is not. */
  readonly counted: boolean;
  readonly held: Held | null;
}

export interface Held {
  /** Kind of the first finding; empty for a text that could not be checked. */
  readonly name: string;
  readonly count: number;
  /** Who would get it. */
  readonly site: string;
  readonly choices: readonly Choice[];
  readonly remember: readonly Remember[];
}

/** Popup → content: the answer to what is held. */
export interface Answered {
  readonly kind: 'answer';
  readonly frame: number;
  readonly answer: Answer;
}

/** Popup → all frames of a page: hold nothing until the page is loaded anew, or hold again. */
export interface PagePause {
  readonly kind: 'pause';
  readonly on: boolean;
}

export type FromContent = ScanPart | WarningState | Decided | Resting;
export type FromBackground = ScanAnswer | ScanFailure;

/** Made in Rust (`src/policy.rs`), only shown by TypeScript. */
export interface Judgement {
  readonly verdict: Verdict;
  /** A limit was reached: part of the text was not looked at. */
  readonly partial: boolean;
  /** The site that would get the text, as a person would name it: "chat.example.com". */
  readonly site: string;
  readonly findings: readonly Finding[];
}

export type Verdict = 'allow' | 'note' | 'warn' | 'block';

export interface Finding {
  readonly rule: string;
  /** "Anthropic API key" */
  readonly name: string;
  readonly provider: string;
  readonly topic: Topic;
  /** Where a key of this kind is revoked: an address, or the way there in words; or empty. */
  readonly revoke: string;
  /** How sure we are; chooses the words "is", "looks like", "could be". */
  readonly certainty: 'certain' | 'likely' | 'possible';
  /** What may be shown: the public prefix and a mask. */
  readonly masked: string;
  /** What the token says about itself; nothing of the secret is in it. */
  readonly facts: readonly Fact[];
  /** What belongs to it and stands near it, such as the id of a pair of id and secret. */
  readonly beside: readonly Beside[];
  readonly flavour: number;
  /** What "insert a placeholder" does; `start` and `end` may take in quotes around the secret. Only in flavour 0. */
  readonly replacement: Replacement | null;
}

export interface Beside {
  readonly rule: string;
  readonly name: string;
  readonly masked: string;
}

/** What a key opens; named as in `src/rules/kinds.rs`. */
export type Topic =
  | 'service'
  | 'cloud'
  | 'payment'
  | 'code'
  | 'ai'
  | 'messaging'
  | 'database'
  | 'identity'
  | 'private-key'
  | 'password'
  | 'wallet'
  | 'vault';

/** Named as in `src/proof/fact.rs`. `at` is in seconds since 1970; names are short, of printable ASCII, and may be masked. */
export type Fact =
  | { readonly fact: 'checksum'; readonly holds: boolean }
  | { readonly fact: 'expired' | 'expires' | 'created'; readonly at: number }
  | {
      readonly fact: 'issuer' | 'audience' | 'role' | 'host' | 'user' | 'organization' | 'project';
      readonly name: string;
    }
  | { readonly fact: 'account'; readonly domain: string }
  | { readonly fact: 'awsAccount'; readonly masked: string }
  | { readonly fact: 'service'; readonly name: string }
  | { readonly fact: 'key'; readonly algorithm: string; readonly bits: number | null }
  | { readonly fact: 'password'; readonly needed: boolean }
  | { readonly fact: 'words'; readonly count: number }
  | { readonly fact: 'unsigned' | 'public' | 'documented' };

export interface Replacement {
  readonly start: number;
  readonly end: number;
  /** For example `process.env.ANTHROPIC_API_KEY`. */
  readonly text: string;
}

/** A rule as a person may read it (`src/catalog.rs`). */
export interface Kind {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly kind: 'live' | 'test' | 'publishable' | 'example';
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly certainty: 'likely' | 'possible' | 'doubtful';
  /** A key of this kind can prove itself. */
  readonly proof: boolean;
  /** Words of which one must stand near. */
  readonly words: readonly string[];
  readonly variable: string;
  readonly docs: string;
  /** An address, or the way there in words. */
  readonly revoke: string;
  readonly partner: boolean;
}

/** What the engine found in a text that a person tries, and what would follow. */
export interface Explained extends Finding {
  readonly verdict: Verdict;
}

/** A rule of a person's or a company's own that is not used. */
export interface Refused {
  /** Name of the setting that it stands in. */
  readonly file: string;
  /** Its id, or its place; empty for the whole text. */
  readonly rule: string;
  /** What to do, in English: it names parts of the rule. */
  readonly reason: string;
}

/** Page of the extension → background. */
export type Question =
  | { readonly ask: 'practice' }
  | { readonly ask: 'check'; readonly values: Readonly<Record<string, unknown>> }
  | { readonly ask: 'settings' };

export interface Answers {
  practice: string;
  check: readonly { readonly key: string; readonly expected: string }[];
  settings: {
    /** What the person set, and what a company did. */
    readonly own: Readonly<Record<string, unknown>>;
    readonly policy: Readonly<Record<string, unknown>>;
    readonly damaged: boolean;
    readonly problems: readonly { readonly key: string; readonly expected: string }[];
    readonly refused: readonly Refused[];
    /** Kinds that own rules have added. */
    readonly added: readonly Kind[];
    /** What is kept of own secrets cannot be read. */
    readonly secretsDamaged: boolean;
  };
}

/** Name of the long-lived port. */
export const SCAN_PORT = 'scan';

/** Name of the port from the popup to the frames of a tab. */
export const LOOK_PORT = 'look';

/** UTF-16 units in one part: Chromium's port costs about 27 ms per MiB and refuses 64 MiB. */
export const PART_LENGTH = 1 << 20;

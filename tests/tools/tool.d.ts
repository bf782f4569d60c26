// What a real tool says of itself, so that one spec serves all of them.

import type { Page } from '../browser/drivers/verbs.d.ts';
import type { Running } from './start.mjs';

export interface Tool {
  readonly name: string;
  /** What has to be installed is not, in words; null where it is. */
  missing(): string | null;
  version(): string;
  /** Starts it, with all that it writes in a folder of its own. `address` is what the browser will call it. */
  start(folder: string, address: string): Promise<Running>;
  readonly places: readonly Place[];
  readonly uploads: readonly Upload[];
}

/** A field, and how its text leaves the page. */
export interface Place {
  /** Completes "pasted into …". */
  readonly name: string;
  /** Goes there and puts the caret into the empty field; gives the frame that the field is in. */
  open(page: Page, address: string): Promise<Page>;
  read(page: Page): Promise<string>;
  /** The gesture that sends; null where the tool sends by itself. */
  readonly send: ((page: Page) => Promise<void>) | null;
  /** What becomes of a key that is typed and then sent. */
  readonly typed: 'held' | Gap;
}

/** A limit that is written down in docs/known-gaps.md. */
export interface Gap {
  readonly gap: string;
  /** The gesture with which the key goes out; null where it goes by itself. */
  readonly leaves: ((page: Page) => Promise<void>) | null;
}

export interface Upload {
  readonly name: string;
  /** Of the file's name, where the tool does not take every file. */
  readonly extension?: string;
  open(page: Page, address: string): Promise<Page>;
  choose(page: Page, file: string): Promise<void>;
  /** Whether the page has a chosen file; only asked where there is a gesture that sends it. */
  has?(page: Page): Promise<boolean>;
  /** The gesture that sends the chosen file; null where the tool sends by itself. */
  readonly send: ((page: Page) => Promise<void>) | null;
}

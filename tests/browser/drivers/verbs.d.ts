// What both drivers offer. Specs, `./build.sh run` and the measurements know a browser only by these verbs.

export interface Launch {
  /** Absolute path of an unpacked extension (dist/chromium or dist/firefox); without it the browser has none. */
  extension?: string;
  /** More command line arguments. */
  args?: string[];
  /** Firefox only: preferences on top of the driver's own. */
  prefs?: Record<string, string | number | boolean>;
  /** Folder of the profile, which is then left as it is; without it a new one that is removed. */
  profile?: string;
  /** HOME of the browser process, for files that a browser looks for there. */
  home?: string;
  /** False opens a window that a person can use. */
  headless?: boolean;
  /** X display for that window; without it the environment's. */
  display?: string;
}

export interface Browser {
  readonly name: 'chromium' | 'firefox';
  readonly version: string;
  /** Loads an extension from a folder; one that is there already is replaced, as by an update. */
  install(folder: string): Promise<void>;
  /** Process id of the browser's parent process. */
  readonly pid: number;
  /** Opens a tab, loads the address and brings it to the front. */
  open(url: string): Promise<Page>;
  /**
   * As `open`, in a private window, in which the person has allowed the extension. Firefox only: in the private windows that Chromium's
   * protocol opens there is no extension, and it does not tell of those that the extension opens.
   */
  openPrivate?(url: string): Promise<Page>;
  /** Puts the text on the clipboard: a textarea in a tab of its own, selected, and a trusted Ctrl+C. */
  copy(text: string): Promise<void>;
  /** Puts exactly these flavours on the clipboard: a `copy` listener sets them under a trusted Ctrl+C. */
  copyFlavours(flavours: Record<string, string>): Promise<void>;
  /** Puts a picture, without any text, on the clipboard. `secure` is the address of a page in a secure context. */
  copyImage(secure: string): Promise<void>;
  /** Empties the clipboard: an empty plain text, which is as near as a page can come. */
  copyNothing(): Promise<void>;
  /** Lets the pages of an origin read the clipboard without asking the person. */
  allowReading(origin: string): Promise<void>;
  /** Stops the extension's background as idleness would: the next message starts it anew. */
  killBackground(): Promise<void>;
  backgroundRuns(): Promise<boolean>;
  /** Process that the extension's background runs in; null where there is none now. */
  backgroundPid(): Promise<number | null>;
  /** Runs a function in the extension's background, whose global is `self`. Arguments and result are JSON. */
  inBackground<A extends unknown[], R>(fn: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /** Resolves when the person closes the browser. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

export interface Point {
  x: number;
  y: number;
}

/** What a drag brings. */
export interface Carried {
  /** Text by MIME type. */
  flavours?: Record<string, string>;
  /** Absolute paths. */
  files?: string[];
}

/** A tab, or one frame in it: a frame has the same verbs, and its coordinates are its own. */
export interface Page {
  readonly browser: Browser;
  /** The frame that the selector finds, whatever its site. */
  frame(selector: string): Promise<Page>;
  /** Runs a function in the page's own world, past its policy. Arguments and result are JSON; lone surrogates survive. */
  evaluate<A extends unknown[], R>(fn: (...args: A) => R | Promise<R>, ...args: A): Promise<R>;
  /** A trusted click on the middle of the first match, or on a point in the viewport. */
  click(where: string | Point): Promise<void>;
  /** Trusted keys: 'Control+V', 'Enter', 'Shift+Tab', 'a'. Several are pressed as fast as the browser takes them. */
  press(...combinations: string[]): Promise<void>;
  /** Types character by character. */
  type(text: string): Promise<void>;
  /** Puts a whole text in at once, as dictation or an emoji picker does: one edit without keys. */
  insert(text: string): Promise<void>;
  /** Writes a text by an input method: it is composed first, and then committed. */
  compose(text: string): Promise<void>;
  paste(): Promise<void>;
  /** Pastes as the entry of a menu does: by the browser's command, without a key. */
  pasteFromMenu(): Promise<void>;
  /** Writes a text into the focused field as the browser does that fills in what it has stored. */
  fillIn(text: string): Promise<void>;
  /** Puts a word in place of one, as the menu of the spell checker does. No protocol of Chromium reaches it. */
  correct(wrong: string, right: string): Promise<void>;
  /** The tab that opens while something is done. */
  opened(act: () => Promise<void>): Promise<Page>;
  /** Trusted drag events of a drag that began outside the browser; the last one is the drop. `where` as for a click. */
  drop(where: string | Point, carried: Carried): Promise<void>;
  /** Chooses files for an input, as its dialog would. `where` may lead into shadow roots by `>>>` (see steps.mjs); paths are absolute. */
  chooseFiles(where: string, paths: string[]): Promise<void>;
  /** Clicks, and chooses files in the dialog that the page opens. */
  answerChooser(selector: string, paths: string[]): Promise<void>;
  undo(): Promise<void>;
  /** The open warning in this frame or the nearest frame above it. */
  warning(): Promise<Warning | null>;
  /** What stands beside a field in this frame in which a key was written. */
  chip(): Promise<Chip | null>;
  /** What is shown for a while after something was let through. */
  line(): Promise<Omit<Chip, 'at'> | null>;
  /**
   * What the browser tells assistive technology of this frame, without the frames in it: it goes through closed roots, as a screen reader
   * does. From the first call on the browser keeps that tree up to date.
   */
  accessibility(): Promise<Accessible>;
  /** What live regions have said since the first call of `accessibility`. Firefox only: Chromium's protocol tells of no such events. */
  announced?(): Promise<string[]>;
  /** PNG of the viewport. */
  picture(): Promise<Buffer>;
  /** The page as a PDF file, as the browser prints it. */
  print(): Promise<Buffer>;
  /** The same as `picture`, into a file. */
  screenshot(file: string): Promise<void>;
  goto(url: string): Promise<void>;
  /** Lays the tab out that many CSS px wide: by a smaller window, or where that has a least width by a larger zoom. */
  narrow(width: number): Promise<void>;
  /** What media queries say of the person's wishes. In Firefox for the whole browser. */
  prefer(wishes: Wishes): Promise<void>;
  /** Closes the tab. */
  close(): Promise<void>;
}

export interface Wishes {
  'forced-colors'?: 'active' | 'none';
  'prefers-color-scheme'?: 'dark' | 'light';
  'prefers-reduced-motion'?: 'reduce' | 'no-preference';
}

export interface Chip {
  readonly text: string;
  readonly markup: string;
  readonly rect: { x: number; y: number; width: number; height: number };
  /** Middle of each button that is offered, in the coordinates of the frame. */
  readonly at: Partial<Record<'replace' | 'keep', Point>>;
}

/** One node of the accessibility tree, in the words of ARIA whatever the browser calls it. */
export interface Accessible {
  /** `text` is a piece of text; what means nothing by itself is `generic` or left out with its children in its place. */
  readonly role: string;
  readonly name: string;
  readonly description: string;
  readonly states: State[];
  readonly level: number | null;
  readonly children: Accessible[];
}

export type State = 'checked' | 'collapsed' | 'disabled' | 'expanded' | 'focused' | 'live' | 'modal' | 'pressed';

export type Choice = 'keep-out' | 'placeholder' | 'anyway' | 'mixed';

export interface Warning {
  /** Everything that can be read in it. */
  readonly text: string;
  /** Everything in its tree: text, attributes, style sheets not included. */
  readonly markup: string;
  /** Choices offered, in order. */
  readonly choices: Choice[];
  /** Its other buttons: `view about`, `reason risk`, `remember value`, `each 0 anyway`. */
  readonly others: string[];
  /** Those of them that are pressed. */
  readonly chosen: string[];
  /** The button that has the keyboard's focus. */
  readonly focused: string | null;
  readonly rect: { x: number; y: number; width: number; height: number };
  /** Middle of each button, in the coordinates of the frame that shows the warning. */
  readonly at: Record<string, Point>;
  /** Buttons that are shown as not to be used yet. */
  readonly inert: string[];
  /** Frame that shows it. */
  readonly page: Page;
}

// The only file that names `chrome` and the only one that knows how the two browsers differ.
// Types are written out here, so that what the extension uses of the browser can be read in one place.

import { wordsOfAnOrphan } from './orphan';

interface Listeners<Arguments extends unknown[]> {
  addListener(listener: (...values: Arguments) => void): void;
}

/** Who opened a port, as the browser says it; nothing in it comes from the page's own code. */
export interface Sender {
  readonly id?: string;
  readonly origin?: string;
  readonly url?: string;
  readonly frameId?: number;
  readonly tab?: { readonly id?: number; readonly url?: string; readonly incognito?: boolean };
}

export interface Port {
  readonly name: string;
  readonly sender?: Sender;
  readonly onMessage: Listeners<[message: unknown]>;
  readonly onDisconnect: Listeners<[]>;
  postMessage(message: unknown): void;
  disconnect(): void;
}

type Values = Record<string, unknown>;
type Changes = Record<string, { newValue?: unknown }>;

interface Area {
  get(keys: string | string[] | null): Promise<Values>;
  set(values: Values): Promise<void>;
  remove(keys: string): Promise<void>;
}

export interface Tab {
  readonly id?: number;
  /** Only where the browser lets us see it: our own pages, and the page whose toolbar button was pressed. */
  readonly url?: string;
  readonly incognito?: boolean;
}

/** Resolves to the answer, or says by `true` that it will call back. */
type Answerer = (message: unknown, sender: Sender, answer: (value: unknown) => void) => boolean;

/** A script for the page's own world. */
export interface PageScript {
  readonly id: string;
  readonly js: string[];
  readonly matches: string[];
  readonly world: 'MAIN';
  readonly runAt: 'document_start';
  readonly allFrames: true;
  readonly matchOriginAsFallback: true;
}

/** What the browser shows of a request. */
export interface Request {
  readonly url: string;
  readonly tabId: number;
  readonly frameId: number;
  /** Who sends it: Chromium. */
  readonly initiator?: string;
  /** The same: Firefox. */
  readonly originUrl?: string;
  readonly requestBody?: {
    readonly formData?: Readonly<Record<string, readonly unknown[]>>;
    readonly raw?: readonly { readonly bytes?: ArrayBuffer }[];
  } | null;
}

interface IconDetails {
  tabId?: number;
  path: Record<string, string>;
}

interface BadgeDetails {
  tabId?: number;
  text?: string;
  title?: string;
  color?: string;
}

declare const chrome: {
  readonly runtime: {
    readonly id?: string;
    readonly lastError?: unknown;
    readonly onConnect: Listeners<[port: Port]>;
    readonly onMessage: { addListener(listener: Answerer): void };
    readonly onInstalled: Listeners<[details: { reason: string }]>;
    readonly onStartup: Listeners<[]>;
    connect(info: { name: string }): Port;
    sendMessage(message: unknown): Promise<unknown>;
    getURL(path: string): string;
    openOptionsPage(): Promise<void>;
  };
  readonly storage: {
    readonly local: Area;
    readonly managed: Area;
    readonly session: Area;
    readonly onChanged: Listeners<[changes: Changes, area: string]>;
  };
  readonly action: {
    setBadgeText(details: BadgeDetails): Promise<void>;
    setBadgeBackgroundColor(details: BadgeDetails): Promise<void>;
    setTitle(details: BadgeDetails): Promise<void>;
    setIcon(details: IconDetails): Promise<void>;
  };
  readonly tabs: {
    connect(tabId: number, info: { name: string }): Port;
    create(options: { url: string }): Promise<Tab>;
    get(tabId: number): Promise<Tab>;
    query(query: { active: boolean; currentWindow: boolean }): Promise<Tab[]>;
    reload(tabId: number): Promise<void>;
  };
  readonly alarms: {
    readonly onAlarm: Listeners<[alarm: { name: string }]>;
    create(name: string, when: { when: number }): Promise<void>;
    clear(name: string): Promise<boolean>;
  };
  readonly scripting: {
    getRegisteredContentScripts(filter: { ids: string[] }): Promise<PageScript[]>;
    registerContentScripts(scripts: PageScript[]): Promise<void>;
    updateContentScripts(scripts: PageScript[]): Promise<void>;
    unregisterContentScripts(filter: { ids: string[] }): Promise<void>;
  };
  readonly webRequest: {
    readonly onBeforeRequest: {
      hasListener(listener: (details: Request) => void): boolean;
      addListener(listener: (details: Request) => void, filter: { urls: string[] }, more: string[]): void;
      removeListener(listener: (details: Request) => void): void;
    };
  };
  /** Chromium only. */
  readonly offscreen?: {
    hasDocument(): Promise<boolean>;
    createDocument(options: { url: string; reasons: string[]; justification: string }): Promise<void>;
  };
  readonly management: { getSelf(): Promise<{ installType: string }> };
  readonly i18n: { getMessage(name: string, substitutions?: string[]): string };
  /** Chromium's content scripts only. */
  readonly dom?: { openOrClosedShadowRoot(element: HTMLElement): ShadowRoot | null };
};

/** Firefox gives content scripts the page's own view of an object; Chromium has nothing like it. */
interface PageView {
  readonly wrappedJSObject?: Record<string, unknown>;
}
declare const cloneInto: (value: unknown, target: object) => unknown;

/** False once the extension was reloaded or updated: this content script is then an orphan that can reach nobody. */
export function attached(): boolean {
  try {
    return typeof chrome.runtime?.id === 'string';
  } catch {
    return false;
  }
}

export function connect(name: string): Port {
  return chrome.runtime.connect({ name });
}

/** Reading it tells the browser that a failed connection was noticed; otherwise it logs an error in the page's console. */
export function noticeDisconnect(): void {
  void chrome.runtime?.lastError;
}

export function onConnect(listener: (port: Port) => void): void {
  chrome.runtime.onConnect.addListener(listener);
}

export function extensionId(): string | undefined {
  return chrome.runtime.id;
}

export function extensionUrl(path: string): string {
  return chrome.runtime.getURL(path);
}

/** Words from `_locales`. */
export function localized(name: string, substitutions: string[] = []): string {
  try {
    return chrome.i18n.getMessage(name, substitutions);
  } catch {
    return wordsOfAnOrphan(name, substitutions);
  }
}

export const localStorage: Area = {
  get: (keys) => chrome.storage.local.get(keys),
  set: (values) => chrome.storage.local.set(values),
  remove: (keys) => chrome.storage.local.remove(keys),
};

/** In memory until the browser is closed, and out of the reach of content scripts. */
export const sessionStorage: Area = {
  get: (keys) => chrome.storage.session.get(keys),
  set: (values) => chrome.storage.session.set(values),
  remove: (keys) => chrome.storage.session.remove(keys),
};

/**
 * What an administrator set; null when the browser knows that there is no policy.
 * Firefox rejects where no policy exists; Chromium answers `{}` both then and while it has not read the policy yet.
 */
export async function managedValues(): Promise<Values | null> {
  try {
    return await chrome.storage.managed.get(null);
  } catch {
    return null;
  }
}

export function onStorageChanged(listener: (area: string, keys: readonly string[]) => void): void {
  chrome.storage.onChanged.addListener((changes, area) => listener(area, Object.keys(changes)));
}

/** Null tab: the state of every tab that has none of its own. A tab may be gone by now; that is no failure. */
export async function showBadge(tabId: number | null, text: string, title: string, color: string): Promise<void> {
  const tab = tabId === null ? {} : { tabId };
  try {
    await chrome.action.setBadgeBackgroundColor({ ...tab, color });
    await chrome.action.setBadgeText({ ...tab, text });
    await chrome.action.setTitle({ ...tab, title });
  } catch {
    return;
  }
}

/** The folder of drawings is named by the state that they show. */
export async function showIcon(tabId: number | null, state: 'on' | 'off'): Promise<void> {
  const folder = state === 'on' ? '/icons' : '/icons/off';
  const path = { 16: `${folder}/16.png`, 32: `${folder}/32.png` };
  await chrome.action.setIcon({ ...(tabId === null ? {} : { tabId }), path }).catch(() => {});
}

/** Messages from the extension's own pages and from nobody else. Without an answer the other side gets undefined. */
export function onPageMessage(listener: (message: unknown) => Promise<unknown> | null): void {
  const own = extensionUrl('');
  chrome.runtime.onMessage.addListener((message, sender, answer) => {
    if (sender.id !== extensionId() || sender.url?.startsWith(own) !== true) return false;
    const answered = listener(message);
    if (answered === null) return false;
    answered.then(
      (value) => answer({ value }),
      (error: unknown) => answer({ error: error instanceof Error ? error.message : String(error) }),
    );
    return true;
  });
}

/** Asks the background; rejects with the message of what went wrong there. */
export async function ask(message: unknown): Promise<unknown> {
  const answer = (await chrome.runtime.sendMessage(message)) as { value?: unknown; error?: string } | undefined;
  if (answer === undefined) throw new Error('no answer');
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.value;
}

/** Whether the page that nobody sees is there. */
export async function hasOffscreen(): Promise<boolean> {
  const { offscreen } = chrome;
  return (await offscreen?.hasDocument()) === true;
}

/** Resolves when its scripts have run. */
export async function openOffscreen(path: string, justification: string): Promise<void> {
  const { offscreen } = chrome;
  await offscreen?.createDocument({ url: path, reasons: ['WORKERS'], justification });
}

export function onInstalled(listener: (reason: string) => void): void {
  chrome.runtime.onInstalled.addListener(({ reason }) => listener(reason));
}

/** Registering is enough to be started with the browser. */
export function onStartup(listener: () => void): void {
  chrome.runtime.onStartup.addListener(listener);
}

/** `development` for whoever tries it from a folder. */
export async function installType(): Promise<string> {
  return (await chrome.management.getSelf()).installType;
}

export function openPage(path: string): Promise<unknown> {
  return chrome.tabs.create({ url: extensionUrl(path) });
}

export function openOptions(): Promise<void> {
  return chrome.runtime.openOptionsPage();
}

/** A port to every frame of a tab that has our content script. */
export function connectToTab(tabId: number, name: string): Port {
  return chrome.tabs.connect(tabId, { name });
}

export async function activeTab(): Promise<Tab | null> {
  return (await chrome.tabs.query({ active: true, currentWindow: true }))[0] ?? null;
}

export function tabOf(id: number): Promise<Tab> {
  return chrome.tabs.get(id);
}

export function reloadTab(id: number): Promise<void> {
  return chrome.tabs.reload(id);
}

export function onAlarm(listener: (name: string) => void): void {
  chrome.alarms.onAlarm.addListener(({ name }) => listener(name));
}

/** Null: no more. */
export async function setAlarm(name: string, when: number | null): Promise<void> {
  if (when === null) await chrome.alarms.clear(name);
  else await chrome.alarms.create(name, { when });
}

/** Keeps one script registered for these sites, for pages that are loaded from now on; none: no such script. */
export async function runInPages(id: string, file: string, matches: string[]): Promise<void> {
  const script: PageScript = {
    id,
    js: [file],
    matches,
    world: 'MAIN',
    runAt: 'document_start',
    allFrames: true,
    matchOriginAsFallback: true,
  };
  const [known] = await chrome.scripting.getRegisteredContentScripts({ ids: [id] });
  if (matches.length === 0) {
    if (known !== undefined) await chrome.scripting.unregisterContentScripts({ ids: [id] });
  } else if (known === undefined) await chrome.scripting.registerContentScripts([script]);
  else if (known.matches.join() !== matches.join()) await chrome.scripting.updateContentScripts([script]);
}

/**
 * Tells what leaves, as it leaves: it is not stopped. The browser wakes the background for each request, and only if
 * `seeRequestsFromTheStart` was called before anything was waited for.
 */
export function seeRequests(listener: (details: Request) => void, on: boolean): void {
  const { onBeforeRequest: event } = chrome.webRequest;
  if (!on) event.removeListener(listener);
  else if (!event.hasListener(listener)) event.addListener(listener, { urls: ['<all_urls>'] }, ['requestBody']);
  const marks = pageMarks();
  if (marks !== null && (marks.getItem(REQUESTS) !== null) !== on) {
    if (on) marks.setItem(REQUESTS, '');
    else marks.removeItem(REQUESTS);
  }
}

/**
 * A worker listens until it knows whether it should: its listeners are gone when they are removed. Firefox goes on waking the background for
 * one that was there at the start (measured with 153), so that there a mark from the time before tells whether to listen.
 */
export function seeRequestsFromTheStart(listener: (details: Request) => void): void {
  const marks = pageMarks();
  if (marks === null || marks.getItem(REQUESTS) !== null) seeRequests(listener, true);
}

const REQUESTS = 'requests';

/** The one storage that can be read without waiting. Only a background that is a page has it. */
function pageMarks(): Storage | null {
  return (globalThis as { localStorage?: Storage }).localStorage ?? null;
}

/** The shadow root of a host, also a closed one. Both browsers give it to content scripts only. */
export function shadowRootOf(element: Element): ShadowRoot | null {
  try {
    const { dom } = chrome;
    if (dom === undefined) return (element as FirefoxElement).openOrClosedShadowRoot ?? null;
    return element instanceof HTMLElement ? dom.openOrClosedShadowRoot(element) : null;
  } catch {
    // An orphan (see `attached`) may no longer look into closed roots.
    return openShadowRoot(element);
  }
}

interface FirefoxElement extends Element {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}

function openShadowRoot(element: Element): ShadowRoot | null {
  const getter = Object.getOwnPropertyDescriptor(Element.prototype, 'shadowRoot')?.get;
  return (getter?.call(element) as ShadowRoot | null | undefined) ?? null;
}

/** The page's own global object (Firefox), or null where content scripts and page share their DOM objects' data (Chromium). */
export function pageWindow(): Record<string, unknown> | null {
  return (window as PageView).wrappedJSObject ?? null;
}

/** Which of the two editing engines this is; asked of what a content script sees, since Chromium also has a global `browser`. */
export function isChromium(): boolean {
  return pageWindow() === null;
}

/** The page's own view of an object (Firefox). */
export function pageView<T extends object>(object: T): T {
  return ((object as PageView).wrappedJSObject as T | undefined) ?? object;
}

/** A copy that page code may read (Firefox). */
export function forPage<T extends object>(value: T): T {
  return typeof cloneInto === 'undefined' ? value : (cloneInto(value, window) as T);
}

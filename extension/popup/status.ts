// What can be said about a page, from the answers of its frames. The order is the point: whatever is wrong comes before whatever is well.

import type { FrameState } from '../shared/messages';

export type Status =
  /** Something waits for the person. */
  | { readonly state: 'held' }
  /** Nobody answered, though content scripts are welcome here. */
  | { readonly state: 'broken'; readonly why: 'silent' | 'deaf' | 'scanner' }
  /** Some frames answered and others did not. */
  | { readonly state: 'partly'; readonly missing: number; readonly frames: number }
  | { readonly state: 'paused'; readonly until: number }
  | { readonly state: 'off'; readonly why: 'site' | 'page' }
  /** The browser lets no extension look into this page. */
  | { readonly state: 'restricted' }
  | { readonly state: 'on'; readonly frames: number };

export interface Facts {
  readonly frames: readonly FrameState[];
  /** Address of the tab, where the browser tells it. */
  readonly url: string | undefined;
  readonly scanner: boolean;
  /** In ms since 1970. */
  readonly pausedUntil: number;
  readonly offSites: readonly string[];
  readonly now: number;
}

/** Pages of the web on which both browsers refuse every extension. */
const STORES = ['chromewebstore.google.com', 'chrome.google.com', 'addons.mozilla.org', 'microsoftedge.microsoft.com'];

export function statusOf({ frames, url, scanner, pausedUntil, offSites, now }: Facts): Status {
  if (frames.some(({ held }) => held !== null)) return { state: 'held' };
  if (!scanner) return { state: 'broken', why: 'scanner' };
  const top = frames.find((frame) => frame.top);
  if (top === undefined) return isOpenTo(url) ? { state: 'broken', why: 'silent' } : { state: 'restricted' };
  if (frames.some(({ caught }) => !caught)) return { state: 'broken', why: 'deaf' };
  if (now < pausedUntil) return { state: 'paused', until: pausedUntil };
  if (top.resting) return { state: 'off', why: offSites.includes(top.site) ? 'site' : 'page' };
  const missing = unanswered(frames);
  if (missing > 0) return { state: 'partly', missing, frames: frames.length };
  return { state: 'on', frames: frames.length };
}

/**
 * Frames that stand in a document that answered and that did not answer themselves. A frame inside a shadow root answers without being
 * counted by its parent, so it must not stand in for one that is missing.
 */
export function unanswered(frames: readonly FrameState[]): number {
  const standing = frames.reduce((sum, { children }) => sum + children, 0);
  return Math.max(0, standing - frames.filter(({ counted }) => counted).length);
}

function isOpenTo(url: string | undefined): boolean {
  if (url === undefined || !/^(?:https?|file):/.test(url)) return false;
  return !STORES.includes(new URL(url).hostname);
}

// Who asks, as the browser tells it.

import type { Sender } from '../shared/browser';
import type { Destination } from './scanner';

/** Where a text would go, and whether anything about it may be kept. */
export interface Frame {
  readonly tab: number;
  readonly frame: number;
  readonly destination: Destination;
  /** A private window keeps nothing, and practice is nothing to remember. */
  readonly kept: boolean;
}

/** A page of ours that is no tab: the popup. */
const NO_TAB = -1;

/** `own`: a page of the extension, on which people practise. */
export function frameOf(sender: Sender, own: boolean): Frame {
  return {
    tab: sender.tab?.id ?? NO_TAB,
    frame: sender.frameId ?? 0,
    destination: own ? { origin: 'null', page: '' } : destinationOf(sender),
    kept: !own && sender.tab?.incognito !== true,
  };
}

/**
 * As the browser tells it, never as the page does. Addresses that say nothing, or what a page wrote into them (`data:`), are
 * replaced by the origin, which is "null" for a frame that has none.
 */
function destinationOf({ origin, url, tab }: Sender): Destination {
  const own = url !== undefined && /^(?:https?|file):/.test(url) ? url : (origin ?? 'null');
  return { origin: own, page: tab?.url ?? '' };
}

export function siteOf({ origin, page }: Destination): string {
  return hostOf(origin) || hostOf(page);
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}

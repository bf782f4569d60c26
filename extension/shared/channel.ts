// The line on which code in the page's world asks our isolated world. It carries texts that the page must not have yet, so, unlike the
// names in rearm.ts, it is handed over once, before any page script runs, and to nobody who asks later.

/** Sent once by the isolated world: `relatedTarget` is the detached node on which it is asked. */
export const CHANNEL = 'keystay-channel';

/**
 * Asked on that node: `relatedTarget` is an element with one text node for each flavour, the plain text first. Whoever asks goes on if the
 * event was not prevented; otherwise one of the answers comes on the element.
 */
export const READ = 'keystay-read';

/** Answer: as it is. */
export const LET_GO = 'keystay-let-go';

/** Answer: the first text node now holds what stands in place of it all. */
export const REPLACED = 'keystay-replaced';

/** Answer: not at all. */
export const KEPT_OUT = 'keystay-kept-out';

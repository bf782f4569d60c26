// The line on which code in the page's world asks our isolated world. It carries texts that the page must not have yet, so, unlike the
// names in rearm.ts, it is handed over once, before any page script runs, and to nobody who asks later.

/** Sent once by the isolated world: `relatedTarget` is the detached node on which it is asked. */
export const CHANNEL = 'keystay-channel';

/**
 * Asked on that node: `relatedTarget` is an element with one text node for each flavour, the plain text first. Whoever asks goes on if the
 * event was not prevented; otherwise one of the answers comes on the element.
 */
export const READ = 'keystay-read';

/** The same of a file that a page reads through a handle: a DragEvent, whose data holds the file. */
export const FILE = 'keystay-file';

/** The same of what a page sends: the text, and the address that it goes to. */
export const SEND = 'keystay-send';

/** The same where nothing can wait: an event that is prevented is a no, and no answer comes. */
export const SEND_NOW = 'keystay-send-now';

/** Sent by the last net, which runs where it is turned on, after our isolated world: `relatedTarget` is the node on which it will ask. */
export const NET = 'keystay-net';

/** Answer: as it is. */
export const LET_GO = 'keystay-let-go';

/** Answer: the first text node now holds what stands in place of it all; of a file, the data of the DragEvent does. */
export const REPLACED = 'keystay-replaced';

/** Answer: not at all. */
export const KEPT_OUT = 'keystay-kept-out';

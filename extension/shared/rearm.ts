// The names that the page's world and our isolated worlds agree on. Whoever else uses them gains only the power to arm us.

/** Sent once by the isolated world: `relatedTarget` is the detached node on which it wants to be signalled. */
export const HANDOVER = 'keystay-handover';

/** Sent by the page's world on that node: the window may have lost its listeners, register again. */
export const SIGNAL = 'keystay-arm';

/** Sent by the page's world on that node: `relatedTarget` is a file input whose dialog is about to open. */
export const PICK = 'keystay-pick';

/** Sent to another frame's window before that frame's document is opened: `relatedTarget` is where the answer goes. */
export const ASK = 'keystay-ask';

/** The answer: `relatedTarget` is the asked frame's node. */
export const ANSWER = 'keystay-answer';

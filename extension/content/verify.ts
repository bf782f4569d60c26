import type { Place } from './field';

/** Editors that draw after the event do so within a frame or two; a terminal shows what its server sends back. */
const WAIT_MS = 500;

/**
 * A page that cancels a replayed paste usually inserts it by itself; one that trusts only real events cancels it and does nothing.
 * Nothing tells the two apart at once. Where nothing in the frame changes for a while, `unproven` is called: the same text may then
 * be pasted by hand. Nobody is told, since an editor that draws on a canvas changes nothing either, and would get the text twice.
 */
export function confirmLater(place: Place, unproven: () => void): void {
  const value = () => (place.kind === 'field' ? place.element.value : '');
  const before = value();
  let changed = false;
  const observer = new MutationObserver(() => {
    changed = true;
  });
  observer.observe(document, { subtree: true, childList: true, characterData: true });
  setTimeout(() => {
    observer.disconnect();
    if (!changed && value() === before) unproven();
  }, WAIT_MS);
}

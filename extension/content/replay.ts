// Gives a released paste or drop to the page so that an editor cannot tell: first as the event, then, where the page leaves it to the
// browser, as the browser's own insertion.
//
// `defaultPrevented` is the page's word that it took the paste. It is not the only one: TinyMCE inserts without it (it changes the
// document), and so does xterm (it stops the event at a textarea that nobody can see). Nothing is inserted on top of those.

import { isChromium, pageView } from '../shared/browser';
import { isHidden, type Place, placeOf, restore, samePlace, selectBetween, setCaret } from './field';
import { give, isFileInput } from './files/give';
import { type Aim, type Content, type Hold, PLAIN, textOf } from './hold';
import { insert, isWritable } from './insert';
import { deepActive, dispatchEvent, focus, getRootNode, isConnected } from './natives';
import { beforeInputEvent, dragEvent, dragLeaveEvent, type InputType, pasteEvent } from './synthetic';

/** `unsure`: the page said that it took the paste; nothing proves it yet. `unfocused`: its field did not take the focus. */
export type Arrival = 'arrived' | 'unsure' | 'unfocused' | 'failed';

export function replay(hold: Hold, content: Content): Arrival {
  restore(hold.active, hold.place, hold.caret);
  if (hold.input !== null) {
    // The page has drawn another one in its place, and hears nothing of this one any more.
    if (hold.stood && !isConnected(hold.input)) return 'failed';
    give(hold.input, content.files);
    return 'arrived';
  }
  // Nothing that a script can make leads a page into a folder.
  if (content.folders.length > 0) return 'failed';
  if (hold.aim !== null) return replayDrop(hold.target, hold.aim, content);
  const target = isConnected(hold.target) ? hold.target : hold.active;
  if (target === null || !isConnected(target)) return 'failed';
  // Into another field than the one that the person chose nothing is ever inserted.
  if (hold.place.kind !== 'none' && deepActive() !== hold.active) return 'unfocused';

  const changes = watch(hold.place);
  const { event, stopped } = dispatchPaste(target, content);
  if (event.defaultPrevented) return 'unsure';

  // The browser pastes where the focus is after the page's handlers: some move it to a hidden field that is to catch the text.
  const place = currentPlace(hold.place);
  if (samePlace(place, hold.place)) {
    if (changes()) return 'arrived';
    if (stopped && isHidden(place)) return 'arrived';
  }
  const refused = announce('insertFromPaste', place, content, event.clipboardData);
  if (refused || changes()) return 'arrived';
  return insert(place, content) === 'failed' ? 'failed' : 'arrived';
}

function replayDrop(target: Element, aim: Aim, content: Content): Arrival {
  if (!isConnected(target)) return 'failed';
  const { place, caret, at } = aim;
  // While the person decided, the pointer moved without a drag, from which some (Ace) conclude that it has ended.
  dispatchEvent(pageView(target), dragEvent('dragover', content, at));
  const changes = watch(place);
  const event = dragEvent('drop', content, at);
  dispatchEvent(pageView(target), event);
  if (event.defaultPrevented) return 'unsure';
  if (changes() || place.kind === 'none') return 'arrived';
  if (isFileInput(target)) {
    if (content.files.length > 0) give(target, content.files);
    return 'arrived';
  }

  // What the browser does with a drop that no handler took. The field has the focus afterwards.
  const inside = place.kind === 'field' ? place.element : (place.host as HTMLElement);
  if (place.kind === 'field' && !isWritable(place.element)) return 'arrived';
  if (deepActive() !== inside) focus(inside, { preventScroll: true });
  if (caret !== null) setCaret(place, caret);
  if (announce('insertFromDrop', place, content, event.dataTransfer)) return 'arrived';
  const inserted = insert(place, content);
  // Chromium leaves a dropped text selected, Firefox the caret behind it.
  if (isChromium() && inserted === 'inserted' && caret !== null) selectBetween(place, caret);
  return inserted === 'failed' ? 'failed' : 'arrived';
}

/** Ends a drag that the page has seen coming and whose drop it never gets. */
export function withdraw(target: Element, aim: Aim): void {
  dispatchEvent(pageView(target), dragLeaveEvent(aim.at));
}

function dispatchPaste(target: Element, content: Content): { event: ClipboardEvent; stopped: boolean } {
  let reached = false;
  const onBubble = () => {
    reached = true;
  };
  window.addEventListener('paste', onBubble);
  try {
    const event = pasteEvent(content);
    dispatchEvent(pageView(target), event);
    return { event, stopped: !reached };
  } finally {
    window.removeEventListener('paste', onBubble);
  }
}

/** The event that tells a page of a native paste before it happens and lets it say no. `execCommand` alone does not send it. */
function announce(type: InputType, place: Place, content: Content, data: DataTransfer | null): boolean {
  if (place.kind === 'none' || (place.kind === 'field' && !isWritable(place.element))) return false;
  const target = place.kind === 'field' ? place.element : place.host;
  const event = beforeInputEvent(type, place.kind === 'field' ? textOf(content, PLAIN) : null, data);
  dispatchEvent(pageView(target), event);
  return event.defaultPrevented;
}

function currentPlace(before: Place): Place {
  const active = deepActive();
  const now = placeOf(active);
  // The focus of nested hosts stays at the outermost, which is the host that was found at the hold.
  return now.kind === 'none' ? before : now;
}

/** Tells, when called, whether the page has changed the place's content since. */
function watch(place: Place): () => boolean {
  if (place.kind === 'field') {
    const before = place.element.value;
    return () => place.element.value !== before;
  }
  const observer = new MutationObserver(() => {});
  const node = place.kind === 'rich' ? place.host : document;
  observer.observe(node === document ? node : getRootNode(node), {
    subtree: true,
    childList: true,
    characterData: true,
  });
  return () => {
    const changed = observer.takeRecords().length > 0;
    observer.disconnect();
    return changed;
  };
}

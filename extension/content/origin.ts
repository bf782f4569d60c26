// Drags that begin in this frame bring a page only what it has: its own selection, or what its own handlers put in. Holding them would
// protect nothing, and a text that is moved within an editor would be copied.

import { fingerprint } from './approvals';
import { type Content, readContent } from './hold';

let own = new Set<string>();

/** To be called before and after the page's handlers: they may add data, and they may keep the event from going on. */
export function onDragStart(event: DragEvent): void {
  if (!event.isTrusted || event.dataTransfer === null) return;
  own = new Set(readContent(event.dataTransfer).flavours.map(({ text }) => fingerprint([text])));
}

/** Whether all of its texts were dragged out of this frame. */
export function isFromHere({ flavours }: Content): boolean {
  return own.size > 0 && flavours.every(({ text }) => own.has(fingerprint([text])));
}

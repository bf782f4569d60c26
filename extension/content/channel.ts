// Where code of ours in the page's world asks before the page gets something, or sends it. See page/channel.ts.

import { CHANNEL, KEPT_OUT, LET_GO, NET, REPLACED } from '../shared/channel';
import { dispatchEvent } from './natives';

export type Asked = Element;

/** Says whether the page has to wait for an answer. */
export type Holds = (about: Asked, event: Event) => boolean;

/** To be called once, before any page script runs: what comes on this node was sent by our own code and by nobody else. */
export function openChannel(answers: Readonly<Record<string, Holds>>): void {
  const channel = document.createElement('i');
  listen(channel, answers);
  window.dispatchEvent(new MouseEvent(CHANNEL, { relatedTarget: channel }));

  // The last net comes next, if it comes at all. Whoever else is that early gains the power to have a text of its own asked about.
  const onNet = (event: Event) => {
    event.stopImmediatePropagation();
    const { relatedTarget } = event as MouseEvent;
    if (relatedTarget !== null) listen(relatedTarget, answers);
  };
  window.addEventListener(NET, onNet, { capture: true, once: true });
  const parsing = new MutationObserver(() => {
    parsing.disconnect();
    window.removeEventListener(NET, onNet, true);
  });
  parsing.observe(document, { childList: true, subtree: true });
}

function listen(channel: EventTarget, answers: Readonly<Record<string, Holds>>): void {
  for (const [kind, holds] of Object.entries(answers)) {
    channel.addEventListener(kind, (event) => {
      const { relatedTarget } = event as MouseEvent;
      try {
        if (holds(relatedTarget as Asked, event)) event.preventDefault();
      } catch {
        event.preventDefault();
        keepOut(relatedTarget as Asked);
      }
    });
  }
}

/** The flavours, the plain text first. */
export function textsIn(about: Asked): string[] {
  return [...about.childNodes].map((node) => (node as Text).data);
}

export function letGo(about: Asked): void {
  dispatchEvent(about, new Event(LET_GO));
}

export function replace(about: Asked, text: string): void {
  (about.firstChild as Text).data = text;
  dispatchEvent(about, new Event(REPLACED));
}

export function keepOut(about: Asked): void {
  dispatchEvent(about, new Event(KEPT_OUT));
}

export function replaceFile(about: Asked, file: File): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  dispatchEvent(about, new DragEvent(REPLACED, { dataTransfer }));
}

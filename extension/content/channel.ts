// Where code of ours in the page's world asks before the page gets something, or sends it. See page/channel.ts.

import { CHANNEL, KEPT_OUT, LET_GO, REPLACED } from '../shared/channel';
import { dispatchEvent } from './natives';

export type Asked = Element;

/** To be called once, before any page script runs: what comes on this node was sent by our own code and by nobody else. */
export function openChannel(answers: Readonly<Record<string, (about: Asked) => boolean>>): void {
  const channel = document.createElement('i');
  for (const [kind, holds] of Object.entries(answers)) {
    channel.addEventListener(kind, (event) => {
      const { relatedTarget } = event as MouseEvent;
      try {
        if (holds(relatedTarget as Asked)) event.preventDefault();
      } catch {
        event.preventDefault();
        keepOut(relatedTarget as Asked);
      }
    });
  }
  window.dispatchEvent(new MouseEvent(CHANNEL, { relatedTarget: channel }));
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

// Keeps our listeners registered and first. See page/rearm.ts for what removes them.

import { ANSWER, ASK, HANDOVER, PICK, SIGNAL } from '../shared/rearm';

/**
 * Runs `register` now and whenever the window may have lost its listeners.
 * `register` must add the same function objects each time and remove nothing: the browser ignores a listener that is still there,
 * and one that is removed and added again has lost its place before the page's listeners.
 * `pick` is told of a file input before the page opens its dialog; of one in a closed root, the root's host.
 */
export function keepRegistered(register: () => void, pick: (input: EventTarget | null) => void): void {
  // A detached node, because listeners on nodes outside the document survive `document.open`.
  const node = document.createElement('i');
  const onAsk = (event: Event) => {
    event.stopImmediatePropagation();
    const { relatedTarget } = event as MouseEvent;
    relatedTarget?.dispatchEvent(new MouseEvent(ANSWER, { relatedTarget: node }));
  };
  const registerAll = () => {
    register();
    window.addEventListener(ASK, onAsk, true);
  };
  registerAll();

  node.addEventListener(SIGNAL, registerAll);
  node.addEventListener(PICK, (event) => pick((event as MouseEvent).relatedTarget));
  window.dispatchEvent(new MouseEvent(HANDOVER, { relatedTarget: node }));

  // Second line: the observer survives, but it runs only after the scripts of the written markup, which may then read a paste that
  // is held all the same. It is all there is against a page that takes the methods from a frame that has just begun to load: no
  // script of ours is in that frame's first document (measured in both browsers).
  new MutationObserver(registerAll).observe(document, { childList: true });
}

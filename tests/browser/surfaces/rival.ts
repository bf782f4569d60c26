// The other surface that the warning could have: the same modal dialog in the same closed root, kept in front in the same way, but with its
// buttons in a frame of the extension's own origin. Built for the comparison in compare.mjs only; it asks about every paste.

import { element } from '../../../extension/content/warning/dom';
import { Gate } from '../../../extension/content/warning/gate';
import { inSight, unfiltered, Watch } from '../../../extension/content/warning/sight';
import { Surface } from '../../../extension/content/warning/surface';

declare const chrome: {
  runtime: { getURL(path: string): string; onMessage: { addListener(listener: (message: unknown) => void): void } };
};

const CSS = `
:host { all: initial !important; display: contents !important; }
dialog { position: fixed; inset: 24px 0 auto; margin: 0 auto; width: 420px; height: 220px; border: 0; padding: 0; overflow: hidden; }
iframe { width: 420px; height: 220px; border: 0; display: block; }`;

let answer: ((choice: string) => void) | null = null;

chrome.runtime.onMessage.addListener((message) => {
  const { rival } = message as { rival?: string };
  if (rival === 'ready') document.documentElement.setAttribute('data-ready', String(performance.now()));
  else if (rival !== undefined) answer?.(rival);
});

addEventListener(
  'paste',
  (event) => {
    const field = event.target;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!event.isTrusted || !(field instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask((choice) => {
      if (choice === 'anyway') field.value = text;
    });
  },
  true,
);

function ask(decided: (choice: string) => void): void {
  const ended = new AbortController();
  const frame = element(document, 'iframe', { src: chrome.runtime.getURL('rival.html') });
  const dialog = element(document, 'dialog', {}, frame);
  const layer = () => surface.layer.above === 'nothing';
  // A frame can ask the browser what covers it in Chromium only; in Firefox the page's side has to vouch for it, by what it always asks.
  const sight = () => Watch.supported || (unfiltered(window) && layer() && inSight(window, surface.host, dialog));
  const gate = new Gate(sight, () => true);
  const surface = new Surface(window, dialog, {
    css: CSS,
    deep: () => true,
    moved: () => gate.shut(),
    lost: () => end('keep-out'),
    signal: ended.signal,
  });
  const end = (choice: string) => {
    answer = null;
    clearInterval(timer);
    ended.abort();
    decided(choice);
  };
  answer = (choice) => {
    surface.layer.lookNow(true);
    if (choice === 'keep-out' || gate.open()) end(choice);
  };
  surface.show();
  const timer = setInterval(() => {
    surface.keep();
    gate.look();
  }, 100);
}

// The page takes the warning out of its document, or takes the document away from it.

import { family } from './attack.mjs';

family([
  { name: 'T20 the page removes the warning', once: ({ host }) => host?.remove() },
  { name: 'T20 the page removes it every 25 ms', decided: 'popup', again: ({ host }) => host?.remove() },
  {
    name: 'T20 an observer removes it in the moment it comes',
    decided: 'popup',
    before: (page) => {
      new MutationObserver(() => page.host?.remove()).observe(document.documentElement, { childList: true });
    },
  },
  {
    name: 'T20 the page moves it into an element that is not displayed',
    once: ({ host, add }) => add('section', 'display: none').append(host),
  },
  {
    name: 'T20 the page moves it into the document of a frame',
    once: ({ host, add }) => add('iframe').contentDocument.body.append(host),
  },
  {
    name: 'T20 the page puts a copy in its place',
    once: ({ host }) => host?.replaceWith(host.cloneNode(true)),
  },
  {
    name: 'T20 the page closes its popover',
    again: ({ host }) => host?.matches(':popover-open') && host.hidePopover(),
  },
  {
    name: 'T20 the page empties its document',
    unreachable: true,
    once: () => document.documentElement.replaceChildren(),
  },
  {
    name: 'T20 the page takes its root element away and puts it back',
    once: () => {
      const root = document.documentElement;
      root.remove();
      document.append(root);
    },
  },
]);

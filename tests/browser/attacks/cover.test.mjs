// The page lays something over the warning, through which a person's real click would go.

import { family } from './attack.mjs';

family([
  {
    name: 'T24 an overlay with the highest z-index',
    once: ({ add }) =>
      add('div', 'position: fixed; inset: 0; z-index: 2147483647; background: pink; pointer-events: none'),
  },
  {
    name: 'T24 a popover that opens later',
    once: ({ add }) => {
      const cover = add(
        'div',
        'position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; background: pink; pointer-events: none',
      );
      cover.popover = 'manual';
      cover.showPopover();
    },
  },
  {
    name: 'T24 a popover that opens again and again',
    decided: 'popup',
    before: (page) => {
      /** @type {any} */ (globalThis).cover = page.add(
        'div',
        'position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; background: pink; pointer-events: none',
      );
      /** @type {any} */ (globalThis).cover.popover = 'manual';
    },
    again: () => {
      const { cover } = /** @type {any} */ (globalThis);
      cover.togglePopover(false);
      cover.showPopover();
    },
  },
  {
    name: 'T24 a popover that was open before and opens anew, and hides its events',
    before: (page) => {
      const cover = page.add(
        'div',
        'position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; background: pink; pointer-events: none',
      );
      cover.popover = 'manual';
      cover.showPopover();
      /** @type {any} */ (globalThis).cover = cover;
      for (const type of ['beforetoggle', 'toggle'])
        addEventListener(type, (event) => event.stopImmediatePropagation(), true);
    },
    once: () => {
      const { cover } = /** @type {any} */ (globalThis);
      cover.hidePopover();
      cover.showPopover();
    },
  },
  {
    name: 'T24 the shadow of a popover of one pixel in a shadow root',
    decided: { chromium: 'either', firefox: 'popup' },
    once: ({ add }) => {
      const dot = document.createElement('div');
      dot.popover = 'manual';
      dot.style.cssText =
        'width: 1px; height: 1px; border: 0; padding: 0; box-shadow: 0 0 0 3000px pink; pointer-events: none';
      add('section').attachShadow({ mode: 'closed' }).append(dot);
      dot.showPopover();
    },
  },
  {
    name: "T24 the backdrop of the page's popover",
    once: ({ add, style }) => {
      style('::backdrop { background: pink !important; pointer-events: none }');
      const dot = add('div', 'width: 1px; height: 1px; border: 0; padding: 0');
      dot.popover = 'manual';
      dot.showPopover();
    },
  },
  {
    name: 'T24 a modal dialog that opens later',
    unreachable: true,
    once: ({ add }) => add('dialog', 'width: 90vw; height: 90vh; pointer-events: none').showModal(),
  },
  {
    name: 'T24 a modal dialog that opens again and again',
    unreachable: true,
    decided: 'popup',
    again: ({ add }) => {
      const page = /** @type {any} */ (globalThis);
      page.over ??= add('dialog');
      page.over.close();
      page.over.showModal();
    },
  },
  {
    name: 'T24 an element that goes to full screen',
    unreachable: true,
    once: ({ add }) =>
      void add('div', 'background: pink')
        .requestFullscreen()
        .catch(() => {}),
  },
  {
    name: 'T24 a frame of the page over everything',
    once: ({ add }) => {
      add(
        'iframe',
        'position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; z-index: 2147483647; pointer-events: none',
      ).srcdoc = '<body style="background: pink">';
    },
  },
  {
    name: 'T24 a cover that blinks',
    decided: 'popup',
    once: ({ add }) => {
      const cover = add(
        'div',
        'position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; background: pink; pointer-events: none',
      );
      cover.popover = 'manual';
      setInterval(() => cover.togglePopover(), 120);
    },
  },
  {
    name: 'T24 a cover that comes before the page freezes',
    once: ({ add }) => {
      const cover = add(
        'div',
        'position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; background: pink; pointer-events: none',
      );
      cover.popover = 'manual';
      cover.showPopover();
      const end = performance.now() + 3000;
      while (performance.now() < end);
    },
  },
  {
    name: 'T28 a copy of the warning over it, with other words on its buttons',
    once: ({ add }) => {
      const copy = add(
        'div',
        'position: fixed; inset: 24px 0 auto; width: 420px; height: 400px; margin: 0 auto; border: 0; padding: 20px; background: white; pointer-events: none',
      );
      copy.textContent = 'Keystay. This page is safe. Press twice here to keep your key out.';
      copy.popover = 'manual';
      copy.showPopover();
    },
  },
  {
    name: 'T39 a view transition paints its picture over the top layer',
    decided: 'popup',
    once: ({ style }) => {
      style(`::view-transition { background: pink; pointer-events: none }
        ::view-transition-group(*), ::view-transition-old(*), ::view-transition-new(*) { animation-duration: 100s; pointer-events: none }`);
      document.startViewTransition(() => document.body.append('changed'));
    },
  },
  {
    name: 'T39 one view transition after the other',
    decided: 'popup',
    again: () => void document.startViewTransition(() => {}).finished.catch(() => {}),
  },
]);

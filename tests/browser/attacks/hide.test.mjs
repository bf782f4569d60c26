// The page hides the warning by styles: its own, those of the host, and those of everything around it.

import { family } from './attack.mjs';

family([
  {
    name: 'T21 every element is faded, moved, shrunk, clipped, hidden and made deaf',
    unreachable: true,
    once: ({ style }) =>
      style(`* { opacity: 0 !important; clip-path: inset(50%) !important; transform: translateX(-9999px) !important; zoom: 0.01 !important;
        visibility: hidden !important; font-size: 0 !important; pointer-events: none !important; mask: linear-gradient(transparent, transparent) !important; }`),
  },
  {
    name: 'T21 no element is displayed, and the page does not wait for the paste',
    before: ({ style }) =>
      style('*:not(html, body, #textarea) { display: none !important; content-visibility: hidden !important; }'),
  },
  {
    name: 'T21 every style is reset',
    once: ({ style }) => style('*, *::before, *::after, *::backdrop { all: unset !important; }'),
  },
  {
    name: 'T21 the root is transparent',
    once: () => document.documentElement.style.setProperty('opacity', '0', 'important'),
  },
  {
    name: 'T21 a filter makes the root transparent',
    decided: { chromium: 'warning', firefox: 'popup' },
    once: () => document.documentElement.style.setProperty('filter', 'opacity(0)'),
  },
  {
    name: 'T21 the root blends into what is behind it',
    decided: { chromium: 'warning', firefox: 'popup' },
    once: () => document.documentElement.style.setProperty('mix-blend-mode', 'difference'),
  },
  {
    name: 'T21 the root is hidden',
    unreachable: true,
    once: () => document.documentElement.style.setProperty('visibility', 'hidden', 'important'),
  },
  {
    name: 'T21 the root is not displayed',
    unreachable: true,
    decided: 'popup',
    once: () => document.documentElement.style.setProperty('display', 'none'),
  },
  {
    name: 'T21 the root skips its content',
    unreachable: true,
    decided: 'popup',
    once: () => document.documentElement.style.setProperty('content-visibility', 'hidden'),
  },
  {
    name: 'T22 the root is zoomed out to a dot',
    once: () => document.documentElement.style.setProperty('zoom', '0.05'),
  },
  { name: 'T22 the root is zoomed in', once: () => document.documentElement.style.setProperty('zoom', '8') },
  {
    name: 'T22 the root is scaled to nothing',
    once: () => document.documentElement.style.setProperty('transform', 'scale(0.01)'),
  },
  {
    name: 'T22 the root is turned round and moved away',
    once: () => document.documentElement.style.setProperty('transform', 'translate(-4000px) rotate(180deg)'),
  },
  {
    name: 'T22 the host is made transparent, moved and shrunk again and again',
    again: ({ host }) =>
      host?.setAttribute(
        'style',
        'position: fixed !important; left: -5000px !important; opacity: 0 !important; transform: scale(0.01) !important; display: none !important',
      ),
  },
  {
    name: "T22 the host's attributes hide it",
    once: ({ host }) => {
      for (const name of ['hidden', 'inert', 'aria-hidden', 'popover', 'slot'])
        host?.setAttribute(name, name === 'popover' ? 'auto' : 'true');
    },
  },
  {
    name: 'T22 an animation fades and moves the root',
    unreachable: true,
    once: ({ style }) =>
      style(`@keyframes away { from, to { opacity: 0; transform: translateX(-4000px); visibility: hidden } }
        html { animation: away 10s infinite !important }`),
  },
  {
    name: 'T23 the root is clipped away',
    once: () => document.documentElement.style.setProperty('clip-path', 'inset(100%)'),
  },
  {
    name: 'T23 a mask hides the root',
    once: () => document.documentElement.style.setProperty('mask', 'linear-gradient(transparent, transparent)'),
  },
  {
    name: 'T38 the page gives its own letters for the fonts of the warning',
    once: ({ style }) =>
      style(
        '@font-face { font-family: system-ui; src: url(data:,) } @font-face { font-family: sans-serif; src: url(data:,) }',
      ),
  },
]);

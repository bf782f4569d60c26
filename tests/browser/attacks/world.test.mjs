// The page turns its own world against us: natives, names, time.

import { family } from './attack.mjs';

family([
  {
    name: 'T08 every native that a warning could need is replaced in the world of the page',
    before: () => {
      const nothing = /** @type {any} */ (() => null);
      for (const prototype of [
        HTMLDialogElement.prototype,
        HTMLElement.prototype,
        Element.prototype,
        EventTarget.prototype,
        Event.prototype,
      ]) {
        for (const name of [
          'showModal',
          'show',
          'close',
          'showPopover',
          'hidePopover',
          'focus',
          'attachShadow',
          'checkVisibility',
          'closest',
          'addEventListener',
          'preventDefault',
          'stopImmediatePropagation',
          'remove',
          'setAttribute',
        ]) {
          if (Object.hasOwn(prototype, name)) /** @type {any} */ (prototype)[name] = nothing;
        }
      }
      Document.prototype.elementFromPoint = nothing;
      Document.prototype.hasFocus = () => true;
      globalThis.IntersectionObserver = nothing;
      globalThis.MutationObserver = nothing;
      globalThis.Promise = nothing;
      globalThis.setInterval = nothing;
      RegExp.prototype.test = () => false;
      Array.prototype.every = /** @type {any} */ (() => true);
      Array.prototype.some = () => false;
      Object.defineProperty(Document.prototype, 'visibilityState', { get: () => 'visible' });
      performance.now = () => 1e9;
    },
  },
  {
    name: 'T09 the field stands in a form whose controls have the names of its properties',
    before: ({ add }) => {
      const form = add('form');
      for (const name of [
        'parentNode',
        'parentElement',
        'isConnected',
        'getRootNode',
        'ownerDocument',
        'matches',
        'closest',
        'elements',
        'nodeType',
        'contains',
        'dispatchEvent',
        'shadowRoot',
        'localName',
        'querySelectorAll',
      ]) {
        const input = document.createElement('button');
        input.setAttribute('name', name);
        form.append(input);
      }
      const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('textarea'));
      form.append(field);
      field.focus();
    },
  },
  {
    name: 'T32 elements have the names of properties of the document',
    before: ({ add }) => {
      const names = [
        'querySelectorAll',
        'querySelector',
        'body',
        'head',
        'createElementNS',
        'implementation',
        'createTreeWalker',
        'activeElement',
        'documentElement',
        'elementFromPoint',
        'hasFocus',
        'visibilityState',
        'createElement',
        'adoptedStyleSheets',
        'defaultView',
        'activeViewTransition',
        'getSelection',
        'execCommand',
        'addEventListener',
        'location',
        'contains',
        'nodeType',
        'append',
        'createRange',
        'caretPositionFromPoint',
        'designMode',
        'fullscreenElement',
      ];
      const made = names.map((name) => {
        const form = add('form');
        return { form, name };
      });
      for (const { form, name } of made) form.setAttribute('name', name);
    },
  },
  {
    name: 'T32 elements have the names of properties of the window',
    before: ({ add }) => {
      for (const name of [
        'getComputedStyle',
        'IntersectionObserver',
        'innerWidth',
        'CSSStyleSheet',
        'parent',
        'top',
        'performance',
        'mayHoldSecret',
        'chrome',
        'browser',
        'keystay',
      ])
        add('a').id = name;
    },
  },
  {
    name: 'T12 the page freezes for three seconds',
    once: () => {
      const end = performance.now() + 3000;
      while (performance.now() < end);
    },
  },
  {
    name: 'T12 the page keeps its thread busy',
    decided: 'either',
    once: () => {
      setInterval(() => {
        const end = performance.now() + 180;
        while (performance.now() < end);
      }, 200);
    },
  },
  {
    name: 'T02 the page opens its document anew while a text is held',
    unreachable: true,
    before: () => {
      const { open, write } = Document.prototype;
      /** @type {any} */ (globalThis).rewrite = () => {
        Reflect.apply(open, document, []);
        Reflect.apply(write, document, [
          '<!doctype html><head></head><body><textarea id="textarea"></textarea></body>',
        ]);
        document.close();
      };
    },
    once: () => /** @type {any} */ (globalThis).rewrite(),
  },
  {
    name: 'T33 the page makes a thousand changes a second',
    decided: 'either',
    again: ({ host }) => {
      for (let count = 0; count < 25; count++) {
        host?.setAttribute('class', String(count));
        host?.setAttribute('style', `opacity: 0.${count}`);
      }
    },
  },
]);

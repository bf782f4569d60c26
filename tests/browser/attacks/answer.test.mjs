// The page tries to answer the warning itself, or to make the person answer it without knowing.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { warned } from '../steps.mjs';
import { family } from './attack.mjs';

family([
  { name: 'T25 the root is inert', unreachable: true, once: () => document.documentElement.setAttribute('inert', '') },
  {
    name: 'T26 the page makes clicks, presses and keys',
    again: ({ host }) => {
      const init = {
        bubbles: true,
        composed: true,
        cancelable: true,
        clientX: innerWidth / 2,
        clientY: 300,
        button: 0,
        detail: 1,
      };
      for (let y = 60; y < 500; y += 40) {
        for (const target of [host, document.elementFromPoint(innerWidth / 2, y), document.activeElement, window]) {
          for (const type of ['pointerdown', 'pointerup'])
            target?.dispatchEvent(new PointerEvent(type, { ...init, clientY: y }));
          for (const type of ['mousedown', 'mouseup', 'click'])
            target?.dispatchEvent(new MouseEvent(type, { ...init, clientY: y }));
          for (const key of ['Tab', 'Enter', ' '])
            target?.dispatchEvent(new KeyboardEvent('keydown', { ...init, key, code: key }));
        }
      }
      host?.click();
    },
  },
  {
    name: "T26 the page makes the dialog's own events",
    once: ({ host }) => {
      for (const type of [
        'cancel',
        'close',
        'toggle',
        'beforetoggle',
        'submit',
        'command',
        'pagehide',
        'blur',
        'abort',
      ])
        for (const target of [host, document.activeElement, window])
          target?.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    },
  },
  {
    name: 'T26 the page looks for its root and closes every dialog that it finds',
    once: ({ host }) => {
      const open = [...document.querySelectorAll('*')].filter((element) => element.shadowRoot);
      for (const { localName } of open) /** @type {any} */ (globalThis).heard.push(`the root of ${localName}`);
      for (const element of [host, document.activeElement]) {
        for (const name of ['requestClose', 'close', 'hidePopover', 'click', 'blur']) {
          try {
            /** @type {any} */ (HTMLDialogElement.prototype)[name]?.call(element);
          } catch {
            // What it is called on is no dialog.
          }
        }
      }
      try {
        host?.attachShadow({ mode: 'open' });
      } catch {
        // It has one.
      }
    },
  },
  {
    name: 'T26 the page asks the browser to paste, copy and insert',
    again: () => {
      for (const command of ['paste', 'insertFromPaste', 'undo', 'redo']) document.execCommand(command);
    },
  },
  {
    name: 'T11 a flood of pastes that the page makes',
    once: () => {
      for (let count = 0; count < 3000; count++) {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', 'x');
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      }
      /** @type {any} */ (globalThis).heard = [];
    },
  },
  {
    name: 'T40 the page takes the focus again and again',
    again: () => {
      document.querySelector('textarea')?.focus();
      window.focus();
    },
  },
  {
    name: 'T40 the page takes the focus into a frame',
    again: ({ add }) => {
      const page = /** @type {any} */ (globalThis);
      page.thief ??= add('iframe');
      page.thief.focus();
      page.thief.contentWindow?.focus();
    },
    decided: 'either',
  },
  {
    name: 'T30 the person is lured to press Enter',
    once: ({ add }) => {
      add('h1').textContent = 'Press Enter to go on';
    },
    person: async (page) => {
      await page.press('Enter');
      await pause(300);
      assert.equal(await page.warning(), null, 'Enter keeps it out');
      await page.paste();
      await pause(1000);
    },
  },
  {
    name: 'T30 the person is lured to hold and to mash keys before the buttons work',
    before: ({ add }) => {
      add('h1').textContent = 'Mash Tab and Space';
    },
    person: async (page) => {
      await page.press('Enter');
      await pause(300);
      await page.paste();
      await warned(page);
      await page.press('Tab', 'Space', 'Tab', 'Space');
      await pause(1000);
    },
  },
  {
    name: 'T31 a game of fast clicks is under way where the button will be',
    person: async (page) => {
      const at = (await page.warning())?.at.placeholder;
      assert.ok(at);
      await page.press('Escape');
      await pause(300);
      await page.paste();
      for (let click = 0; click < 12; click++) await page.click(at);
    },
  },
  {
    name: 'T40 the page moves its field, its caret and its selection',
    again: () => {
      const field = /** @type {HTMLTextAreaElement} */ (document.querySelector('textarea'));
      field.setSelectionRange(0, 0);
      document.body.append(field);
      getSelection()?.removeAllRanges();
    },
    decided: 'either',
  },
]);

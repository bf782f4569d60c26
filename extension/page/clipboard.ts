// A page's own "Paste" button: `navigator.clipboard.readText()` and `read()` give a page the clipboard without a paste that could be held.
// Their promises wait until our isolated world has had a look; a text that cannot hold a key waits for nothing.
//
// Chromium lets pages read the clipboard after it has asked the person once, Firefox after a press on its own "Paste".

import { READ } from '../shared/channel';
import { type Answers, ask, fill, flavour, question } from './channel';
import { after, apply, bare, getter, type Native, promise, wrap } from './natives';

type Settle = (value: unknown) => void;

const PLAIN = 'text/plain';

// What the browser itself says when the person does not allow it.
const REFUSAL = 'Read permission denied.';

const NativeBlob = Blob;
const NativeDOMException = DOMException;
const { text: textOf } = Blob.prototype;

// Only in secure contexts.
if (typeof Clipboard === 'function' && typeof ClipboardItem === 'function') {
  const NativeClipboardItem = ClipboardItem;
  const { getType } = ClipboardItem.prototype;
  const typesOf = getter(ClipboardItem.prototype, 'types');
  const methods = Clipboard.prototype as unknown as Record<'read' | 'readText', unknown>;

  wrap(methods, 'readText', (native, self, values) =>
    promise((resolve, reject) => {
      after<string>(
        apply(native, self, values),
        (text) => {
          const about = question();
          fill(flavour(about), text);
          decide(about, text, (replacement) => resolve(replacement), resolve, reject);
        },
        reject,
      );
    }),
  );

  wrap(methods, 'read', (native, self, values) =>
    promise((resolve, reject) => {
      after<ClipboardItem[]>(
        apply(native, self, values),
        (items) => {
          const about = question();
          const replaced = (text: string) => {
            const blob = new NativeBlob([text], bare({ type: PLAIN }));
            resolve([new NativeClipboardItem(bare({ [PLAIN]: blob }))]);
          };
          read(items, about, () => decide(about, items, replaced, resolve, reject), reject);
        },
        reject,
      );
    }),
  );

  /** Fills the question with every flavour of every item; pictures hold no text. */
  function read(items: readonly ClipboardItem[], about: Element, done: () => void, failed: Settle): void {
    const plain = flavour(about);
    let plainTaken = false;
    let waiting = 1;
    const one = () => {
      waiting--;
      if (waiting === 0) done();
    };
    for (let at = 0; at < items.length; at++) {
      const item = items[at];
      const types = apply(typesOf, item, []) as readonly string[];
      for (let index = 0; index < types.length; index++) {
        const type = types[index];
        if (type === 'image/png') continue;
        const into = type === PLAIN && !plainTaken ? plain : flavour(about);
        if (into === plain) plainTaken = true;
        waiting++;
        const take = (text: string) => {
          fill(into, text);
          one();
        };
        after<Blob>(
          apply(getType as Native, item, [type]),
          (blob) => after(apply(textOf, blob, []), take, failed),
          failed,
        );
      }
    }
    one();
  }
}

function decide(about: Element, value: unknown, replaced: Answers['replaced'], resolve: Settle, reject: Settle): void {
  const letGo = () => resolve(value);
  const keptOut = () => reject(new NativeDOMException(REFUSAL, 'NotAllowedError'));
  if (ask(READ, about, { letGo, replaced, keptOut })) letGo();
}

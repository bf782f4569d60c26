// `document.open`, `write` and `writeln` remove every listener of the document's window, ours included; this file tells our isolated
// world at once, so that it can register again.
//
// It carries no logic and no data, only a signal: page code can read, call and replace anything in this world.
//
// The order inside a wrap is the point. A listener that stands in the written markup registers while `write` runs, so a signal
// after `write` comes too late: that listener would be first and read the paste. Hence an empty write (which does the implicit
// `open`), a signal, the real write, and another signal. Measured: 0 leaks in Chromium and Firefox, top document and child frames.

import { ANSWER, ASK, HANDOVER, PICK, SIGNAL } from '../shared/rearm';
import {
  apply,
  createElement,
  dispatch,
  getter,
  listen,
  type Native,
  NativeMouseEvent,
  own,
  relatedTarget,
  wrap,
} from './natives';

const NativeEvent = Event;
const nodes = new WeakMap<Document, EventTarget>();
const known = nodes.get;
const methods = Document.prototype as unknown as Record<'open' | 'write' | 'writeln', Native>;
const { write } = methods;
const defaultView = getter(Document.prototype, 'defaultView');
const inputType = getter(HTMLInputElement.prototype, 'type');
const controlOf = getter(HTMLLabelElement.prototype, 'control');
const eventType = getter(Event.prototype, 'type');
// Under `require-trusted-types-for 'script'` a plain string makes `write` throw and sends a violation report that the page did not cause.
const nothing = (globalThis as { trustedTypes?: { emptyHTML: unknown } }).trustedTypes?.emptyHTML ?? '';

let isolated: EventTarget | null = null;

addEventListener(
  HANDOVER,
  (event) => {
    // Handed over by our own isolated world, which runs next and before the page; whoever else sends it gets only the power to arm us.
    isolated = apply(relatedTarget, event, []) as EventTarget | null;
    event.stopImmediatePropagation();
  },
  { once: true, capture: true },
);

keepArmed('open', false);
keepArmed('write', true);
keepArmed('writeln', true);

// The events of an input outside the document reach no window: our isolated world has to listen to it directly.
announce(HTMLElement.prototype, 'click');
announce(HTMLInputElement.prototype, 'showPicker');
announce(EventTarget.prototype, 'dispatchEvent', ([event]) => read(eventType, event) === 'click');

remember(window.parent);
remember(window.top ?? window);

function keepArmed(name: keyof typeof methods, writes: boolean): void {
  wrap(methods, name, (native, self, values) => {
    const node = nodeOf(self);
    if (writes) {
      try {
        apply(write, self, [nothing]);
      } catch {
        // The real call below fails in the same way, and the page expects that error.
      }
      signal(node);
    }
    try {
      return apply(native, self, values);
    } finally {
      signal(node);
    }
  });
}

function announce<Name extends string>(
  prototype: { [name in Name]: unknown },
  name: Name,
  opens: (values: unknown[]) => boolean = () => true,
): void {
  wrap(prototype, name, (native, self, values) => {
    if (isolated !== null && opens(values)) {
      const input = read(controlOf, self) ?? self;
      if (read(inputType, input) === 'file')
        apply(dispatch, isolated, [new NativeMouseEvent(PICK, { relatedTarget: input as EventTarget })]);
    }
    return apply(native, self, values);
  });
}

/** Null for what is not of the kind that the getter is for. */
function read(get: () => unknown, from: unknown): unknown {
  try {
    return apply(get, from as object, []);
  } catch {
    return null;
  }
}

function signal(node: EventTarget | null): void {
  if (node !== null) apply(dispatch, node, [new NativeEvent(SIGNAL)]);
}

/**
 * The node of the isolated world that guards a document. A page can call one frame's method on another frame's document; that one's
 * window is asked while its listeners are still there.
 */
function nodeOf(self: unknown): EventTarget | null {
  if (self === own) return isolated;
  try {
    const view = apply(defaultView, self as object, []);
    return nodeBehind(view as EventTarget) ?? apply(known, nodes, [self]);
  } catch {
    return null;
  }
}

function nodeBehind(view: EventTarget): EventTarget | null {
  let node: EventTarget | null = null;
  const reply = apply(createElement, own, ['i']);
  const onAnswer = (event: Event) => {
    node = apply(relatedTarget, event, []) as EventTarget | null;
  };
  apply(listen, reply, [ANSWER, onAnswer, { once: true }]);
  apply(dispatch, view, [new NativeMouseEvent(ASK, { relatedTarget: reply })]);
  return node;
}

/** Asks ahead, for the time when this frame was removed: its listeners do not run then, but its functions do. */
function remember(view: Window): void {
  try {
    const node = view === window ? null : nodeBehind(view);
    if (node !== null) nodes.set(view.document, node);
  } catch {
    // Another site's: its document is out of the page's reach too.
  }
}

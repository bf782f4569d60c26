// Reads of page-controlled DOM that named form controls cannot falsify. In Chromium `<form><input name=parentNode>` makes
// `form.parentNode` the input, in our isolated world too; the getter on the prototype still tells the truth.

import { shadowRootOf } from '../shared/browser';
import { genuine } from './genuine';

export function getter<T, R>(prototype: T, name: keyof T & string): (self: object) => R {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (get === undefined) throw new TypeError(`${name} has no getter`);
  return (self) => Reflect.apply(get, self, []) as R;
}

export function method<T, A extends unknown[], R>(
  prototype: T,
  name: keyof T & string,
): (self: object, ...values: A) => R {
  const call = prototype[name] as (...values: A) => R;
  return (self, ...values) => Reflect.apply(call, self, values);
}

/** This frame's own document. */
export const page = genuine(document);

export type Field = HTMLInputElement | HTMLTextAreaElement;

export const isConnected = getter<Node, boolean>(Node.prototype, 'isConnected');
export const parentNode = getter<Node, ParentNode | null>(Node.prototype, 'parentNode');
export const localName = getter<Element, string>(Element.prototype, 'localName');
export const getRootNode = method<Node, [], Node>(Node.prototype, 'getRootNode');
export const hasAttribute = method<Element, [string], boolean>(Element.prototype, 'hasAttribute');
export const matches = method<Element, [string], boolean>(Element.prototype, 'matches');
export const isContentEditable = getter<HTMLElement, boolean>(HTMLElement.prototype, 'isContentEditable');
export const focus = method<HTMLElement, [FocusOptions], void>(HTMLElement.prototype, 'focus');
export const dispatchEvent = method<EventTarget, [Event], boolean>(EventTarget.prototype, 'dispatchEvent');

const activeInDocument = getter<Document, Element | null>(Document.prototype, 'activeElement');
const activeInShadow = getter<ShadowRoot, Element | null>(ShadowRoot.prototype, 'activeElement');

/** The focused element, looked for through open and closed shadow roots. */
export function deepActive(): Element | null {
  const active = activeInDocument(document);
  return active === null ? null : deepFocus(active);
}

/** The focused element inside `host`'s shadow roots, or `host` itself where it has none or nothing in them has the focus. */
export function deepFocus(host: Element): Element {
  let element = host;
  for (;;) {
    const root = shadowRootOf(element);
    const inner = root === null ? null : activeInShadow(root);
    if (inner === null) return element;
    element = inner;
  }
}

/** The element at a point of the viewport inside `host`'s shadow roots, or `host` itself. */
export function deepAt(host: Element, x: number, y: number): Element {
  let element = host;
  for (;;) {
    const inner = shadowRootOf(element)?.elementFromPoint(x, y) ?? element;
    // A root with nothing at the point answers with its host, or with what stands around it.
    if (inner === element || getRootNode(inner) !== shadowRootOf(element)) return element;
    element = inner;
  }
}

export function isField(node: unknown): node is Field {
  return node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement;
}

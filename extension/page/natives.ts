// Natives as the browser made them, taken before any page script runs. Page code can replace everything in this world, prototypes of
// objects and arrays included: what passes a text on uses nothing that is looked up later. So no `await` and no `then` of a promise, no
// array that grows, and no object literal that the browser reads missing members of from `Object.prototype`.

export type Native = (...values: unknown[]) => unknown;

export const { apply, getOwnPropertyDescriptor } = Reflect;
export const own = document;

const NativeProxy = Proxy;
const NativePromise = Promise;
const { then } = Promise.prototype;

export const NativeMouseEvent = MouseEvent;
export const { addEventListener: listen, dispatchEvent: dispatch } = EventTarget.prototype;
export const { createElement } = Document.prototype;
export const relatedTarget = getter(MouseEvent.prototype, 'relatedTarget');

export function getter(prototype: object, name: string): () => unknown {
  return getOwnPropertyDescriptor(prototype, name)?.get as () => unknown;
}

/** `call` runs in place of a method, which to the page looks as before: `toString`, name and length of a proxied native stay native. */
export function wrap<Name extends string>(
  prototype: { [name in Name]: unknown },
  name: Name,
  call: (native: Native, self: unknown, values: unknown[]) => unknown,
): void {
  // Without a prototype, where page code could put traps that get hold of the native.
  const handler = bare({ apply: call });
  prototype[name] = new NativeProxy(prototype[name] as Native, handler);
}

/** An object of which nothing is looked up but what it holds. */
export function bare<T extends object>(values: T): T {
  return { __proto__: null, ...values };
}

export function promise(
  settle: (resolve: (value: unknown) => void, reject: (error: unknown) => void) => void,
): unknown {
  return new NativePromise(settle);
}

/** `next` gets what a promise of the browser's own comes to; nothing that it could give back reaches the page. */
export function after<T>(pending: unknown, next: (value: T) => void, failed: (error: unknown) => void): void {
  const guarded = (value: T) => {
    try {
      next(value);
    } catch (error) {
      failed(error);
    }
  };
  apply(then as Native, pending, [guarded, (error: unknown) => failed(error)]);
}

// What a hostile file may cost. Reaching a limit is shown, never silent.

/** A manual of 600 pages takes some seconds. */
export const PATIENCE_MS = 20_000;

/** UTF-16 units of text in one page, and in all. */
export const MOST_IN_PAGE = 4 * (1 << 20);
export const MOST_TEXT = 32 * (1 << 20);

/** Bytes that are asked for while one file is read, freed ones included. A few kilobytes can unpack to gigabytes. */
const MOST_ASKED_FOR = 512 * (1 << 20);

/** Nothing else of a worker's memory can be limited; what a file unpacks to goes into arrays of bytes. */
export function limitMemory(): void {
  let left = MOST_ASKED_FOR;
  const NativeUint8Array = Uint8Array;
  globalThis.Uint8Array = new Proxy(NativeUint8Array, {
    construct(target, values: unknown[], made) {
      if (typeof values[0] === 'number') left -= values[0];
      if (left < 0) throw new RangeError('the file asks for too much memory');
      return Reflect.construct(target, values, made === globalThis.Uint8Array ? target : made);
    },
  });
}

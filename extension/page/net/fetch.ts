import { after, apply, bare, getter, listen, type Native, promise, wrap } from '../natives';
import { leave } from './leave';

const NativeRequest = Request;
const NativeTypeError = TypeError;
const urlOf = getter(Request.prototype, 'url') as Native;
const methodOf = getter(Request.prototype, 'method') as Native;
const signalOf = getter(Request.prototype, 'signal') as Native;
const isAborted = getter(AbortSignal.prototype, 'aborted') as Native;
const reasonOf = getter(AbortSignal.prototype, 'reason') as Native;

wrap(globalThis as unknown as { fetch: unknown }, 'fetch', (native, self, values) => {
  const [input, init] = values as [unknown, { body?: unknown; signal?: unknown } | undefined];
  // Nobody is to be asked about what a page has given up. The native is not called: it would read the page's objects once more.
  const given = init?.signal === undefined ? read(signalOf, input) : init.signal;
  if (read(isAborted, given) === true) return promise((_, reject) => reject(read(reasonOf, given)));
  const body = init?.body ?? null;
  const address = read(urlOf, input) as string | null;
  // To look into a request is to copy it, and what is sent must be what was looked at.
  const inside = body === null && hasBody(input) ? request(values) : null;
  let sent = inside === null ? values : [inside];
  let started: unknown = null;
  let givenUp = false;
  let giveUp: (reason: unknown) => void = () => {};
  const pending = promise((resolve, reject) => {
    let late = false;
    giveUp = (reason) => {
      givenUp = true;
      reject(reason);
    };
    const go = () => {
      if (givenUp) return;
      if (late) after(apply(native, self, sent), resolve, reject);
      else started = apply(native, self, sent);
    };
    // What a browser says when the network fails.
    const stay = () => reject(new NativeTypeError('Failed to fetch'));
    leave(address ?? `${input}`, body ?? inside, go, stay);
    late = true;
  });
  if (started !== null) return started;
  if (inside === null) {
    const copy = request(values);
    if (copy !== null) sent = [copy];
  }
  const signal = read(signalOf, sent[0]);
  if (signal !== null) apply(listen, signal, ['abort', () => giveUp(read(reasonOf, signal)), bare({ once: true })]);
  return pending;
});

/** Null where the browser will not take the arguments either. */
function request(values: unknown[]): Request | null {
  try {
    return new NativeRequest(values[0] as RequestInfo, values[1] as RequestInit);
  } catch {
    return null;
  }
}

/** Null for what is not of the kind that the getter is for. */
function read(get: Native, from: unknown): unknown {
  try {
    return apply(get, from, []);
  } catch {
    return null;
  }
}

function hasBody(input: unknown): boolean {
  const method = read(methodOf, input);
  return method !== null && method !== 'GET' && method !== 'HEAD';
}

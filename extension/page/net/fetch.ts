import { after, apply, getter, type Native, promise, wrap } from '../natives';
import { leave } from './leave';

const NativeRequest = Request;
const NativeTypeError = TypeError;
const urlOf = getter(Request.prototype, 'url') as Native;
const methodOf = getter(Request.prototype, 'method') as Native;

wrap(globalThis as unknown as { fetch: unknown }, 'fetch', (native, self, values) => {
  const [input, init] = values as [unknown, { body?: unknown } | undefined];
  const body = init?.body ?? null;
  const address = ofRequest(urlOf, input);
  // To look into a request is to copy it, and what is sent must be what was looked at.
  const inside = body === null && hasBody(input) ? request(values) : null;
  let sent = inside === null ? values : [inside];
  let started: unknown = null;
  const pending = promise((resolve, reject) => {
    let late = false;
    const go = () => {
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

function ofRequest(get: Native, input: unknown): string | null {
  try {
    return apply(get, input, []) as string;
  } catch {
    return null;
  }
}

function hasBody(input: unknown): boolean {
  const method = ofRequest(methodOf, input);
  return method !== null && method !== 'GET' && method !== 'HEAD';
}

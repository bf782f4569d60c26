import { apply, bare, dispatch, getter, type Native, wrap } from '../natives';
import { copied } from './body';
import { leave, mayLeaveNow } from './leave';

interface State {
  readonly address: string;
  readonly waits: boolean;
  /** Between `send` and the answer; a call of `abort` or `open` ends it. */
  held: boolean;
  failed: boolean;
}

const NativeDOMException = DOMException;
const NativeEvent = Event;
const NativeProgressEvent = ProgressEvent;
const { defineProperty, deleteProperty } = Reflect;
const { setTimeout: later } = globalThis;
const timeoutOf = getter(XMLHttpRequest.prototype, 'timeout') as Native;
const methods = XMLHttpRequest.prototype as unknown as Record<'open' | 'send' | 'abort', unknown>;
const states = new WeakMap<object, State>();
const { get, set } = WeakMap.prototype;

wrap(methods, 'open', (native, self, values) => {
  cancel(self);
  const result = apply(native, self, values);
  const state = { address: `${values[1]}`, waits: values.length < 3 || Boolean(values[2]), held: false, failed: false };
  apply(set as Native, states, [self, state]);
  return result;
});

wrap(methods, 'send', (native, self, values) => {
  const state = stateOf(self);
  if (state === undefined) return apply(native, self, values);
  if (state.held) throw new NativeDOMException('The object is busy.', 'InvalidStateError');
  const [body] = values;
  if (!state.waits) {
    if (mayLeaveNow(state.address, body)) return apply(native, self, values);
    throw new NativeDOMException('A network error occurred.', 'NetworkError');
  }
  let sent = values;
  let late = false;
  const go = () => {
    if (late && !state.held) return;
    state.held = false;
    apply(native, self, sent);
  };
  const stay = (why: 'error' | 'timeout') => {
    if (!state.held) return;
    state.held = false;
    fail(self, state, why);
  };
  if (leave(state.address, body, go, () => stay('error'))) return undefined;
  late = true;
  state.held = true;
  sent = [copied(body)];
  const timeout = apply(timeoutOf, self, []) as number;
  if (timeout > 0) later(() => stay('timeout'), timeout);
  return undefined;
});

wrap(methods, 'abort', (native, self, values) => {
  const held = cancel(self);
  const result = apply(native, self, values);
  if (held) end(self, 'abort');
  return result;
});

function stateOf(self: unknown): State | undefined {
  return apply(get as Native, states, [self]) as State | undefined;
}

function cancel(self: unknown): boolean {
  const state = stateOf(self);
  if (state === undefined) return false;
  if (state.failed) deleteProperty(self as object, 'readyState');
  state.failed = false;
  const { held } = state;
  state.held = false;
  return held;
}

/** As after a failure of the network. A request that was never sent has no such state, so it is said to have it. */
function fail(self: unknown, state: State, why: 'error' | 'timeout'): void {
  state.failed = true;
  defineProperty(self as object, 'readyState', bare({ value: 4, configurable: true }));
  apply(dispatch, self as EventTarget, [new NativeEvent('readystatechange')]);
  end(self, why);
}

function end(self: unknown, type: 'error' | 'abort' | 'timeout'): void {
  apply(dispatch, self as EventTarget, [new NativeProgressEvent(type)]);
  apply(dispatch, self as EventTarget, [new NativeProgressEvent('loadend')]);
}

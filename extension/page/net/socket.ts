// Messages keep their order: behind one that is held, all others of its socket wait, and so does its end.

import { apply, getter, type Native, wrap } from '../natives';
import { copied } from './body';
import { leave } from './leave';

interface Waiting {
  /** Null: not decided. */
  run: (() => unknown) | null;
  next: Waiting | null;
}

interface Line {
  first: Waiting | null;
  last: Waiting | null;
}

const methods = WebSocket.prototype as unknown as Record<'send' | 'close', unknown>;
const urlOf = getter(WebSocket.prototype, 'url') as Native;
const lines = new WeakMap<object, Line>();
const { get, set } = WeakMap.prototype;

wrap(methods, 'send', (native, self, values) => {
  const address = addressOf(self);
  if (address === null) return apply(native, self, values);
  const line = lineOf(self as object);
  const place = join(line);
  let sent = values;
  const decide = (run: () => unknown) => {
    place.run = run;
    drain(line);
  };
  const gone = leave(
    address,
    values[0],
    () => decide(() => apply(native, self, sent)),
    () => decide(() => {}),
  );
  if (!gone || line.first !== null) sent = [copied(values[0])];
  return undefined;
});

wrap(methods, 'close', (native, self, values) => {
  const line = apply(get as Native, lines, [self]) as Line | undefined;
  if (line === undefined || line.first === null) return apply(native, self, values);
  join(line).run = () => apply(native, self, values);
  return undefined;
});

function addressOf(self: unknown): string | null {
  try {
    return apply(urlOf, self, []) as string;
  } catch {
    return null;
  }
}

function lineOf(socket: object): Line {
  const known = apply(get as Native, lines, [socket]) as Line | undefined;
  if (known !== undefined) return known;
  const line = { first: null, last: null };
  apply(set as Native, lines, [socket, line]);
  return line;
}

function join(line: Line): Waiting {
  const place: Waiting = { run: null, next: null };
  if (line.last === null) line.first = place;
  else line.last.next = place;
  line.last = place;
  return place;
}

/** An error of the socket's own reaches the page only from a message that did not wait. */
function drain(line: Line): void {
  for (let place = line.first; place !== null && place.run !== null; place = line.first) {
    line.first = place.next;
    if (line.first === null) line.last = null;
    place.run();
  }
}

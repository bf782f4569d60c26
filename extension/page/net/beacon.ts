// A beacon that is held counts as taken over by the browser, which promises no more than to try.

import { apply, wrap } from '../natives';
import { copied } from './body';
import { leave } from './leave';

wrap(Navigator.prototype, 'sendBeacon', (native, self, values) => {
  const [address, body] = values;
  let sent = values;
  let taken: unknown = true;
  const go = () => {
    taken = apply(native, self, sent);
  };
  if (!leave(`${address}`, body, go, () => {})) sent = [address, copied(body)];
  return taken;
});

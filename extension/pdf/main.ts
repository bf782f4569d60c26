// The page that nobody sees, for Chromium. It is closed when it has not been needed for a while.

import { serveReader } from './reader';

const IDLE_MS = 60_000;

let closing = 0;

serveReader(() => {
  clearTimeout(closing);
  closing = setTimeout(() => close(), IDLE_MS);
});

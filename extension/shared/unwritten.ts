// Whether the history could be written the last time that something was to be written down. In the session's memory, which has room when
// the disk has none.

import { sessionStorage } from './browser';

const UNWRITTEN = 'unwritten';

export async function isUnwritten(): Promise<boolean> {
  return (await sessionStorage.get(UNWRITTEN))[UNWRITTEN] === true;
}

export async function setUnwritten(unwritten: boolean): Promise<void> {
  if (unwritten) await sessionStorage.set({ [UNWRITTEN]: true });
  else await sessionStorage.remove(UNWRITTEN);
}

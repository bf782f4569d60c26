// The one question that every way out asks.

import { SEND, SEND_NOW } from '../../shared/channel';
import { ask, fill, flavour, type Question, question } from '../channel';
import { read } from './body';

/**
 * `go` is called at once for what is not suspicious, and later for what may leave all the same; `stay` for what may not. True: at once.
 */
export function leave(address: string, body: unknown, go: () => void, stay: () => void): boolean {
  let gone = false;
  read(body, (text) => {
    const released = () => {
      gone = true;
      go();
    };
    if (ask(SEND, questionOf(address, text), { letGo: released, replaced: stay, keptOut: stay })) released();
  });
  return gone;
}

/** Where nothing can wait. What is not known in time stays, and the person is asked for the next time. */
export function mayLeaveNow(address: string, body: unknown): boolean {
  let may = false;
  read(body, (text) => {
    may = ask(SEND_NOW, questionOf(address, text), null);
  });
  return may;
}

function questionOf(address: string, text: string): Question {
  const about = question();
  fill(flavour(about), text === '' ? address : `${address}\n${text}`);
  fill(flavour(about), address);
  return about;
}

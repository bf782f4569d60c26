// Asks every frame of a tab whether its guard is alive. A content script that is missing, broken or stuck says nothing, and that is an
// answer too.

import { connectToTab, noticeDisconnect, type Port } from '../shared/browser';
import { type Answer, type FrameState, LOOK_PORT } from '../shared/messages';
import { unanswered } from './status';

/** A frame that has not answered by then is named as not guarded. */
const PATIENCE_MS = 2_000;

export interface Look {
  readonly frames: readonly FrameState[];
  answer(frame: number, answer: Answer): void;
  /** Until the page is loaded anew. */
  pausePage(on: boolean): void;
}

export async function look(tab: number): Promise<Look> {
  const frames: FrameState[] = [];
  let port: Port | null = null;
  await new Promise<void>((done) => {
    const timer = setTimeout(done, PATIENCE_MS);
    const finish = () => {
      clearTimeout(timer);
      done();
    };
    try {
      port = connectToTab(tab, LOOK_PORT);
    } catch {
      finish();
      return;
    }
    port.onDisconnect.addListener(() => {
      noticeDisconnect();
      finish();
    });
    port.onMessage.addListener((message) => {
      const state = frameState(message);
      if (state !== null && !frames.some(({ frame }) => frame === state.frame)) frames.push(state);
      if (frames.some(({ top }) => top) && unanswered(frames) === 0) finish();
    });
  });
  const send = (message: unknown) => {
    try {
      port?.postMessage(message);
    } catch {
      // The page has gone meanwhile.
    }
  };
  return {
    frames,
    answer: (frame, answer) => send({ kind: 'answer', frame, answer }),
    pausePage: (on) => send({ kind: 'pause', on }),
  };
}

/** A renderer that was taken over can say anything, so what it says is checked for its shape and shown as text. */
function frameState(message: unknown): FrameState | null {
  const state = message as FrameState | null;
  if (typeof state !== 'object' || state === null || state.kind !== 'frame') return null;
  const { frame, top, site, caught, resting, children, counted, held } = state;
  if (![frame, children].every(Number.isSafeInteger) || typeof site !== 'string') return null;
  if (![top, caught, resting, counted].every((value) => typeof value === 'boolean')) return null;
  const lists = [held?.choices, held?.remember].every(Array.isArray);
  if (held !== null && !(typeof held.name === 'string' && typeof held.site === 'string' && lists)) return null;
  return state;
}

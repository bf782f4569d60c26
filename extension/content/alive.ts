// Proof of life for the popup: this frame is there, and its guard really stops an event. Costs nothing until the popup asks.

import { extensionId, onConnect, type Port } from '../shared/browser';
import { type Answered, type FrameState, LOOK_PORT, type PagePause } from '../shared/messages';
import { answerHeld, held } from './elsewhere';
import { restHere, resting } from './rest';
import { site } from './scanner';

/** Tells this frame from the others of its tab. */
const [frame = 0] = crypto.getRandomValues(new Uint32Array(1));

let canary: Event | null = null;
let caught = false;

/** For the guard: an event of ours that it is to stop. A page cannot make one, since it is known by identity. */
export function isCanary(event: Event): boolean {
  if (event !== canary) return false;
  caught = true;
  return true;
}

export function showLife(): void {
  onConnect((port) => {
    if (port.name === LOOK_PORT && port.sender?.id === extensionId()) answer(port);
  });
}

function answer(port: Port): void {
  port.onMessage.addListener((message) => {
    const told = message as Answered | PagePause;
    if (told.kind === 'answer' && told.frame === frame) answerHeld(told.answer);
    if (told.kind === 'pause') restHere(told.on);
  });
  const state: FrameState = {
    kind: 'frame',
    frame,
    top: window === window.top,
    site: site(),
    caught: sing(),
    resting: resting(),
    children: window.length,
    counted: isCounted(),
    held: held(),
  };
  port.postMessage(state);
}

/** An empty paste at the window, which a working guard stops before anybody else there sees it. */
function sing(): boolean {
  caught = false;
  canary = new ClipboardEvent('paste', { cancelable: true });
  window.dispatchEvent(canary);
  canary = null;
  return caught;
}

function isCounted(): boolean {
  const { parent } = window;
  if (parent === window) return false;
  for (let index = 0; index < parent.length; index++) if (parent[index] === window) return true;
  return false;
}

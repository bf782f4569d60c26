// Answers the frames' questions. It keeps nothing between them but the settings, and never logs or stores a text.

import { extensionId, onConnect, type Port, type Sender } from '../shared/browser';
import { type FromBackground, type Judgement, SCAN_PORT } from '../shared/messages';
import { showNote, showNothing, showWarning } from './badge';
import { Assembly, scanPart, type Whole, warningState } from './inbox';
import { type Destination, judged } from './scanner';
import { settings } from './settings';

/** Ports of frames whose warning is open, by tab. */
const warnings = new Map<number, Set<Port>>();

onConnect((port) => {
  const { sender } = port;
  if (port.name !== SCAN_PORT || sender?.id !== extensionId() || sender?.tab?.id === undefined) {
    port.disconnect();
    return;
  }
  serve(port, sender, sender.tab.id);
});

function serve(port: Port, sender: Sender, tabId: number): void {
  const assembly = new Assembly();
  const destination = destinationOf(sender);

  port.onMessage.addListener((message) => {
    const state = warningState(message);
    if (state !== null) {
      noteWarning(port, tabId, state.open);
      return;
    }
    const part = scanPart(message);
    if (part === null) return;
    const assembled = assembly.add(part);
    if (assembled.state === 'whole') void answer(port, tabId, assembled, destination);
    if (assembled.state === 'unusable') send(port, { kind: 'failed', hold: assembled.hold, site: siteOf(destination) });
  });
  port.onDisconnect.addListener(() => {
    if (warnings.get(tabId)?.has(port)) noteWarning(port, tabId, false);
  });
}

async function answer(
  port: Port,
  tabId: number,
  { hold, flavours, partial }: Whole,
  destination: Destination,
): Promise<void> {
  let judgement: Judgement;
  try {
    const values = await settings();
    judgement = await judged(flavours, destination, values);
    if (partial) judgement = incomplete(judgement, values);
  } catch {
    send(port, { kind: 'failed', hold, site: siteOf(destination) });
    return;
  }
  send(port, { kind: 'judged', hold, judgement });
  if (judgement.verdict === 'note' && !warnings.has(tabId)) await showNote(tabId);
}

/** As the engine does with a text that is too long for it: what cannot be judged in full is not let go in silence. */
function incomplete(judgement: Judgement, { mode }: Record<string, unknown>): Judgement {
  const asks = judgement.verdict === 'warn' || judgement.verdict === 'block' || mode === 'monitor';
  return { ...judgement, partial: true, verdict: asks ? judgement.verdict : 'warn' };
}

function send(port: Port, message: FromBackground): void {
  try {
    port.postMessage(message);
  } catch {
    // The frame is gone, and with it whoever waited.
  }
}

/**
 * As the browser tells it, never as the page does. Addresses that say nothing, or what a page wrote into them (`data:`), are
 * replaced by the origin, which is "null" for a frame that has none.
 */
function destinationOf({ origin, url, tab }: Sender): Destination {
  const own = url !== undefined && /^(?:https?|file):/.test(url) ? url : (origin ?? 'null');
  return { origin: own, page: tab?.url ?? '' };
}

function siteOf({ origin, page }: Destination): string {
  return hostOf(origin) || hostOf(page);
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    return '';
  }
}

function noteWarning(port: Port, tabId: number, open: boolean): void {
  const ports = warnings.get(tabId) ?? new Set();
  if (open) ports.add(port);
  else ports.delete(port);
  if (ports.size > 0) warnings.set(tabId, ports);
  else warnings.delete(tabId);
  if (open) void showWarning(tabId);
  else if (ports.size === 0) void showNothing(tabId);
}

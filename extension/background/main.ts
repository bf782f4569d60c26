// Answers the frames' questions. It never logs or stores a text.

import { extensionId, extensionUrl, onConnect, onStartup, type Port } from '../shared/browser';
import { prune } from '../shared/history';
import { type Decided, type FromBackground, type Judgement, SCAN_PORT, type Way } from '../shared/messages';
import { PDF_PORT } from '../shared/pdf';
import { forEngine, retentionOf, type Values } from '../shared/settings';
import { afterwards, beforeOthers } from './afterwards';
import { showBroken, showNote, showNothing, showResting, showUnwritten, showWarning } from './badge';
import { type Frame, frameOf, siteOf } from './frame';
import { Assembly, decided, restingState, scanPart, type Whole, warningState } from './inbox';
import { watchRequests } from './leaks';
import { servePages } from './pages';
import { servePdf } from './pdf';
import { areAllowed, decide, entriesOf, leave, type Place, record, rememberable, type Waiting, wait } from './records';
import { judged, scannerStarted } from './scanner';
import { settings } from './settings';
import { welcomeOnce } from './welcome';

/** Ports of frames whose warning is open, by tab. */
const warnings = new Map<number, Set<Port>>();

onConnect((port) => {
  const { sender } = port;
  const own = sender?.url?.startsWith(extensionUrl('')) === true;
  if (port.name === PDF_PORT) return;
  if (port.name !== SCAN_PORT || sender?.id !== extensionId() || (sender?.tab?.id === undefined && !own)) {
    port.disconnect();
    return;
  }
  serve(port, frameOf(sender, own));
});

servePages();
servePdf();
watchRequests();
welcomeOnce();
// The drawing of the button does not outlive the browser, a pause may end while it is closed, and the history grows old.
onStartup(() => {
  void written(
    retention()
      .then(prune)
      .then(() => false),
  );
});
afterwards().then(scannerStarted).catch(showBroken);

function serve(port: Port, frame: Frame): void {
  const { tab: tabId, destination } = frame;
  const assembly = new Assembly();
  /** What may wait for a decision: the holds, and the last look at what stands in a field. */
  const held: Place[] = [];
  let looked: Place | null = null;

  port.onMessage.addListener((message) => {
    const state = warningState(message);
    if (state !== null) {
      noteWarning(port, tabId, state.open);
      return;
    }
    const decision = decided(message);
    if (decision !== null) {
      if (frame.kept) decideHold({ tab: tabId, frame: frame.frame, hold: decision.hold }, decision);
      return;
    }
    const resting = restingState(message);
    if (resting !== null) {
      void showResting(tabId, resting.on);
      return;
    }
    const part = scanPart(message);
    if (part === null) return;
    const assembled = assembly.add(part);
    if (assembled.state === 'whole') {
      const { hold, way } = assembled;
      const place = { tab: tabId, frame: frame.frame, hold, way };
      if (way === 'type') looked = place;
      else held.push(place);
      void beforeOthers(() => answer(port, frame, place, assembled));
    }
    if (assembled.state === 'unusable') send(port, { kind: 'failed', hold: assembled.hold, site: siteOf(destination) });
  });
  port.onDisconnect.addListener(() => {
    if (frame.kept) for (const place of looked === null ? held : [...held, looked]) leave(place, retention);
    if (warnings.get(tabId)?.has(port)) noteWarning(port, tabId, false);
  });
}

async function answer(port: Port, frame: Frame, place: Place, { flavours, partial }: Whole): Promise<void> {
  const { tab, destination } = frame;
  const { hold } = place;
  let judgement: Judgement;
  let days: number;
  let policy: Values;
  try {
    const current = await settings();
    const { values, knowledge } = current;
    policy = current.policy;
    days = retentionOf(values);
    judgement = await judged(flavours, destination, forEngine(values), knowledge);
    if (partial) judgement = incomplete(judgement, values);
  } catch {
    send(port, { kind: 'failed', hold, site: siteOf(destination) });
    return;
  }
  await deciding;
  let seen = NOTHING_SEEN;
  await written(
    look(judgement, flavours, place.way).then((looked) => {
      seen = looked;
      return false;
    }),
  );
  // Before the question is asked, so that no decision comes before what it is about.
  if (frame.kept && asks(judgement) && !seen.allowed)
    await written(wait(place, judgement.verdict === 'block' ? 'block' : 'warn', seen.entries).then(() => false));
  send(port, {
    kind: 'judged',
    hold,
    judgement: seen.allowed ? { ...judgement, verdict: 'allow' } : judgement,
    remember: frame.kept ? rememberable(seen.entries, policy) : [],
  });
  if (judgement.verdict === 'note' && !warnings.has(tab)) await showNote(tab);
  // What only stands in a field is looked at again and again, and so is what a page sends; it is written down when the person decides.
  if (!frame.kept || place.way === 'type' || place.way === 'request') return;
  if (seen.allowed) await written(record(seen.entries, 'remembered', days));
  else if (judgement.verdict === 'note') await written(record(seen.entries, 'noted', days));
}

interface Seen {
  readonly entries: Waiting[];
  /** The person has already said that this site may have every key in the text. A block is never lifted by that. */
  readonly allowed: boolean;
}

/** Whatever the history cannot do must not keep anybody from getting an answer. */
const NOTHING_SEEN: Seen = { entries: [], allowed: false };

async function look(judgement: Judgement, flavours: readonly string[], way: Way): Promise<Seen> {
  const { verdict, partial } = judgement;
  if (verdict === 'allow') return NOTHING_SEEN;
  const entries = await entriesOf(judgement, flavours, way);
  return { entries, allowed: verdict === 'warn' && !partial && (await areAllowed(entries)) };
}

function asks({ verdict }: Judgement): boolean {
  return verdict === 'warn' || verdict === 'block';
}

/** All that was said is written down before the next text is judged: it may mean that nobody is to be asked. */
let deciding: Promise<void> = Promise.resolve();

function decideHold(place: Omit<Place, 'way'>, decision: Decided): void {
  const writing = written(
    settings().then(({ values, policy }) => decide(place, decision, retentionOf(values), policy)),
  );
  // One answer to a text and its files is several decisions.
  deciding = Promise.all([deciding, writing]).then(() => {});
}

/** Nobody waits for it, but it is seen: on the button, in the popup and in the history. False: there was nothing to write. */
async function written(writing: Promise<boolean>): Promise<void> {
  try {
    if (await writing) await showUnwritten(false);
  } catch {
    // Without the error itself, which could name a value.
    console.warn('Keystay: the history could not be written.');
    await showUnwritten(true).catch(() => {});
  }
}

async function retention(): Promise<number> {
  return retentionOf((await settings()).values);
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

function noteWarning(port: Port, tabId: number, open: boolean): void {
  const ports = warnings.get(tabId) ?? new Set();
  if (open) ports.add(port);
  else ports.delete(port);
  if (ports.size > 0) warnings.set(tabId, ports);
  else warnings.delete(tabId);
  if (open) void showWarning(tabId);
  else if (ports.size === 0) void showNothing(tabId);
}

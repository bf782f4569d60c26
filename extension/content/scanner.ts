// Asks the background's scanner. A worker that dies while it is asked is normal: connect again, which starts a new one, and ask again.

import { attached, connect, noticeDisconnect, type Port } from '../shared/browser';
import {
  type Choice,
  type Finding,
  type FromBackground,
  type FromContent,
  type Judgement,
  PART_LENGTH,
  type Remember,
  SCAN_PORT,
  type ScanPart,
  type Way,
} from '../shared/messages';
import { splitText } from './parts';
import { type Answered, choiceOf } from './warning/answer';

export type Reason = 'no-answer' | 'crashed' | 'updated';
export interface Unchecked {
  readonly unchecked: Reason;
  readonly site: string;
}
export interface Judged {
  readonly judgement: Judgement;
  /** Number by which a decision names what it is about. */
  readonly hold: number;
  readonly remember: readonly Remember[];
}
export type Outcome = Judged | Unchecked;

/** What may be remembered of every one of them. */
export function rememberable(holds: readonly JudgedHold[]): readonly Remember[] {
  return holds.reduce<readonly Remember[]>(
    (all, { remember }) => all.filter((kind) => remember.includes(kind)),
    ['value', 'kind', 'site'],
  );
}

/** What a decision about a hold is about. */
export interface JudgedHold extends Omit<Judged, 'judgement'> {
  readonly findings: readonly Finding[];
}

const ATTEMPTS = 3;

/** Far above the slowest cold start that was measured (0.07 s); a person waits with a status on screen. */
const PATIENCE_MS = 5_000;

/** A part takes about 27 ms on the way and less to scan; this leaves room for a machine that is busy. */
const PATIENCE_PER_PART_MS = 1_000;

/** The browser needs a moment before it starts a worker that it has just stopped. */
const PAUSE_MS = 100;

let port: Port | null = null;
let address = '';

/** Holds are counted from a random number on: what is said about those of the document before, a moment later, must not meet this one's. */
let [last = 0] = crypto.getRandomValues(new Uint32Array(1));

/** By number of the hold: a paste may wait for its verdict while typed text is looked at. */
const waiting = new Map<number, (message: FromBackground | null) => void>();

/** Judges one text in all its flavours. `partial`: more was held than could be read. */
export async function judge(texts: readonly string[], way: Way, partial = false): Promise<Outcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (attempt > 0) await pause(attempt * PAUSE_MS);
    if (!attached()) return { unchecked: 'updated', site: site() };
    const answer = await attemptOnce(texts, way, partial);
    if (answer?.kind === 'judged') {
      const { judgement, hold, remember } = answer;
      return { judgement, hold, remember };
    }
    if (answer?.kind === 'failed') return { unchecked: 'crashed', site: answer.site };
  }
  return { unchecked: attached() ? 'no-answer' : 'updated', site: site() };
}

/** Tells the background that a warning opened or closed in this frame. Only the badge depends on it. */
export function tellWarning(open: boolean): void {
  tell({ kind: 'warning', open });
}

/** What became of what was judged under this number. Only the history depends on it. */
export function tellDecision({ hold, findings }: Omit<JudgedHold, 'remember'>, answer: Answered): void {
  const { reason, remember } = answer;
  const choices: readonly Choice[] =
    answer.each.size === 0 ? [answer.choice] : findings.map((finding) => choiceOf(answer, finding));
  tell({ kind: 'decided', hold, choices, reason, remember });
}

/** That nothing is held on this page, or again. Only the toolbar button depends on it. */
export function tellResting(on: boolean): void {
  tell({ kind: 'resting', on });
}

function tell(message: FromContent): void {
  try {
    connected().postMessage(message);
  } catch {
    drop();
  }
}

/** Null: no answer. */
function attemptOnce(texts: readonly string[], way: Way, partial: boolean): Promise<FromBackground | null> {
  const hold = ++last;
  return new Promise((resolve) => {
    const parts = texts.reduce((sum, text) => sum + Math.ceil(text.length / PART_LENGTH), 0);
    const timer = setTimeout(() => finish(null), PATIENCE_MS + parts * PATIENCE_PER_PART_MS);
    const finish = (message: FromBackground | null) => {
      clearTimeout(timer);
      waiting.delete(hold);
      // A port that did not answer may lead to a worker that hangs.
      if (message === null) drop();
      resolve(message);
    };
    try {
      const to = connected();
      waiting.set(hold, finish);
      for (const part of scanParts(hold, texts, way, partial)) to.postMessage(part);
    } catch {
      finish(null);
    }
  });
}

function* scanParts(hold: number, texts: readonly string[], way: Way, partial: boolean): Generator<ScanPart> {
  const lastFlavour = texts.length - 1;
  for (const [flavour, text] of texts.entries()) {
    let sent = 0;
    for (const part of splitText(text, PART_LENGTH)) {
      sent += part.length;
      yield { kind: 'scan', way, hold, flavour, part, partial, last: flavour === lastFlavour && sent === text.length };
    }
  }
}

/** Starts the background, which may have been stopped. */
export function connectAhead(): void {
  try {
    connected();
  } catch {
    drop();
  }
}

function connected(): Port {
  // The browser tells the background the frame's address as it was when the port opened; a page that changed it without
  // loading anew (`history.pushState`) is another destination.
  if (port !== null && address !== location.href) drop();
  if (port !== null) return port;

  const opened = connect(SCAN_PORT);
  port = opened;
  address = location.href;
  opened.onMessage.addListener((message) => {
    if (port === opened) receive(message as FromBackground);
  });
  opened.onDisconnect.addListener(() => {
    noticeDisconnect();
    if (port !== opened) return;
    port = null;
    abandon();
  });
  return opened;
}

function receive(message: FromBackground): void {
  waiting.get(message.hold)?.(message);
}

/** Whoever waits for an answer from a port that is gone asks again. */
function abandon(): void {
  for (const answered of [...waiting.values()]) answered(null);
}

function drop(): void {
  const dropped = port;
  port = null;
  try {
    dropped?.disconnect();
  } catch {
    // The extension was reloaded: the port is gone already.
  }
  abandon();
}

/** What the browser calls this frame's site; a frame without an address of its own has its parent's. */
export function site(): string {
  try {
    return new URL(self.origin).hostname;
  } catch {
    return '';
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

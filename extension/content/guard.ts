// Stops a paste or a drop that could hold a secret and decides, one after the other, what becomes of it.
//
// Every way out of this file that inserts a held text is one of `release`, and there are three: a verdict that allows it, the
// person's choice, or a place in the queue for a text that is clean by itself. Everything else, errors included, inserts nothing.

import { mayHoldSecret } from 'keystay:tripwire';
import { attached } from '../shared/browser';
import { approve, takeApproval } from './approvals';
import { caretOf, restore, stands } from './field';
import { type Content, type Hold, PLAIN, readContent, takeHold, textOf, textsOf } from './hold';
import { isFromHere } from './origin';
import { withPlaceholders } from './placeholder';
import { replay, withdraw } from './replay';
import { judge, type Outcome, site, tellWarning } from './scanner';
import { keepValues, touched } from './typing/watch';
import { confirmLater } from './verify';
import { ask, type Choice, type Question, showAgain, showChecking, type Way } from './warning';

/** A scan usually takes a few milliseconds; whoever waits longer is told why. */
const CHECKING_AFTER_MS = 250;

/** A question ends by its answer; the warning itself sees to it that leaving the page is one. */
const NEVER = new AbortController().signal;

const queue: Hold[] = [];
let settling = false;
let asking = false;

/** A paste that could not even be read has no text to recognise it by; this lets the next one of its kind through. */
let unreadableApproved = false;

export function onPaste(event: ClipboardEvent): void {
  take(event, event.clipboardData);
}

export function onDrop(event: DragEvent): void {
  take(event, event.dataTransfer);
}

function take(event: ClipboardEvent | DragEvent, data: DataTransfer | null): void {
  // A page can make any number of these, and our own replay is one of them; clipboard and pointer have no part in either.
  if (!event.isTrusted) return;
  let content: Content | null = null;
  try {
    if (data === null) throw new TypeError('an event without data');
    content = readContent(data);
    consider(event, content);
  } catch {
    if (content === null && unreadableApproved) {
      unreadableApproved = false;
      return;
    }
    stop(event);
    void askUnreadable(content, wayOf(event));
  }
}

function consider(event: ClipboardEvent | DragEvent, content: Content): void {
  // Nothing, or files alone: files are not looked into.
  if (content.flavours.length === 0) return;
  const waits = queue.length > 0;
  if (!waits && takeApproval(textsOf(content))) return;
  const moved = event instanceof DragEvent && isFromHere(content);
  const suspicious = !moved && content.flavours.some(({ text }) => couldHoldSecret(text));
  if (!suspicious && !waits) return;

  stop(event);
  const hold = takeHold(event, content, suspicious);
  // The focus is in the warning, or where nothing can be inserted: another question about the same clipboard helps nobody.
  if (asking && (hold.aim ?? hold).place.kind === 'none') return;
  queue.push(hold);
  void settleAll();
}

function wayOf(event: Event): Way {
  return event instanceof DragEvent ? 'drop' : 'paste';
}

function couldHoldSecret(text: string): boolean {
  try {
    return mayHoldSecret(text);
  } catch {
    return true;
  }
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

async function settleAll(): Promise<void> {
  if (settling) return;
  settling = true;
  try {
    for (let hold = queue[0]; hold !== undefined; hold = queue[0]) {
      // The first stays in the queue while it is settled, so that what is pasted meanwhile lines up behind it.
      try {
        await settle(hold);
      } catch {
        await unchecked(hold, {
          kind: 'unchecked',
          way: hold.aim === null ? 'paste' : 'drop',
          reason: 'crashed',
          site: site(),
        }).catch(() => {});
      }
      queue.shift();
    }
  } finally {
    settling = false;
  }
}

async function settle(hold: Hold): Promise<void> {
  const way = hold.aim === null ? 'paste' : 'drop';
  if (!hold.suspicious) {
    release(hold, hold.content);
    return;
  }
  const outcome = await judgeShowing(textsOf(hold.content));
  if ('unchecked' in outcome) {
    await unchecked(hold, { kind: 'unchecked', way, reason: outcome.unchecked, site: outcome.site });
    return;
  }
  const { judgement } = outcome;
  if (judgement.verdict === 'allow' || judgement.verdict === 'note') {
    release(hold, hold.content);
    return;
  }
  const choice = await askPerson(hold, { kind: 'finding', way, judgement });
  if (choice === 'anyway' && judgement.verdict === 'warn') {
    // What stands in a field is looked at too, and nobody is asked twice about one value.
    keepValues(textOf(hold.content, PLAIN), judgement.findings);
    release(hold, hold.content);
  } else if (choice === 'placeholder')
    releasePlaceholder(hold, withPlaceholders(textOf(hold.content, PLAIN), judgement.findings));
  else keepOut(hold);
}

async function unchecked(hold: Hold, question: Question): Promise<void> {
  const choice = await askPerson(hold, question);
  if (choice === 'anyway') release(hold, hold.content);
  else keepOut(hold);
}

async function judgeShowing(texts: readonly string[]): Promise<Outcome> {
  let hide: (() => void) | null = null;
  const timer = setTimeout(() => {
    hide = showChecking();
  }, CHECKING_AFTER_MS);
  try {
    return await judge(texts);
  } finally {
    clearTimeout(timer);
    (hide as (() => void) | null)?.();
  }
}

async function askPerson(hold: Hold, question: Question): Promise<Choice> {
  // An earlier paste may have moved the caret since this one was stopped.
  if (stands(hold.active, hold.place)) hold.caret = caretOf(hold.place);
  asking = true;
  try {
    tellWarning(true);
    return await ask(question, NEVER);
  } finally {
    asking = false;
    tellWarning(false);
  }
}

function release(hold: Hold, content: Content): void {
  const arrival = replay(hold, content);
  // Clean as it is, it may have completed a key that stood there in part.
  touched(hold.target);
  if (arrival === 'arrived') return;
  if (arrival === 'unsure') {
    confirmLater(hold.place, () => approve(textsOf(content)));
    return;
  }
  approve(textsOf(content));
  showAgain(hold.aim === null ? 'paste' : 'drop');
}

function releasePlaceholder(hold: Hold, text: string | null): void {
  if (text === null || text === '') keepOut(hold);
  else replay(hold, { flavours: [{ type: PLAIN, text }], files: [] });
}

function keepOut(hold: Hold): void {
  restore(hold.active, hold.place, hold.caret);
  if (hold.aim !== null) withdraw(hold.target, hold.aim);
}

async function askUnreadable(content: Content | null, way: Way): Promise<void> {
  const reason = attached() ? 'crashed' : 'updated';
  const choice = await ask({ kind: 'unchecked', way, reason, site: site() }, NEVER);
  if (choice !== 'anyway') return;
  if (content === null) unreadableApproved = true;
  else approve(textsOf(content));
  showAgain(way);
}

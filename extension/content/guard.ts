// Stops a paste or a drop that could hold a secret and decides, one after the other, what becomes of it.
//
// Every way out of this file that inserts a held text is one of `release`, and there are three: a verdict that allows it, the
// person's choice, or a place in the queue for a text that is clean by itself. Everything else, errors included, inserts nothing.

import { attached } from '../shared/browser';
import type { Choice, Finding, Judgement } from '../shared/messages';
import { isCanary } from './alive';
import { approve, takeApproval } from './approvals';
import { whileChecking } from './checking';
import { askAlso, dismiss } from './elsewhere';
import { caretOf, restore, stands } from './field';
import { filesIn } from './files/folders';
import { giveNothing } from './files/give';
import { isMedia, type Looked, lookInto, strongest } from './files/look';
import { type Content, type Hold, marksOf, PLAIN, readContent, takeChoice, takeHold, textOf, textsOf } from './hold';
import { page } from './natives';
import { isFromHere } from './origin';
import { withPlaceholders } from './placeholder';
import { type Arrival, replay, withdraw } from './replay';
import { resting } from './rest';
import { type JudgedHold, judge, rememberable, site, tellDecision, type Unchecked } from './scanner';
import { mustWait, noteLater } from './suspicious';
import { keepValues, touched } from './typing/watch';
import { confirmLater } from './verify';
import { ask, type Question, showAgain, showSent, type Way } from './warning';
import { type Answered, choiceOf } from './warning/answer';

/** The popup closes at once; a window that comes to the front takes a little longer. */
const TRIES = 10;
const BETWEEN_TRIES_MS = 100;

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
  if (!event.isTrusted) {
    if (isCanary(event)) stop(event);
    return;
  }
  if (resting()) return;
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
    dismiss();
    void askUnreadable(content, event instanceof DragEvent ? 'drop' : 'paste');
  }
}

function consider(event: ClipboardEvent | DragEvent, content: Content): void {
  const files = content.folders.length > 0 || !content.files.every(isMedia);
  if (content.flavours.length === 0 && !files) return;
  const waits = queue.length > 0;
  const approval = waits ? null : takeApproval(marksOf(content));
  if (approval !== null) {
    if (approval.instead === null) {
      approval.then();
      return;
    }
    stop(event);
    queue.push({ ...takeHold(event, approval.instead, false), sent: approval.then });
    void settleAll();
    return;
  }
  const moved = event instanceof DragEvent && isFromHere(content);
  const suspicious = files || (!moved && content.flavours.some(({ text }) => mustWait(text)));
  if (!suspicious && !moved) noteLater(textsOf(content), event instanceof DragEvent ? 'drop' : 'paste');
  if (!suspicious && !waits) return;

  stop(event);
  dismiss();
  const hold = takeHold(event, content, suspicious);
  // The focus is in the warning, or where nothing can be inserted: another question about the same clipboard helps nobody.
  if (asking && (hold.aim ?? hold).place.kind === 'none') return;
  queue.push(hold);
  void settleAll();
}

/** Files that were chosen for an input, which has been emptied. */
export function holdChoice(input: HTMLInputElement, files: readonly File[]): void {
  queue.push(takeChoice(input, files));
  void settleAll();
}

function wayOf({ content, aim }: Hold): Way {
  if (content.files.length > 0) return 'upload';
  return aim === null ? 'paste' : 'drop';
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
          way: wayOf(hold),
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
  if (!hold.suspicious) {
    await release(hold, hold.content, hold.sent);
    return;
  }
  const way = wayOf(hold);
  const outcome = await whileChecking(look(hold.content, way));
  if ('unchecked' in outcome) {
    await unchecked(hold, { kind: 'unchecked', way, reason: outcome.unchecked, site: outcome.site });
    return;
  }
  const { text, files } = outcome;
  const verdict = strongest(text?.verdict ?? 'allow', files?.verdict ?? 'allow');
  if (verdict === 'allow' || verdict === 'note') {
    await release(hold, hold.content);
    return;
  }
  const judgement = {
    verdict,
    partial: text?.partial ?? false,
    site: text?.site || (files?.site ?? ''),
    findings: text?.findings ?? [],
  };
  const holds = [...outcome.holds, ...(files?.holds ?? [])];
  const answer = await askPerson(hold, { kind: 'finding', way, judgement, files, remember: rememberable(holds) });
  for (const one of holds) tellDecision(one, answer);
  if (answer.choice === 'keep-out' || (letsGo(judgement, files, answer) && verdict !== 'warn')) return keepOut(hold);
  // What stands in a field is looked at too, and nobody is asked twice about one value.
  const gone = judgement.findings.filter((finding) => choiceOf(answer, finding) === 'anyway');
  keepValues(textOf(hold.content, PLAIN), gone);
  const inFiles = (files?.findings ?? []).filter((finding) => choiceOf(answer, finding) === 'anyway');
  const sent = () => {
    if (answer.reason !== 'not-secret') showSent([...gone, ...inFiles], judgement.site);
  };
  if (answer.choice === 'anyway') await release(hold, hold.content, sent);
  else await releaseChanged(hold, judgement.findings, files, answer, sent);
}

/** Whether anything that was found goes to the page as it is. */
function letsGo({ findings }: { findings: readonly Finding[] }, files: Looked | null, answer: Answered): boolean {
  if (answer.choice === 'anyway') return true;
  return [...findings, ...(files?.findings ?? [])].some((finding) => choiceOf(answer, finding) === 'anyway');
}

async function unchecked(hold: Hold, question: Question): Promise<void> {
  const { choice } = await askPerson(hold, question);
  if (choice === 'anyway') await release(hold, hold.content);
  else keepOut(hold);
}

interface Seen {
  readonly text: Judgement | null;
  readonly files: Looked | null;
  readonly holds: readonly JudgedHold[];
}

async function look(content: Content, way: Way): Promise<Seen | Unchecked> {
  let text: Judgement | null = null;
  const holds: JudgedHold[] = [];
  if (content.flavours.length > 0) {
    const outcome = await judge(textsOf(content), way === 'upload' ? 'file' : way);
    if ('unchecked' in outcome) return outcome;
    text = outcome.judgement;
    holds.push({ ...outcome, findings: text.findings });
  }
  const { files, folders } = content;
  if (files.length === 0) return { text, files: null, holds };
  const looked = await lookInto(folders.length > 0 ? await filesIn(folders) : files);
  if ('unchecked' in looked) return looked;
  // A copy of a folder could not be dropped.
  return { text, files: folders.length > 0 ? { ...looked, redacted: null } : looked, holds };
}

async function askPerson(hold: Hold, question: Question): Promise<Answered> {
  // An earlier paste may have moved the caret since this one was stopped.
  if (stands(hold.active, hold.place)) hold.caret = caretOf(hold.place);
  asking = true;
  try {
    return await askAlso(question, (signal) => ask(question, signal));
  } finally {
    asking = false;
  }
}

/** `sent`: what is to be done when the page has got it. */
async function release(hold: Hold, content: Content, sent = () => {}): Promise<void> {
  const arrival = await give(hold, content);
  // Clean as it is, it may have completed a key that stood there in part.
  touched(hold.target, textOf(content, PLAIN));
  if (arrival === 'arrived' || arrival === 'unsure') sent();
  if (arrival === 'arrived') return;
  const instead = content === hold.content ? null : content;
  if (arrival === 'unsure') {
    // A page that takes only real pastes can be given nothing else than what is on the clipboard.
    if (instead === null) confirmLater(hold.place, () => approve(marksOf(content)));
    return;
  }
  approve(marksOf(hold.content), instead, sent);
  if (hold.input !== null) showAgain('choose');
  else showAgain(hold.aim === null ? 'paste' : 'drop');
}

/**
 * Whoever answers in the popup has left the page, and a frame of another site that has not got the focus back yet gives it to none of
 * its elements (now and then in Chromium).
 */
async function give(hold: Hold, content: Content): Promise<Arrival> {
  let arrival = replay(hold, content);
  for (let tries = 0; arrival === 'unfocused' && !page.hasFocus() && tries < TRIES; tries++) {
    await new Promise((done) => setTimeout(done, BETWEEN_TRIES_MS));
    arrival = replay(hold, content);
  }
  return arrival;
}

async function releaseChanged(
  hold: Hold,
  findings: readonly Finding[],
  looked: Looked | null,
  answer: Answered,
  sent: () => void,
): Promise<void> {
  const { content } = hold;
  const choose = (finding: Finding): Choice => choiceOf(answer, finding);
  const files = looked === null ? content.files : looked.redacted?.(choose);
  let { flavours } = content;
  if (findings.length > 0) {
    const text = withPlaceholders(textOf(content, PLAIN), findings, choose);
    flavours = text === null || text === '' ? [] : [{ type: PLAIN, text }];
  }
  if (files === undefined || flavours.length + files.length === 0) keepOut(hold);
  else await release(hold, { ...content, flavours, files }, sent);
}

function keepOut(hold: Hold): void {
  restore(hold.active, hold.place, hold.caret);
  if (hold.aim !== null) withdraw(hold.target, hold.aim);
  if (hold.input !== null) giveNothing(hold.input);
}

async function askUnreadable(content: Content | null, way: 'paste' | 'drop'): Promise<void> {
  const reason = attached() ? 'crashed' : 'updated';
  const question: Question = { kind: 'unchecked', way, reason, site: site() };
  const { choice } = await askAlso(question, (signal) => ask(question, signal));
  if (choice !== 'anyway') return;
  if (content === null) unreadableApproved = true;
  else approve(marksOf(content));
  showAgain(way);
}

// Keys that a person writes into the page: found when they are whole, marked where they stand, and replaced by a placeholder on one key.

import { fingerprint } from '../approvals';
import { onAsking } from '../warning';
import { type Answered, answered, choiceOf } from '../warning/answer';
import { title } from '../warning/words';
import { type Action, Chip } from './chip';
import { highlight } from './highlight';
import type { Reading } from './reading';
import { replaceable, replaceIn } from './replace';
import {
  decided,
  keepValues,
  letStand,
  look,
  onChange,
  onEdit,
  onFocus,
  readAgain,
  touched,
  upToDate,
  type Watched,
} from './watch';

/** An editor may draw a composed text before the browser tells of the edit, so what stood there before is read when it begins. */
const EDITS = ['compositionstart', 'beforeinput', 'input', 'compositionend', 'paste', 'drop', 'keydown'] as const;

const POINTERS = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'dblclick'] as const;

/** Keys by where they lie, since Alt makes other characters of them: https://w3c.github.io/uievents-code/ */
const ACTIONS: Readonly<Record<string, Action>> = { KeyK: 'replace', KeyL: 'keep' };

let chip: Chip | null = null;

/** What the chip is about. */
let shown: Watched | null = null;

/** A page may empty its field without any event, and move it. */
const AGAIN_MS = 500;

/** A warning is open, and may have nothing beside it. */
let asking = false;

let again: ReturnType<typeof setInterval> | undefined;

/** To be called at the start of the document and whenever its listeners may be gone; the same functions each time. */
export function arm(): void {
  window.addEventListener('keydown', onKey, true);
  for (const type of EDITS) window.addEventListener(type, onEdit, true);
  window.addEventListener('focusin', onFocus, true);
  for (const type of POINTERS) window.addEventListener(type, onPointer, true);
}

onChange((one) => {
  if (one.standing.length > 0) show(one);
  else if (one === shown) hide();
});

onAsking((open) => {
  asking = open;
  if (open) chip?.hide();
  else if (shown !== null) show(shown);
});

function onKey(event: KeyboardEvent): void {
  if (!event.isTrusted || shown === null || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
  const action = ACTIONS[event.code];
  if (action === undefined) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  act(action);
}

function onPointer(event: MouseEvent): void {
  if (event.isTrusted) chip?.take(event);
}

function show(one: Watched): void {
  const reading = current(one);
  const first = one.standing[0];
  if (reading === null || first === undefined) return;
  shown = one;
  if (asking) return;
  again ??= setInterval(() => {
    if (shown !== null) look(shown);
    chip?.move();
  }, AGAIN_MS);
  const placeholder = replaceable(one) ? (first.finding.replacement?.text ?? null) : null;
  const findings = one.standing.map(({ finding }) => finding);
  const masked = findings.length === 1 ? first.finding.masked : '';
  chip ??= new Chip(act);
  chip.show({ words: title(findings), masked, placeholder, beside: one.spot.drawn ?? one.spot.element });
  highlight(one.standing.map(({ start, end }) => reading.range(start, end)).filter((range) => range !== null));
}

function hide(): void {
  shown = null;
  clearInterval(again);
  again = undefined;
  chip?.hide();
  highlight([]);
}

function act(action: Action): void {
  const one = shown;
  if (one === null) return;
  void (action === 'keep' ? leave(one) : replaceAll(one));
}

async function leave(one: Watched): Promise<void> {
  await upToDate(one);
  letStand(one, answered({ choice: 'anyway', reason: null, remember: null }));
}

const REPLACE = answered({ choice: 'placeholder', reason: null, remember: null });

/** Puts placeholders for what stands in a field and is not to stay; what could not be replaced is found again by the look that follows. */
export async function replaceAll(one: Watched, answer: Answered = REPLACE): Promise<void> {
  await upToDate(one);
  const reading = current(one);
  if (reading === null || !replaceable(one)) return;
  decided(one, answer);
  const stays = one.standing.filter(({ finding }) => choiceOf(answer, finding) === 'anyway');
  keepValues(
    reading.text,
    stays.map(({ finding }) => finding),
  );
  await replaceIn(
    one,
    reading,
    one.standing.filter((standing) => !stays.includes(standing)),
  );
  touched(one.spot.element);
}

/** The text that the findings are about; null where it was changed since, and is about to be looked at. */
function current(one: Watched): Reading | null {
  const reading = readAgain(one);
  return fingerprint([reading.text]) === one.looked ? reading : null;
}

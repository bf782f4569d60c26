// Holds what would send a text while a key stands in it that nobody has decided about: Enter, a press on a button, a form's submission.
//
// A text that is known to be clean delays nothing. One that was changed since it was last looked at is looked at now; only where it could
// hold a key does the gesture wait for the scanner. It is repeated by a verdict that the text is clean, or by the person's choice.

import type { Finding } from '../../shared/messages';
import { whileChecking } from '../checking';
import { askAlso, dismiss } from '../elsewhere';
import { caretOf, restore } from '../field';
import { deepActive } from '../natives';
import { resting } from '../rest';
import { site } from '../scanner';
import { replaceAll } from '../typing';
import { read } from '../typing/reading';
import { spotOf } from '../typing/spot';
import { isOpen, letStand, maybeUnresolved, secretsIn, unresolved, upToDate, type Watched } from '../typing/watch';
import { ask, type Question, showAgain, showSent } from '../warning';
import { type Answered, KEEP_OUT } from '../warning/answer';
import { activatorOf } from './activator';
import { belongs, submit, withoutSecrets } from './form';
import { repeatEnter, repeatPress } from './repeat';

const EVENTS = [
  'keydown',
  'keypress',
  'keyup',
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'click',
  'submit',
  'formdata',
] as const;

const TOUCHES = ['touchstart', 'touchend'] as const;

/** A page that sends by itself empties its field within this time. */
const SENDS_WITHIN_MS = 300;

/** The Enter key that was held is still down: what follows of it is not the page's either. */
let key = false;

/** The element on which a press was held that has not ended. */
let pressed: Element | null = null;

let deciding = false;

/** To be called at the start of the document and whenever its listeners may be gone; the same functions each time. */
export function arm(): void {
  for (const type of EVENTS) window.addEventListener(type, onGesture, true);
  // Passive, so that scrolling never waits for us.
  for (const type of TOUCHES) window.addEventListener(type, onGesture, { capture: true, passive: true });
}

function onGesture(event: Event): void {
  if (!event.isTrusted || !(key || pressed !== null || (!resting() && maybeUnresolved()))) return;
  try {
    consider(event);
  } catch {
    stop(event);
  }
}

function consider(event: Event): void {
  switch (event.type) {
    case 'keydown':
      onKeyDown(event as KeyboardEvent);
      break;
    case 'keypress':
    case 'keyup':
      onKeyEnd(event as KeyboardEvent);
      break;
    case 'pointerdown':
      pressed = null;
      onPress(event as PointerEvent);
      break;
    case 'mousedown':
    case 'touchstart':
      onPress(event as MouseEvent | TouchEvent);
      break;
    case 'pointerup':
    case 'mouseup':
    case 'touchend':
      if (pressed !== null) event.stopImmediatePropagation();
      break;
    case 'click':
      onClick(event as PointerEvent);
      break;
    case 'submit':
      onSubmit(event as SubmitEvent);
      break;
    case 'formdata':
      onFormData(event as FormDataEvent);
      break;
  }
}

function onKeyDown(event: KeyboardEvent): void {
  // The end of the last one may have gone to the warning.
  if (!event.repeat) key = false;
  // Enter with Shift is a new line wherever Enter sends; Enter in a composition is a choice among words.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  const spot = spotOf(event);
  if (spot === null) return;
  const fields = unresolved().filter((one) => one.spot.element === spot.element);
  if (fields.length === 0 && !key) return;
  stop(event);
  // A key that is held down is one gesture.
  if (key) return;
  key = true;
  const target = deepActive();
  if (target === null) return;
  const { ctrlKey, metaKey, altKey } = event;
  void decide(fields, () => sendByEnter(target, fields, { ctrlKey, metaKey, altKey }));
}

function onKeyEnd(event: KeyboardEvent): void {
  if (!key || event.key !== 'Enter') return;
  stop(event);
  if (event.type === 'keyup') key = false;
}

function onPress(event: PointerEvent | MouseEvent | TouchEvent): void {
  if ('button' in event && event.button !== 0) return;
  if (pressed === null) {
    const fields = unresolved();
    if (fields.length > 0) pressed = activator(event, fields);
  }
  if (pressed === null) return;
  event.stopImmediatePropagation();
  // So that the focus stays where the caret is.
  if (event.type === 'mousedown') event.preventDefault();
}

function onClick(event: PointerEvent): void {
  const began = pressed;
  pressed = null;
  const fields = unresolved();
  if (began === null && fields.length === 0) return;
  const target = activator(event, fields);
  if (began === null && target === null) return;
  stop(event);
  if (target === null || (began !== null && began !== target)) return;
  const { clientX, clientY, screenX, screenY, ctrlKey, shiftKey, altKey, metaKey, pointerType } = event;
  const modifiers = { ctrlKey, shiftKey, altKey, metaKey };
  const pointer = { clientX, clientY, screenX, screenY, pointerType, isPrimary: true, detail: 1, ...modifiers };
  void decide(fields, () => repeatPress(target, began === null ? null : pointer));
}

function activator(event: MouseEvent | TouchEvent, fields: readonly Watched[]): Element | null {
  return activatorOf(
    event,
    fields.map(({ spot }) => spot.element),
  );
}

function onSubmit(event: SubmitEvent): void {
  const form = event.target;
  const fields = unresolved().filter((one) => belongs(one, form));
  if (fields.length === 0 || !(form instanceof HTMLFormElement)) return;
  const { submitter } = event;
  stop(event);
  void decide(fields, () => submit(form, submitter));
}

function onFormData(event: FormDataEvent): void {
  const fields = unresolved().filter((one) => belongs(one, event.target));
  for (const one of fields) withoutSecrets(event.formData, secretsIn(one));
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Lets a gesture happen once nothing stands in its fields that was not decided about. */
async function decide(fields: readonly Watched[], repeat: () => void): Promise<void> {
  // The first gesture is being decided; those that an impatient person adds are one with it.
  if (deciding) {
    dismiss();
    return;
  }
  deciding = true;
  const active = deepActive();
  const carets = fields.map(({ spot: { place } }) => ({ place, caret: caretOf(place) }));
  const back = () => {
    for (const { place, caret } of carets) restore(active, place, caret);
  };
  const gone: Finding[] = [];
  try {
    for (const one of fields) {
      await whileChecking(upToDate(one));
      if (!isOpen(one)) continue;
      const answer = await askAbout(one);
      const { choice, reason } = answer;
      back();
      // What is sent is what the person has seen: after a replacement they send it themselves.
      if (choice === 'placeholder') await replaceAll(one, answer);
      if (choice !== 'anyway') return;
      if (reason !== 'not-secret') gone.push(...one.standing.map(({ finding }) => finding));
      letStand(one, answer);
    }
    repeat();
    showSent(gone, site());
  } finally {
    deciding = false;
  }
}

async function askAbout(one: Watched): Promise<Answered> {
  const question = questionAbout(one);
  return question === null ? KEEP_OUT : askAlso(question, (signal) => ask(question, signal));
}

function questionAbout({ outcome, standing }: Watched): Question | null {
  if (outcome === null) return null;
  if ('unchecked' in outcome) {
    return { kind: 'unchecked', way: 'send', reason: outcome.unchecked, site: outcome.site };
  }
  const findings = standing.map(({ finding }) => finding);
  const { judgement, remember } = outcome;
  return { kind: 'finding', way: 'send', judgement: { ...judgement, findings }, files: null, remember };
}

/** Where a page takes only a real key, or acts on what the browser makes of it, the person presses again: nothing holds it any more. */
function sendByEnter(target: Element, fields: readonly Watched[], modifiers: KeyboardEventInit): void {
  const texts = () => fields.map(({ spot }) => read(spot, null).text).join('\n');
  const before = texts();
  if (repeatEnter(target, modifiers)) return;
  setTimeout(() => {
    if (texts() === before) showAgain('send');
  }, SENDS_WITHIN_MS);
}

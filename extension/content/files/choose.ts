// Files that are chosen in the browser's dialog. The browser sends `input` and at once `change`; both are stopped, and the input is
// emptied before any code of the page runs: a page that looks at it meanwhile, or sends its form, finds nothing.

import { shadowRootOf } from '../../shared/browser';
import { takeApproval } from '../approvals';
import { holdChoice } from '../guard';
import { marksOf } from '../hold';
import { getRootNode } from '../natives';
import { resting } from '../rest';
import { give, isFileInput } from './give';
import { isMedia } from './look';

/** Inputs whose `input` event was stopped and whose `change` comes next. */
const following = new WeakSet<HTMLInputElement>();

/** Inputs whose files the person has already decided about: `change` passes too, and whoever else of ours listens on the way. */
const passing = new WeakSet<HTMLInputElement>();

/** For windows, and for the roots and elements that `arm` finds. */
export function onChoose(event: Event): void {
  // What people type comes as InputEvents, many a second.
  if (!event.isTrusted || event instanceof InputEvent || resting()) return;
  for (const input of inputsOf(event)) consider(event, input);
}

function consider(event: Event, input: HTMLInputElement): void {
  if (event.type === 'change' && following.delete(input)) {
    stop(event);
    return;
  }
  if (passing.has(input)) return;
  const files = Array.from(input.files ?? []);
  if (files.every(isMedia)) return;
  const approval = takeApproval(marksOf({ flavours: [], files, folders: [] }));
  if (approval?.instead === null) {
    passing.add(input);
    setTimeout(() => passing.delete(input));
    approval.then();
    return;
  }
  stop(event);
  input.value = '';
  if (event.type === 'input') {
    following.add(input);
    setTimeout(() => following.delete(input));
    arm(input);
  }
  if (approval === null) holdChoice(input, files);
  else {
    const { instead, then } = approval;
    // When the browser's own events are over.
    setTimeout(() => {
      give(input, instead.files);
      then();
    });
  }
}

/**
 * The window does not see a `change` inside a shadow root, and nothing at all of an input outside the document, from which many pages
 * open the dialog. Their inputs are listened to directly, before the dialog opens.
 */
export function arm(node: EventTarget | null): void {
  for (const input of inputsAt(node)) {
    for (const target of [getRootNode(input), input]) {
      target.addEventListener('input', onChoose, true);
      target.addEventListener('change', onChoose, true);
    }
  }
}

/** A page may take an input out of the document while its dialog is open. */
export function onClick(event: Event): void {
  const [first] = event.composedPath();
  if (isFileInput(first)) arm(first);
}

function inputsOf(event: Event): HTMLInputElement[] {
  return inputsAt(event.composedPath()[0] ?? null);
}

/** A closed root hides which of its inputs it was: the event then seems to come from its host. */
function inputsAt(node: EventTarget | null): HTMLInputElement[] {
  if (isFileInput(node)) return [node];
  const root = node instanceof Element ? shadowRootOf(node) : null;
  return root === null ? [] : inputsIn(root);
}

function inputsIn(root: ShadowRoot): HTMLInputElement[] {
  const found: HTMLInputElement[] = [];
  for (const element of root.querySelectorAll('*')) {
    if (isFileInput(element)) found.push(element);
    const inner = shadowRootOf(element);
    if (inner !== null) found.push(...inputsIn(inner));
  }
  return found;
}

function stop(event: Event): void {
  event.stopImmediatePropagation();
}

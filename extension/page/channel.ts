// Asks our isolated world whether a page may have a text, or send it. Nothing is decided here.

import { CHANNEL, KEPT_OUT, LET_GO, NET, REPLACED } from '../shared/channel';
import { apply, bare, createElement, dispatch, getter, listen, NativeMouseEvent, own, relatedTarget } from './natives';

let channel: EventTarget | null = null;

const { createTextNode } = Document.prototype;
const { appendChild } = Node.prototype;
const data = getOwnAccessor(CharacterData.prototype, 'data');
const firstChild = getter(Node.prototype, 'firstChild');
const ONCE = bare({ once: true });

addEventListener(
  CHANNEL,
  (event) => {
    channel = apply(relatedTarget, event, []) as EventTarget | null;
  },
  { once: true, capture: true },
);

/** For what is loaded after our isolated world has handed its node over. */
export function offerChannel(): void {
  if (channel !== null) return;
  channel = apply(createElement, own, ['i']);
  apply(dispatch, window, [new NativeMouseEvent(NET, bare({ relatedTarget: channel }))]);
}

export interface Answers {
  letGo(): void;
  replaced(text: string, answer: Event): void;
  keptOut(): void;
}

export type Question = Element;

export function question(): Question {
  return apply(createElement, own, ['i']) as Question;
}

/** A place for one flavour, in the order in which they are judged. */
export function flavour(about: Question): Text {
  const node = apply(createTextNode, own, ['']);
  apply(appendChild, about, [node]);
  return node as Text;
}

export function fill(node: Text, text: unknown): void {
  apply(data.set, node, [text]);
}

/** True: nothing about it is suspicious, and no answer comes. */
export function ask(kind: string, about: Question, answers: Answers | null, event?: Event): boolean {
  // Without an isolated world there is nobody who could ask the person.
  if (channel === null) return true;
  if (answers !== null) {
    const replaced = (answer: Event) => {
      const first = apply(firstChild, about, []);
      answers.replaced(first === null ? '' : apply(data.get, first, []), answer);
    };
    apply(listen, about, [LET_GO, () => answers.letGo(), ONCE]);
    apply(listen, about, [REPLACED, replaced, ONCE]);
    apply(listen, about, [KEPT_OUT, () => answers.keptOut(), ONCE]);
  }
  const asking = event ?? new NativeMouseEvent(kind, bare({ relatedTarget: about, cancelable: true }));
  return apply(dispatch, channel, [asking]);
}

function getOwnAccessor(prototype: object, name: string): { get: () => string; set: (text: unknown) => void } {
  return Object.getOwnPropertyDescriptor(prototype, name) as never;
}

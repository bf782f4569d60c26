// What the extension's own pages share. Elements are made by name and filled with text, never with markup.

import { element } from '../content/warning/dom';
import { icon } from '../content/warning/icon';
import { ask, localized } from './browser';
import { masked } from './masked';
import type { Answers, Kind, Question } from './messages';
import { OWN_SECRET } from './secrets';
import { isUnwritten } from './unwritten';

export { drawing, element } from '../content/warning/dom';

/** Puts the words of the person's language into the page's own markup, and the drawing beside the name. */
export function translate(): void {
  document.documentElement.lang = localized('language');
  document.documentElement.dir = localized('direction');
  for (const marked of document.querySelectorAll<HTMLElement>('[data-text]'))
    marked.textContent = localized(marked.dataset.text ?? '');
  for (const marked of document.querySelectorAll<HTMLElement>('[data-label]'))
    marked.setAttribute('aria-label', localized(marked.dataset.label ?? ''));
  for (const brand of document.querySelectorAll('.brand')) brand.prepend(icon(document));
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element ${id}`);
  return found as T;
}

export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string | null)[]
): HTMLElementTagNameMap[Name] {
  return element(document, name, attributes, ...children);
}

/** A masked value. */
export function maskedCode(text: string, dir: 'ltr' | 'auto' = 'ltr'): HTMLElement {
  return make('code', { dir }, ...masked(document, text));
}

/** A button that acts on a person's own press only. */
export function button(label: string, act: () => unknown, attributes: Readonly<Record<string, string>> = {}) {
  const made = make('button', { type: 'button', ...attributes }, label);
  onPress(made, act);
  return made;
}

/** For one button of many with the same words. */
export function labelWith(label: string, what: string): { 'aria-label': string } {
  return { 'aria-label': localized('labelWith', [label, what]) };
}

export function onPress(target: HTMLElement, act: () => unknown): void {
  target.addEventListener('click', (event) => {
    if (event.isTrusted) attempt(act);
  });
}

export function onChange(target: HTMLElement, act: () => unknown): void {
  target.addEventListener('change', (event) => {
    if (event.isTrusted) attempt(act);
  });
}

/** Runs a step, and shows in the page's `fault` what went wrong: nothing fails in silence. */
export async function attempt(act: () => unknown): Promise<void> {
  const fault = byId('fault');
  // Before and not after: what is still under way when another one fails must not take its words away.
  fault.textContent = '';
  try {
    await act();
  } catch (error) {
    fault.textContent = localized(isQuota(error) ? 'faultFull' : 'fault', [messageOf(error)]);
  }
}

/** Says that what was decided last is not in the history. */
export async function showUnwritten(): Promise<void> {
  byId('unwritten').textContent = (await isUnwritten()) ? localized('unwritten') : '';
}

/** Both browsers have names of their own for a storage that is full. */
function isQuota(error: unknown): boolean {
  return /quota/i.test(error instanceof Error ? `${error.name} ${error.message}` : '');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function answerTo<Ask extends Question['ask']>(
  question: Extract<Question, { ask: Ask }>,
): Promise<Answers[Ask]> {
  return ask(question) as Promise<Answers[Ask]>;
}

/** What a person calls what a rule finds: built in, of their own (`added`), or a secret that they registered. */
export function nameOf(rule: string, kinds: ReadonlyMap<string, Kind>, added: readonly Kind[] = []): string {
  if (rule === OWN_SECRET) return localized('ownSecret');
  return kinds.get(rule)?.name ?? added.find(({ id }) => id === rule)?.name ?? rule;
}

export function say(text: string): void {
  byId('said').textContent = text;
}

/** Opens only what really leads to a page of the web: addresses come from rules, and a rule may name a way in words instead. */
export function linkOr(address: string, label: string): HTMLElement | string {
  if (!address.startsWith('https://')) return address;
  return make('a', { href: address, target: '_blank', rel: 'noreferrer' }, label);
}

export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make('a', { href: url, download: name }).click();
  // The browser has taken the data over by the next turn.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

export function dateAndTime(time: number): string {
  return new Intl.DateTimeFormat(localized('language'), { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}

export function dateOf(time: number): string {
  return new Intl.DateTimeFormat(localized('language'), { dateStyle: 'medium' }).format(time);
}

export function timeOf(time: number): string {
  return new Intl.DateTimeFormat(localized('language'), { timeStyle: 'short' }).format(time);
}

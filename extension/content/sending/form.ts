// Forms, read so that fields named like their properties cannot lie about them.

import { getter, isField, method } from '../natives';
import type { Watched } from '../typing/watch';
import { above } from './activator';

const inputForm = getter<HTMLInputElement, HTMLFormElement | null>(HTMLInputElement.prototype, 'form');
const areaForm = getter<HTMLTextAreaElement, HTMLFormElement | null>(HTMLTextAreaElement.prototype, 'form');
const elements = getter<HTMLFormElement, HTMLFormControlsCollection>(HTMLFormElement.prototype, 'elements');
const requestSubmit = method<HTMLFormElement, [HTMLElement | null], void>(HTMLFormElement.prototype, 'requestSubmit');
const click = method<HTMLElement, [], void>(HTMLElement.prototype, 'click');

export function formOf(field: Element): HTMLFormElement | null {
  if (field instanceof HTMLTextAreaElement) return areaForm(field);
  return field instanceof HTMLInputElement ? inputForm(field) : null;
}

/** Whether a form would send a field: as its own, or because it stands in it. */
export function belongs({ spot: { element } }: Watched, form: EventTarget | null): boolean {
  if (formOf(element) === form) return true;
  for (let at: Node | null = element; at !== null; at = above(at)) if (at === form) return true;
  return false;
}

export function submit(form: HTMLFormElement, submitter: HTMLElement | null): void {
  requestSubmit(form, submitter);
}

export function press(element: Element): void {
  if (element instanceof HTMLElement) click(element);
}

/** What Enter in a one-line field does if no script does anything: https://html.spec.whatwg.org/#implicit-submission */
export function submitImplicitly(field: Element): boolean {
  const form = field instanceof HTMLInputElement ? formOf(field) : null;
  if (form === null) return false;
  const controls = [...elements(form)];
  const button = controls.find((control) => control.matches('button:not([type]), [type=submit], [type=image]'));
  if (button !== undefined) press(button);
  else if (controls.filter((control) => isField(control) && control instanceof HTMLInputElement).length === 1)
    submit(form, null);
  return true;
}

/** Takes secrets out of what a form is about to send. A script's own `submit()` can be stopped by nobody, but its data can be changed. */
export function withoutSecrets(data: FormData, secrets: ReadonlyMap<string, string>): void {
  const entries: [string, FormDataEntryValue][] = [];
  let changed = false;
  data.forEach((value, name) => {
    let clean = value;
    if (typeof clean === 'string')
      for (const [secret, placeholder] of secrets) clean = clean.replaceAll(secret, () => placeholder);
    changed ||= clean !== value;
    entries.push([name, clean]);
  });
  if (!changed) return;
  for (const [name] of entries) data.delete(name);
  for (const [name, value] of entries) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, value, value.name);
  }
}

// What a form sends by leaving the page: a script's `submit()`, and what a person or a script submits and no handler of the page takes.

import { apply, getter, listen, type Native, wrap } from '../natives';
import { leave } from './leave';

const NativeFormData = FormData;
const NativeMutationObserver = MutationObserver;
const { observe } = MutationObserver.prototype;
const { preventDefault, stopImmediatePropagation } = Event.prototype;
const { requestSubmit } = HTMLFormElement.prototype;
// Fields of a form can have the names of its properties.
const actionOf = getter(HTMLFormElement.prototype, 'action') as Native;
const methodOf = getter(HTMLFormElement.prototype, 'method') as Native;
const targetOf = getter(Event.prototype, 'target') as Native;
const submitterOf = getter(SubmitEvent.prototype, 'submitter') as Native;
const isPrevented = getter(Event.prototype, 'defaultPrevented') as Native;

let repeats = false;

wrap(HTMLFormElement.prototype, 'submit', (native, self, values) => {
  send(self, null, () => apply(native, self, values));
});

function onSubmit(event: Event): void {
  // The page's handlers have seen it; they would do everything twice.
  if (repeats) apply(stopImmediatePropagation as Native, event, []);
  // The last of all who listen now.
  else apply(listen, window, ['submit', afterPage, { once: true }]);
}

function afterPage(event: Event): void {
  const form = apply(targetOf, event, []);
  const submitter = apply(submitterOf, event, []);
  if (apply(isPrevented, event, []) || apply(methodOf, form, []) === 'dialog') return;
  const again = () => {
    repeats = true;
    try {
      apply(requestSubmit as Native, form, [submitter]);
    } finally {
      repeats = false;
    }
  };
  let held = false;
  const gone = send(form, submitter, () => {
    if (held) again();
  });
  held = true;
  if (!gone) apply(preventDefault as Native, event, []);
}

function send(form: unknown, submitter: unknown, go: () => void): boolean {
  const data = new NativeFormData(form as HTMLFormElement, submitter as HTMLElement | null);
  return leave(apply(actionOf, form, []) as string, data, go, () => {});
}

function arm(): void {
  apply(listen, window, ['submit', onSubmit, true]);
}

arm();
// `document.open` takes listeners away; the browser ignores one that is still there.
apply(observe as Native, new NativeMutationObserver(arm), [document, { childList: true }]);

// Repeats a gesture that was held, in the way that the page understands: https://w3c.github.io/uievents/

import { pageView } from '../../shared/browser';
import { dispatchEvent } from '../natives';
import { press, submitImplicitly } from './form';

const BUBBLING = { bubbles: true, cancelable: true, composed: true, view: window };

/** A press that began with a pointer has all of its events: some pages act on the first. */
export function repeatPress(target: Element, pointer: PointerEventInit | null): void {
  if (pointer !== null) {
    const init = { ...BUBBLING, ...pointer };
    fire(target, new PointerEvent('pointerdown', { ...init, buttons: 1 }));
    fire(target, new MouseEvent('mousedown', { ...init, buttons: 1 }));
    fire(target, new PointerEvent('pointerup', init));
    fire(target, new MouseEvent('mouseup', init));
  }
  press(target);
}

/** Whether something came of it. */
export function repeatEnter(target: Element, modifiers: KeyboardEventInit): boolean {
  const init = { ...BUBBLING, ...modifiers, key: 'Enter', code: 'Enter', keyCode: 13, which: 13, charCode: 0 };
  const taken = !fire(target, new KeyboardEvent('keydown', init));
  const pressed = taken || !fire(target, new KeyboardEvent('keypress', { ...init, charCode: 13 }));
  fire(target, new KeyboardEvent('keyup', init));
  return pressed || submitImplicitly(target);
}

function fire(target: Element, event: Event): boolean {
  return dispatchEvent(pageView(target), event);
}

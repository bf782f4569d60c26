// The warning's input. It is taken at the window, in the capture phase, before the page: a page must not see the keys and clicks that are
// meant for the warning (its Enter would send a message, its "click outside" would close the dialog with the field), and must not swallow
// them. Window listeners run in the order in which they were added, so `arm` belongs to the start of the document.

/** The open warning, as its input needs it. */
export interface Receiver {
  readonly host: Element;
  readonly root: ShadowRoot;
  /** The first one keeps the text out. */
  buttons(): readonly HTMLButtonElement[];
  /** Where Tab leads, in order. */
  stops(): readonly HTMLElement[];
  /** Would this button work at this moment? */
  ready(button: HTMLButtonElement): boolean;
  choose(button: HTMLButtonElement): void;
  /** Escape. */
  back(): void;
  /** Something in the page's top layer opens or closes. */
  toggled(element: EventTarget | null): void;
}

const KEYS = ['keydown', 'keypress', 'keyup'] as const;
const POINTERS = [
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'click',
  'auxclick',
  'dblclick',
  'contextmenu',
] as const;
/** A page's focus trap would pull the focus back into its own dialog. */
const FOCUS = ['focusin', 'focusout', 'focus', 'blur'] as const;
const TYPES = [...KEYS, ...POINTERS, ...FOCUS, 'beforetoggle'] as const;

let receiver: Receiver | null = null;

/** What takes the input of the line that is shown while no warning is open. */
let line: ((event: Event) => void) | null = null;

/** The button on which the press began, if it was ready then. */
let pressed: HTMLButtonElement | null = null;

/** The key that closed the warning and is still down: its repetitions and its release are not the page's either. */
let ending: string | null = null;

/**
 * Adds the listeners; they do nothing while no warning is open. Adding the same function again changes nothing, so it may be called whenever
 * `document.open()` may have removed them.
 */
export function arm(view: Window = window): void {
  for (const type of TYPES) view.addEventListener(type, take, { capture: true });
}

export function onLine(listener: typeof line): void {
  line = listener;
}

export function receive(open: Receiver, signal: AbortSignal): void {
  receiver = open;
  pressed = null;
  signal.addEventListener('abort', () => {
    receiver = null;
    pressed = null;
  });
}

function take(event: Event): void {
  if (!event.isTrusted || (ending !== null && endsGesture(event))) return;
  const open = receiver;
  if (open === null) {
    line?.(event);
    return;
  }
  if (event.type === 'beforetoggle') {
    open.toggled(event.target);
  } else if (event.type === 'keydown' && (event as KeyboardEvent).key === 'Escape') {
    // Also when the focus is elsewhere: a warning that was robbed of it can still be answered.
    stop(event);
    ending = (event as KeyboardEvent).code;
    if (!(event as KeyboardEvent).repeat) open.back();
  } else if (event.target === open.host) {
    takeAimed(open, event);
  }
}

/** An event whose target is the warning. */
function takeAimed(open: Receiver, event: Event): void {
  if (event.type === 'click' && !byPointer(event as MouseEvent)) {
    // Only the button knows that it was meant: assistive technology presses without pointer and without focus.
    return;
  }
  event.stopImmediatePropagation();
  if (event.type.startsWith('key')) onKey(open, event as KeyboardEvent);
  else onPointer(open, event as MouseEvent);
}

/** The click of assistive technology, the one gesture that reaches the buttons themselves. */
export function onAssistedClick(event: MouseEvent): void {
  if (receiver === null || !event.isTrusted || byPointer(event)) return;
  const button = (event.target as Element).closest('button');
  if (button !== null && receiver.ready(button)) receiver.choose(button);
}

function byPointer(event: MouseEvent): boolean {
  return event.detail > 0 || ((event as PointerEvent).pointerType ?? '') !== '';
}

function onKey(open: Receiver, event: KeyboardEvent): void {
  const buttons = open.buttons();
  const focused = buttons.find((button) => button === open.root.activeElement);
  switch (event.key) {
    case 'Tab':
      event.preventDefault();
      if (event.type === 'keydown') neighbour(open.stops(), open.root.activeElement, event.shiftKey ? -1 : 1)?.focus();
      break;
    case 'Enter':
    case ' ': {
      // The button's own reaction is a click without pointer; one way to press is enough. A held key must not press.
      event.preventDefault();
      if (event.type === 'keydown' && !event.repeat) {
        close(open, focused ?? buttons[0], event);
      }
      break;
    }
    case 'v':
    case 'V':
      if (event.ctrlKey || event.metaKey) event.preventDefault();
      break;
    case 'Insert':
      if (event.shiftKey) event.preventDefault();
      break;
  }
}

function close(open: Receiver, button: HTMLButtonElement | undefined, event: KeyboardEvent): void {
  if (button === undefined || !open.ready(button)) return;
  ending = event.code;
  open.choose(button);
}

function endsGesture(event: Event): boolean {
  if (!event.type.startsWith('key')) return false;
  const { code, repeat } = event as KeyboardEvent;
  const released = event.type === 'keyup';
  const same = code === ending;
  if (released ? same : !repeat) ending = null;
  if (!same || !(released || repeat)) return false;
  stop(event);
  return true;
}

function onPointer(open: Receiver, event: MouseEvent): void {
  if (event.type !== 'pointerdown' && event.type !== 'click') return;
  const button = open.root.elementFromPoint(event.clientX, event.clientY)?.closest('button') ?? null;
  if (event.type === 'pointerdown') {
    pressed = button !== null && event.button === 0 && open.ready(button) ? button : null;
    return;
  }
  if (button !== null && button === pressed && open.ready(button)) open.choose(button);
  pressed = null;
}

function neighbour(stops: readonly HTMLElement[], from: Element | null, step: number): HTMLElement | undefined {
  const at = stops.indexOf(from as HTMLElement);
  return at < 0 ? stops[0] : stops[(at + step + stops.length) % stops.length];
}

function stop(event: Event): void {
  event.stopImmediatePropagation();
  event.preventDefault();
}

// The warning: asks a person what to do with a held paste. The rest of the content script knows only this file.
//
// Whatever goes wrong here, the answer is "keep it out". Only a trusted gesture on a warning that provably was in plain sight answers
// anything else; closing, hiding, covering or crashing the warning never does.

import type { Choice, Finding, Judgement, Reason, Remember } from '../../shared/messages';
import { genuine } from '../genuine';
import { type Answered, answered, KEEP_OUT } from './answer';
import { Gate } from './gate';
import { arm as armView, onAssistedClick, receive } from './gestures';
import { panel } from './panel';
import { hideSent } from './sent';
import { inSight, unfiltered, Watch } from './sight';
import { showStatus } from './status';
import { WARNING } from './styles';
import { Surface } from './surface';
import { findingsOf, type State, trouble, type View, wording } from './words';

/** How what is held was on its way into the page. */
export type Way = 'paste' | 'drop' | 'upload' | 'send';

export interface InFiles {
  readonly findings: readonly Finding[];
  /** For each finding its file and line. */
  readonly places: readonly string[];
  /** Files that could not be looked at, or not whole. */
  readonly partly: readonly string[];
  /** Not null where a copy without what was found can be given instead. */
  readonly redacted: unknown;
}

export type Question =
  | {
      readonly kind: 'finding';
      readonly way: Way;
      readonly judgement: Judgement;
      /** What was found in files, if there were any. */
      readonly files: InFiles | null;
      readonly remember: readonly Remember[];
    }
  | {
      readonly kind: 'unchecked';
      readonly way: Way;
      readonly reason: 'no-answer' | 'crashed' | 'updated';
      readonly site: string;
    };

/** How often the warning looks after itself. */
const TICK = 100;

/** Where the browser itself says whether the warning is covered: how long it must say so before we search the whole page for the cover. */
const SUSPICION = 1000;

/** How long "press paste again" stays, if nobody takes it away. */
const REMINDER = 10_000;

let asking = false;
let tell: (asking: boolean) => void = () => {};

/** Tells when a question opens and when it was answered: nothing else of ours may stand in the top layer beside it. */
export function onAsking(listener: (asking: boolean) => void): void {
  tell = listener;
}

/**
 * To be called at the start of the document and whenever its listeners may be gone; see gestures.ts. Without it the warning works, but a page
 * with older listeners sees the keys and clicks that are meant for the warning.
 */
export function arm(): void {
  armView(window);
}

/**
 * Resolves by a trusted gesture; an abort is "keep it out", and so is a question while another one is open. `unseen`: the page does not let the
 * warning stand, or it broke. Nobody has decided anything.
 */
export function ask(question: Question, signal: AbortSignal): Promise<Answered | 'unseen'> {
  if (asking || signal.aborted) return Promise.resolve(KEEP_OUT);
  asking = true;
  hideSent();
  tell(true);
  const ended = new AbortController();
  return new Promise<Answered | 'unseen'>((answer) => {
    signal.addEventListener('abort', () => answer(KEEP_OUT), { once: true, signal: ended.signal });
    const leave = (event: Event) => {
      if (!event.isTrusted) return;
      answer(KEEP_OUT);
      // At once: nothing that waits for its turn runs any more in a frame that was removed, and its warning may stand in the page around it.
      ended.abort();
    };
    addEventListener('pagehide', leave, { signal: ended.signal });
    open(question, ended.signal, answer);
  })
    .catch((): 'unseen' => 'unseen')
    .finally(() => {
      asking = false;
      ended.abort();
      tell(false);
    });
}

export { showSent } from './sent';

/** "Still checking" while a hold waits for its verdict; the returned function removes it. */
export function showChecking(): () => void {
  return showStatus('checking');
}

/** Says that a page hides the warning and where else it can be answered; the returned function removes it. */
export function showMoved(): () => void {
  return showStatus('hidden');
}

/** Where a page takes only a real paste or drop: asks the person to repeat it. The returned function removes it before its time. */
export function showAgain(way: 'paste' | 'drop' | 'choose' | 'send'): () => void {
  const remove = showStatus(`${way}Again`);
  const timer = setTimeout(remove, REMINDER);
  return () => {
    clearTimeout(timer);
    remove();
  };
}

function open(question: Question, signal: AbortSignal, answer: (answer: Answered | 'unseen') => void): void {
  const view = stage();
  const page = genuine(view.document);
  let state: State = { view: 'first', remember: null, each: null };
  const shown = panel(view.document, wording(question, state));

  const watch = Watch.supported ? new Watch(view, shown.dialog, (visible) => visible || gate.shut(), signal) : null;
  const gate = new Gate(sight, () => page.visibilityState === 'visible' && page.hasFocus());
  const surface = new Surface(view, shown.dialog, {
    css: WARNING,
    deep: () => watch === null || gate.waited > SUSPICION,
    moved: () => gate.shut(),
    lost: () => answer('unseen'),
    signal,
  });

  let stood = '';

  /** Whoever opened this window may resize and move it, so that a button comes under a pointer that is about to press. */
  function still(): boolean {
    const { x, y, width, height } = shown.dialog.getBoundingClientRect();
    const { screenX, screenY, devicePixelRatio } = view;
    const before = stood;
    stood = [x, y, width, height, screenX, screenY, devicePixelRatio].join();
    return before === '' || before === stood;
  }

  function sight(): boolean {
    if (!still()) return false;
    const uncovered = watch ? watch.visible() : unfiltered(view) && surface.layer.above === 'nothing';
    return provable(view) && uncovered && inSight(view, surface.host, shown.dialog);
  }

  function mayRelease(): boolean {
    surface.layer.lookNow(watch === null);
    if (gate.open()) return true;
    // A game of fast clicks must not be under way when the time is up.
    gate.shut();
    return false;
  }

  function look(): void {
    // Should the page have got rid of the listeners: the browser ignores those that are still there.
    armView(view);
    surface.keep();
    gate.look();
    const said = gate.hopeless ? trouble(!provable(view)) : '';
    if (shown.trouble.textContent !== said) {
      shown.trouble.textContent = said;
      // The card may have changed its shape: nothing that was aimed at its old one counts.
      gate.shut();
    }
    shown.showReleases(gate.held());
    if (page.hasFocus() && surface.root.activeElement === null) shown.keepOut.focus({ preventScroll: true });
  }

  /** Another page of the warning, or the same one after something was chosen on it. What lets something in has to stand anew for its time. */
  function show(next: Partial<State>): void {
    const other = next.view !== undefined && next.view !== state.view;
    state = { ...state, ...next };
    shown.show(wording(question, state), other ? null : (surface.root.activeElement as HTMLElement | null));
    gate.shut();
  }

  function press({ dataset }: HTMLButtonElement): void {
    const { choice, reason, remember, each, view: next, index } = dataset;
    if (next !== undefined) show({ view: next as View, each: next === 'each' ? new Map() : null });
    else if (remember !== undefined) show({ remember: remember === state.remember ? null : (remember as Remember) });
    else if (each !== undefined) show({ each: new Map(state.each).set(Number(index), each as Choice) });
    else if (reason !== undefined) answer(decided(question, state, reason as Reason));
    else if (isStep(question, state, choice)) show({ view: 'anyway' });
    else if (choice === 'mixed') answer(decided(question, state, null));
    else answer(answered({ choice: choice as Choice, reason: null, remember: null }));
  }

  armView(view);
  receive(
    {
      host: surface.host,
      root: surface.root,
      buttons: () => shown.buttons,
      stops: () => shown.stops(),
      ready: (button) => !shown.releases.includes(button) || mayRelease(),
      choose: press,
      back: () => (state.view === 'first' ? answer(KEEP_OUT) : show({ view: 'first', each: null })),
      toggled: (element) => surface.layer.toggled(element),
    },
    signal,
  );
  shown.dialog.addEventListener('click', onAssistedClick, { signal });
  // The browser's own ways to dismiss a dialog (a back gesture) mean "keep it out".
  shown.dialog.addEventListener('cancel', (event) => event.isTrusted && answer(KEEP_OUT), { signal });
  // Last, so that the page does not see how the focus comes.
  surface.show();
  const timer = setInterval(look, TICK);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** Whether a press does not let anything in yet, because a reason is asked for. */
function isStep(question: Question, { each }: State, choice: string | undefined): boolean {
  if (choice === 'mixed') return each !== null && [...each.values()].includes('anyway');
  return choice === 'anyway' && findingsOf(question).length > 0;
}

function decided(question: Question, { each, remember }: State, reason: Reason | null): Answered {
  if (each === null) return answered({ choice: 'anyway', reason, remember });
  const found = findingsOf(question).map(({ finding }) => finding);
  const choices = found.map((_, index) => each.get(index) ?? 'placeholder');
  const [first = 'keep-out'] = choices;
  // All of them alike is the same as if they had been decided together; but a text may well go without what is kept out of it.
  if (first !== 'keep-out' && choices.every((choice) => choice === first))
    return answered({ choice: first, reason, remember });
  // Other forms of the same text do not go.
  return {
    choice: 'placeholder',
    reason,
    remember,
    each: new Map(found.map((finding, index) => [finding, choices[index] ?? 'placeholder'])),
  };
}

/**
 * The window in which the warning is shown: the outermost page that may be reached, since a page can move, cut and cover a frame, and put it
 * under a pointer that is about to press.
 */
function stage(): Window & typeof globalThis {
  let view = window;
  try {
    while (view !== view.parent && genuine(view.parent.document).documentElement) view = view.parent as typeof view;
  } catch {
    // The next one is another site's.
  }
  return view;
}

/**
 * In a frame of another site nothing can be: Chromium says whether something covers it, but a frame that its page shakes is in plain sight,
 * and a press meets now this button and now that one (measured: released at 4 of 4 presses). Then the popup decides.
 */
function provable(view: Window): boolean {
  return view === view.top;
}

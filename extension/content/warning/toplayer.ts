import { shadowRootOf } from '../../shared/browser';
import { genuine } from '../genuine';

/** `risen`: something opened after the warning. `doubtful`: something may have. */
export type Above = 'nothing' | 'doubtful' | 'risen';

/**
 * What else stands in the browser's top layer, where the later one covers the earlier. The order cannot be asked for, so it
 * is remembered: whatever was open when the warning was shown lies below it, until it closes or opens again.
 *
 * The size of the others does not matter: a tiny popover covers the whole page with its shadow.
 */
export class TopLayer {
  readonly #document: Document;
  readonly #own: Element;
  #below = new WeakSet<Element>();
  #above: Above = 'nothing';
  #deepDue = 0;

  constructor(document: Document, own: Element) {
    this.#document = document;
    this.#own = own;
  }

  /** What the last look found. */
  get above(): Above {
    return this.#above;
  }

  /** The warning has just been shown: everything else is below it. */
  settle(deep: boolean): void {
    this.#below = new WeakSet(this.#others(deep));
    this.#above = 'nothing';
  }

  /** An element is about to open or close; when it opens again, it stands above. */
  toggled(element: EventTarget | null): void {
    // No test for the class: the element may be another window's. What is no element is not in the set.
    this.#below.delete(element as Element);
  }

  /** `deep`: also into shadow roots, closed ones too. On a huge page not at every call, so that the walks take a fifth of the time at most. */
  look(deep: boolean): void {
    const began = performance.now();
    if (deep && began < this.#deepDue) return;
    this.lookNow(deep);
    if (!deep) return;
    const ended = performance.now();
    this.#deepDue = ended + 4 * (ended - began);
  }

  lookNow(deep: boolean): void {
    const others = this.#others(deep);
    if (others.some((other) => !this.#below.has(other))) this.#above = 'risen';
    else if (others.some((other) => this.#shy(other))) this.#above = 'doubtful';
    else this.#above = 'nothing';
  }

  /**
   * The toggle events of a popover in a shadow root can be kept from us, so it may have closed and opened again between two looks.
   * A dialog cannot: a later modal dialog would make the warning inert, and hit tests tell that.
   */
  #shy(other: Element): boolean {
    return other.getRootNode() !== this.#document && other.matches(':popover-open');
  }

  #others(deep: boolean): Element[] {
    return open(genuine(this.#document), deep).filter(
      (element) => element !== this.#own && !element.contains(this.#own),
    );
  }
}

const OPEN = ':modal, :popover-open, :fullscreen';

function open(root: Document | ShadowRoot, deep: boolean): Element[] {
  const found = [...root.querySelectorAll(OPEN)];
  if (!deep) return found;
  for (const element of root.querySelectorAll('*')) {
    const inner = shadowRootOf(element);
    if (inner !== null) found.push(...open(inner, deep));
  }
  return found;
}

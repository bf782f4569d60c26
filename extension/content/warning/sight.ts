// Can the person see the warning at this moment? Each test below answers an attack that was run.

import { genuine } from '../genuine';

/** The card of a frame of 240 × 120 px is just above it; anything smaller is no warning. */
const LEAST_WIDTH = 200;
const LEAST_HEIGHT = 100;

/** Hit tests respect rounded corners; this far inside, the card is solid. */
const INSET = 8;

/**
 * Everything that can be asked synchronously, and in both browsers. Necessary, not sufficient: hit tests do not see an overlay with
 * `pointer-events: none`, so Chromium's IntersectionObserver v2 or the memory of the top layer has to agree as well.
 *
 * The opacity, clip-path, mask and transform of the page's elements are not asked for: the card stands in the top layer inside a closed
 * root on a host without a box, where none of them reaches it.
 */
export function inSight(view: Window, host: Element, dialog: HTMLDialogElement): boolean {
  const page = genuine(view.document);
  return (
    // Another window or tab may lie over this one, or be about to vanish under a double click.
    page.visibilityState === 'visible' &&
    page.hasFocus() &&
    dialog.isConnected &&
    dialog.matches(':modal') &&
    dialog.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) &&
    plain(view, dialog) &&
    !transitioning(page) &&
    uncovered(view, host, dialog.getBoundingClientRect())
  );
}

/** The page cannot style the card, so these hold unless another extension opened the root. */
function plain(view: Window, dialog: Element): boolean {
  const style = view.getComputedStyle(dialog);
  return style.opacity === '1' && style.filter === 'none' && style.clipPath === 'none' && style.transform === 'none';
}

/**
 * Firefox only: a filter on the root element is drawn over the top layer too, and its hit tests know nothing of it. Turning colours round,
 * as dark modes do, hides nothing; every other filter could.
 */
export function unfiltered(view: Window): boolean {
  const { filter, mixBlendMode } = view.getComputedStyle(genuine(view.document).documentElement);
  return mixBlendMode === 'normal' && /^(?:none|(?:(?:invert\(1\)|hue-rotate\([^()]*\)) ?)+)$/.test(filter);
}

/** A view transition paints a picture of the page, styled by the page, over the top layer. */
function transitioning(page: Document): boolean {
  const { activeViewTransition } = page as { activeViewTransition?: unknown };
  if (activeViewTransition !== undefined) return activeViewTransition !== null;
  return CSS.supports('selector(:active-view-transition)') && page.querySelector(':active-view-transition') !== null;
}

function uncovered(view: Window, host: Element, box: DOMRect): boolean {
  if (box.width < LEAST_WIDTH || box.height < LEAST_HEIGHT) return false;
  const page = genuine(view.document);
  const { clientWidth, clientHeight } = page.documentElement;
  const width = Math.max(view.innerWidth, clientWidth);
  const height = Math.max(view.innerHeight, clientHeight);
  if (box.left < -1 || box.top < -1 || box.right > width + 1 || box.bottom > height + 1) return false;
  const columns = [box.left + INSET, (box.left + box.right) / 2, box.right - INSET];
  const rows = [box.top + INSET, (box.top + box.bottom) / 2, box.bottom - INSET];
  return columns.every((x) => rows.every((y) => page.elementFromPoint(x, y) === host));
}

/**
 * Chromium's IntersectionObserver v2: the browser's own word that nothing covers or fades the card. It may wrongly say "hidden", never wrongly "visible", except that it ignores clipping (so the ratio is asked too) and size
 * (page zoom made a card of 15 × 10 px "visible"; `inSight` refuses that).
 */
export class Watch {
  static readonly supported = 'isVisible' in IntersectionObserverEntry.prototype;
  #visible = false;

  constructor(
    view: Window & typeof globalThis,
    dialog: Element,
    changed: (visible: boolean) => void,
    signal: AbortSignal,
  ) {
    const take = (entries: readonly IntersectionObserverEntry[]) => {
      const last = entries.at(-1) as (IntersectionObserverEntry & { isVisible: boolean }) | undefined;
      if (last === undefined) return;
      // Whole in view but for rounding of fractional pixels.
      this.#visible = last.isVisible && last.intersectionRatio >= 0.99;
      changed(this.#visible);
    };
    const options = { trackVisibility: true, delay: 100, threshold: [0, 0.5, 0.99, 1] };
    const observer = new view.IntersectionObserver(take, options as IntersectionObserverInit);
    observer.observe(dialog);
    signal.addEventListener('abort', () => observer.disconnect(), { once: true });
    this.visible = () => {
      take(observer.takeRecords());
      return this.#visible;
    };
  }

  /** The last word, including one that was not delivered yet. */
  readonly visible: () => boolean;
}

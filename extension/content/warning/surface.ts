import { genuine } from '../genuine';
import { Budget } from './budget';
import { element } from './dom';
import { TopLayer } from './toplayer';

/** Attributes by which a page could hide the host, from eyes or from assistive technology. All of them watched would be costly. */
const WATCHED = [
  'style',
  'class',
  'id',
  'hidden',
  'inert',
  'popover',
  'dir',
  'lang',
  'role',
  'aria-hidden',
  'slot',
  'tabindex',
];

/**
 * Keeps a modal dialog in front of a page that may not want it.
 *
 * The dialog is inside a closed root, on a host without a box. Against a host that is itself a popover this was measured to be stronger:
 * no style on the host or on the page's elements reaches a dialog in the top layer, `inert` on the page does not make it inert, it stays
 * usable when the field stands in a modal dialog of the page, and the page behind it takes no clicks, so that the caret stays where the
 * paste was held. What is left to a page is to remove the host, to hide the whole document, or to open something later on top.
 */
export class Surface {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly layer: TopLayer;
  readonly #sheets: CSSStyleSheet[];
  readonly #view: Window & typeof globalThis;
  readonly #dialog: HTMLDialogElement;
  readonly #observer: MutationObserver;
  readonly #deep: () => boolean;
  readonly #moved: () => void;
  readonly #lost: () => void;
  /** As many as a password manager in the field allows before it yields to the page. */
  readonly #mutations = new Budget(100, 2000);
  readonly #fights = new Budget(5, 5000);
  #parent: Element | null = null;

  /** `deep`: is it worth a walk to look for covers in shadow roots? `moved`: the dialog was shown anew. `lost`: the page does not let the warning stand. */
  constructor(
    view: Window & typeof globalThis,
    dialog: HTMLDialogElement,
    options: { css: string; deep: () => boolean; moved: () => void; lost: () => void; signal: AbortSignal },
  ) {
    this.#view = view;
    this.#dialog = dialog;
    this.#deep = options.deep;
    this.#moved = options.moved;
    this.#lost = options.lost;
    ({ host: this.host, root: this.root } = hostWith(view, dialog, options.css));
    this.#sheets = [...this.root.adoptedStyleSheets];
    this.layer = new TopLayer(view.document, dialog);
    this.#observer = new MutationObserver((records) => this.#repair(records));
    options.signal.addEventListener('abort', () => this.#remove(), { once: true });
  }

  show(): void {
    const focused = this.root.activeElement as HTMLElement | null;
    const page = genuine(this.#view.document);
    this.#parent = this.#parent?.isConnected ? page.documentElement : home(page);
    this.#parent?.append(this.host);
    // A page that moves the host into another document and back takes them away.
    this.root.adoptedStyleSheets = this.#sheets;
    this.#dialog.showModal();
    if (focused !== null) focused.focus({ preventScroll: true });
    // The first focus scrolled to its button, but a person in a small frame begins to read at the top.
    else this.#dialog.scrollTop = 0;
    this.#unzoom();
    this.layer.settle(this.#deep());
    this.#observer.observe(this.host, { attributes: true, attributeFilter: WATCHED });
    if (this.#parent !== null) this.#observer.observe(this.#parent, { childList: true });
    this.#moved();
  }

  /** To be called a few times a second: not every loss makes an event. */
  keep(): void {
    this.layer.look(this.#deep());
    if (!this.#stands()) this.#again(this.#mutations);
    else if (this.layer.above === 'risen') this.#again(this.#fights);
    else if (this.#parent !== genuine(this.#view.document).documentElement && !this.#dialog.checkVisibility()) {
      this.#again(this.#fights);
    }
    this.#unzoom();
  }

  #repair(records: readonly MutationRecord[]): void {
    const attributes = records.filter((record) => record.type === 'attributes');
    if (!attributes.every(() => this.#mutations.spend())) this.#lost();
    for (const name of this.host.getAttributeNames()) this.host.removeAttribute(name);
    this.#observer.takeRecords();
    if (!this.#stands()) this.#again(this.#mutations);
  }

  #stands(): boolean {
    return this.host.isConnected && this.host.parentNode === this.#parent && this.#dialog.matches(':modal');
  }

  #again(budget: Budget): void {
    if (budget.spend()) {
      this.#remove();
      this.show();
    } else {
      this.#lost();
    }
  }

  /** Removing instead of closing: closing would move the focus, and the caller returns it with the caret. */
  #remove(): void {
    this.#observer.disconnect();
    this.host.remove();
    this.#dialog.removeAttribute('open');
  }

  /** `zoom` on the page's root is the one style that reaches the top layer. */
  #unzoom(): void {
    const { currentCSSZoom = 1 } = genuine(this.#view.document).documentElement as { currentCSSZoom?: number };
    const zoom = currentCSSZoom === 1 || currentCSSZoom <= 0 ? '' : String(1 / currentCSSZoom);
    if (this.#dialog.style.zoom !== zoom) this.#dialog.style.zoom = zoom;
  }
}

/** A boxless host with a closed root that holds one element. */
export function hostWith(
  view: Window & typeof globalThis,
  content: Element,
  css: string,
): { host: HTMLElement; root: ShadowRoot } {
  const host = element(view.document, 'div');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  root.append(content);
  return { host, root };
}

/** A modal dialog closes every automatic popover that does not contain it, and the field may stand in one. */
function home(page: Document): Element | null {
  return page.activeElement?.closest(':popover-open') ?? page.documentElement;
}

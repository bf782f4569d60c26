// A line beside the field that says what was found in it. It asks nothing that must be answered: it takes no focus, covers nothing of the
// field, and its buttons can be reached by keyboard. What it offers concerns text that is in the page already, so it need not prove, as the
// warning must, that it can be seen.

import { localized } from '../../shared/browser';
import { masked as shownMasked } from '../../shared/masked';
import { page } from '../natives';
import { element } from '../warning/dom';
import { icon } from '../warning/icon';
import { announcement, announcer, keys, shortcut } from '../warning/keys';
import { hideSent } from '../warning/sent';
import { ANNOUNCED_AFTER } from '../warning/status';
import { CHIP } from '../warning/styles';
import { hostWith } from '../warning/surface';
import { phrase } from '../warning/words';

export type Action = 'replace' | 'keep';

export interface Shown {
  readonly words: string;
  /** The one value that was found, as it may be shown; empty for several. */
  readonly masked: string;
  /** What would stand there instead; null where it cannot be put there. */
  readonly placeholder: string | null;
  /** The field that it stands beside. */
  readonly beside: Element;
}

const GAP = 6;

export class Chip {
  readonly #host: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #box: HTMLElement;
  readonly #words: HTMLElement;
  readonly #status: HTMLElement;
  readonly #masked: HTMLElement;
  readonly #replace: HTMLButtonElement;
  readonly #keep: HTMLButtonElement;
  readonly #act: (action: Action) => void;
  readonly #moves = () => this.move();
  #beside: Element | null = null;
  #announcing: ReturnType<typeof setTimeout> | undefined;
  #open: AbortController | null = null;

  constructor(act: (action: Action) => void) {
    this.#act = act;
    this.#words = element(document, 'span', { 'aria-hidden': 'true' });
    this.#status = announcer();
    this.#masked = element(document, 'code', { dir: 'ltr' });
    this.#replace = element(document, 'button', {
      type: 'button',
      'data-action': 'replace',
      ...shortcut('K'),
    });
    this.#keep = element(
      document,
      'button',
      { type: 'button', 'data-action': 'keep', ...shortcut('L') },
      localized('leaveIt'),
      keys('L'),
    );
    this.#box = element(
      document,
      'div',
      {
        role: 'group',
        'aria-label': localized('extName'),
        popover: 'manual',
        lang: localized('language'),
        dir: localized('direction'),
      },
      icon(document),
      this.#words,
      this.#status,
      this.#masked,
      this.#replace,
      this.#keep,
    );
    ({ host: this.#host, root: this.#root } = hostWith(window, this.#box, CHIP));
    for (const button of [this.#replace, this.#keep])
      button.addEventListener('click', (event) => {
        if (event.isTrusted) this.#act(button === this.#replace ? 'replace' : 'keep');
      });
  }

  show({ words, masked, placeholder, beside }: Shown): void {
    this.#beside = beside;
    this.#masked.replaceChildren(...shownMasked(document, masked));
    this.#replace.hidden = placeholder === null;
    const { before, part, after } = phrase('replaceBy', placeholder ?? '');
    const said = announcement(words, ...(placeholder === null ? [] : [[before + part + after, 'K'] as const]), [
      localized('leaveIt'),
      'L',
    ]);
    this.#replace.replaceChildren(before, element(document, 'code', { dir: 'ltr' }, part), after, keys('K'));
    this.#words.textContent = words;
    if (this.#open === null || !this.#host.isConnected) this.#appear();
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => {
      if (this.#status.textContent !== said) this.#status.textContent = said;
    }, ANNOUNCED_AFTER);
    this.move();
  }

  hide(): void {
    clearTimeout(this.#announcing);
    this.#open?.abort();
    this.#open = null;
    this.#host.remove();
    this.#status.textContent = '';
  }

  /** A pointer on the chip is neither the page's nor a reason for the field to lose the focus. */
  take(event: MouseEvent): void {
    if (this.#open === null || event.target !== this.#host) return;
    // Pressed by keyboard or assistive technology: only the button knows that it was meant.
    if (event.type === 'click' && event.detail === 0) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    if (event.type === 'click') {
      const button = this.#root.elementFromPoint(event.clientX, event.clientY)?.closest('button');
      if (button) this.#act(button === this.#replace ? 'replace' : 'keep');
    }
  }

  #appear(): void {
    // It has the same keys.
    hideSent();
    this.#open?.abort();
    this.#open = new AbortController();
    const { signal } = this.#open;
    page.documentElement.append(this.#host);
    this.#box.showPopover();
    window.addEventListener('scroll', this.#moves, { capture: true, passive: true, signal });
    window.addEventListener('resize', this.#moves, { passive: true, signal });
  }

  /**
   * Above the field, since what sends its text stands mostly below or beside it; where there is no room, below or beside it; where a field
   * takes all the room, at the top of the frame.
   */
  move(): void {
    if (this.#beside === null || this.#open === null) return;
    const field = this.#beside.getBoundingClientRect();
    const { width, height } = this.#box.getBoundingClientRect();
    const right = innerWidth - width - GAP;
    const bottom = innerHeight - height - GAP;
    const left = Math.max(GAP, Math.min(field.left, right));
    const places = [
      { left, top: field.top - height - GAP },
      { left, top: field.bottom + GAP },
      { left: field.right + GAP, top: field.top },
      { left: field.left - width - GAP, top: field.top },
    ];
    const place = places.find(({ left, top }) => left >= GAP && left <= right && top >= GAP && top <= bottom);
    const { style } = this.#box;
    style.left = `${place?.left ?? Math.max(GAP, right)}px`;
    style.top = `${place?.top ?? GAP}px`;
  }
}

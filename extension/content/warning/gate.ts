/** How long a person must have been able to see the warning: Blink asks the same of a frame that moved before it takes clicks. */
const HELD = 500;

/** No proof for this long, and the person is told why the buttons do nothing. */
const PATIENCE = 3000;

/**
 * The longest silence between two looks. If the page freezes its thread, nothing is observed although a cover may have been painted
 * before, so the time does not count and the proof begins again.
 */
const SILENCE = 400;

/**
 * Decides whether a button that lets something into the page works. `isTrusted` alone proves nothing: a page can lay a picture without
 * pointer events over the warning, and the person's real click goes through it. So the warning must have been seen to stand in plain
 * sight at every look for half a second, and again at the press and at the click.
 *
 * Closing, hiding or covering the warning only ever keeps the gate shut.
 */
export class Gate {
  readonly #sight: () => boolean;
  readonly #attended: () => boolean;
  #since: number | null = null;
  #looked = Number.NEGATIVE_INFINITY;
  #waited = 0;

  /** `sight`: can the warning be seen now? `attended`: does the person look at this window at all? */
  constructor(sight: () => boolean, attended: () => boolean) {
    this.#sight = sight;
    this.#attended = attended;
  }

  /** One look. To be called several times in every `SILENCE`. */
  look(now: number = performance.now()): void {
    const pause = now - this.#looked;
    if (pause > SILENCE) this.#since = null;
    this.#looked = now;
    if (this.#sight()) {
      this.#since ??= now;
      this.#waited = 0;
    } else {
      this.#since = null;
      if (this.#attended()) this.#waited += Math.min(pause, SILENCE);
    }
  }

  /** The warning was moved, hidden or covered: begin again. */
  shut(): void {
    this.#since = null;
  }

  /** Did the looks so far see it for long enough? For the looks of the buttons. */
  held(now: number = performance.now()): boolean {
    return this.#since !== null && now - this.#looked <= SILENCE && now - this.#since >= HELD;
  }

  /** May a gesture at this very moment release something? */
  open(now: number = performance.now()): boolean {
    if (!this.held(now)) return false;
    if (this.#sight()) return true;
    this.#since = null;
    return false;
  }

  /** For how long there has been no proof although somebody looked, in ms. */
  get waited(): number {
    return this.#waited;
  }

  /** Nobody could prove the warning visible for so long that it is no passing thing. */
  get hopeless(): boolean {
    return this.#waited >= PATIENCE;
  }
}

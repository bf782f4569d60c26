/** How often something may happen within a span of time: a page that fights us must not turn us into a busy loop. */
export class Budget {
  readonly #limit: number;
  readonly #span: number;
  #spent: number[] = [];

  constructor(limit: number, span: number) {
    this.#limit = limit;
    this.#span = span;
  }

  /** Counts one occurrence; false once more than the limit fell within the span. */
  spend(now: number = performance.now()): boolean {
    this.#spent = this.#spent.filter((time) => now - time < this.#span);
    this.#spent.push(now);
    return this.#spent.length <= this.#limit;
  }
}

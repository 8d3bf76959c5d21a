/** What was found for a state of things, for as long as it is the same. */
export class FoundOnce<T> {
  #last: { state: string; found: Promise<T> } | undefined;

  /** Whoever asks while it is being looked for waits for the same; what failed is looked for again. */
  of(state: string, find: () => Promise<T>): Promise<T> {
    if (this.#last?.state === state) return this.#last.found;
    const last = { state, found: find() };
    this.#last = last;
    last.found.catch(() => {
      if (this.#last === last) this.#last = undefined;
    });
    return last.found;
  }
}

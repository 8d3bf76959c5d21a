/** NaN where there are none: no target is reached by it. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** What was measured, by name, over the rounds. */
export class Figures {
  readonly #values = new Map<string, number[]>();

  note(name: string, value: number): void {
    this.#values.set(name, [...(this.#values.get(name) ?? []), value]);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Median; NaN where nothing was measured. */
  of(name: string): number {
    const values = this.#values.get(name);
    return values ? median(values) : Number.NaN;
  }

  most(name: string): number {
    return Math.max(...(this.#values.get(name) ?? [Number.NaN]));
  }
}

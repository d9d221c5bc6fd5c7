/** Rows from the top that are looked at. */
const mostRows = 10_000;

/** Tells which column of text names groups of rows rather than single rows: its values come twice on average at least. */
export class RepeatedKey {
  readonly #names: readonly string[];
  readonly #seen: readonly Set<string>[];
  #rows = 0;

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#seen = names.map(() => new Set());
  }

  /** Takes rows of the columns of text, one array each. */
  add(text: readonly (readonly string[])[]): void {
    const rows = Math.min(text[0]?.length ?? 0, mostRows - this.#rows);
    this.#seen.forEach((values, j) => {
      for (let i = 0; i < rows; i++) values.add(text[j]![i]!);
    });
    this.#rows += rows;
  }

  /** The first such column; null where there is none. */
  result(): string | null {
    return this.#names.find((_, j) => 2 * this.#seen[j]!.size <= this.#rows) ?? null;
  }
}

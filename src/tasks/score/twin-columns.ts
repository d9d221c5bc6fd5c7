import { isSame } from "../../preparation/alike-columns.ts";

/** Columns that have been equal in every row so far: classes that only ever fall apart. */
export class TwinColumns {
  #classes: (readonly number[])[];

  constructor(columns: number) {
    const all = Array.from({ length: columns }, (_, j) => j);
    this.#classes = columns > 1 ? [all] : [];
  }

  /** Takes rows [rows, columns] side by side. */
  add(cells: ArrayLike<unknown>, rows: number, columns: number): void {
    for (let i = 0; i < rows && this.#classes.length > 0; i++) {
      const at = i * columns;
      const agree = (own: readonly number[]): boolean =>
        own.every((j) => isSame(cells[at + j], cells[at + own[0]!]));
      if (this.#classes.every(agree)) continue;
      this.#classes = this.#classes
        .flatMap((own) => classesBy(own, (j) => cells[at + j]))
        .filter(({ length }) => length > 1);
    }
  }

  /** The pairs of columns that are equal, each column with the first of its class. */
  pairs(): readonly (readonly [one: number, other: number])[] {
    return this.#classes.flatMap(([first, ...others]) =>
      others.map((other) => [first!, other] as const),
    );
  }
}

function classesBy(columns: readonly number[], cell: (column: number) => unknown): number[][] {
  const classes = new Map<unknown, number[]>();
  for (const j of columns) {
    const own = classes.get(cell(j));
    if (own) own.push(j);
    else classes.set(cell(j), [j]);
  }
  return [...classes.values()];
}

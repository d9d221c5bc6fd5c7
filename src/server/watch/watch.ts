import { cumulativeDistance, totalVariation } from "../../metrics/drift.ts";
import { stabilityIndex } from "../../metrics/stability.ts";
import type { ServedFacts } from "../models/served.ts";
import type { Scored, ServedRows } from "../rows.ts";
import { addTally, type Ruler, rulerOf, type Tally } from "./tallies.ts";

/** The window of time slides by this part of itself. */
const steps = 12;

/** Rows below which a column of a window is not compared: chance alone would move it. */
const fewestRows = 100;

/** How the rows that a model was asked about differ from those that trained it. */
export interface DriftReport {
  readonly rows: number;
  readonly anomalies: number;
  readonly columns: readonly ColumnDrift[];
  /** Scores among those of training; null where the file does not tell how these were. */
  readonly scores: {
    readonly sum: number;
    readonly edges: readonly number[];
    readonly counts: readonly number[];
    readonly training: readonly number[];
  } | null;
}

export interface ColumnDrift {
  readonly column: string;
  /** Population stability index over the bins of training; null where rows are few, or the file has no bins. */
  readonly psi: number | null;
  /** Largest difference of shares, that of `espejo score`: by Kolmogorov and Smirnov, of categories the total variation. */
  readonly distance: number | null;
  /** Share of cells that are missing, and that in training. */
  readonly missing: number;
  readonly missing_training: number;
  /** Share of numbers outside of the range of training. */
  readonly out_of_range: number;
  /** Share of categories that training did not see. */
  readonly unseen: number;
}

/** Counts what passes through a model, since it was loaded and in a window of time. */
export class Watch {
  readonly #ruler: Ruler;
  /** What is older than the window. */
  readonly #before: Tally;
  readonly #step: number;
  /** Of the last steps, the newest last. */
  readonly #window: { readonly begins: number; readonly tally: Tally }[] = [];

  /** `windowMs` is the length of the window in milliseconds. */
  constructor(facts: ServedFacts, windowMs: number) {
    this.#ruler = rulerOf(facts);
    this.#before = this.#ruler.empty();
    this.#step = windowMs / steps;
  }

  /** Counts rows and what was said of them, at a time in milliseconds. */
  add(rows: ServedRows, scored: Scored, now: number = Date.now()): void {
    const begins = Math.floor(now / this.#step) * this.#step;
    if (this.#window.at(-1)?.begins !== begins) {
      this.#window.push({ begins, tally: this.#ruler.empty() });
      this.#forget(now);
    }
    this.#ruler.add(this.#window.at(-1)!.tally, rows, scored);
  }

  /** Since the model was loaded. */
  get total(): DriftReport {
    const sum = this.#sum();
    addTally(sum, this.#before);
    return reportOf(this.#ruler, sum);
  }

  /** In the window that ends at a time. */
  last(now: number = Date.now()): DriftReport {
    this.#forget(now);
    return reportOf(this.#ruler, this.#sum());
  }

  #sum(): Tally {
    const sum = this.#ruler.empty();
    for (const { tally } of this.#window) addTally(sum, tally);
    return sum;
  }

  #forget(now: number): void {
    while (this.#window[0] && this.#window[0].begins <= now - steps * this.#step)
      addTally(this.#before, this.#window.shift()!.tally);
  }
}

function reportOf(ruler: Ruler, tally: Tally): DriftReport {
  const { names, before, missingBefore, scoresBefore, scoreEdges } = ruler;
  const p = tally.outside.length;
  const share = (n: number): number => (tally.rows > 0 ? n / tally.rows : 0);
  return {
    rows: tally.rows,
    anomalies: tally.anomalies,
    columns: names.map((column, j) => {
      const [now, then] = [tally.shares[j]!, before[j]!];
      const told = then !== null && tally.rows >= fewestRows;
      const distance = j < p ? cumulativeDistance : totalVariation;
      return {
        column,
        psi: told ? stabilityIndex(now, then) : null,
        distance: told ? distance(now, then) : null,
        missing: share(tally.missing[j]!),
        missing_training: missingBefore[j]!,
        out_of_range: j < p ? share(tally.outside[j]!) : 0,
        unseen: j < p ? 0 : share(tally.unseen[j - p]!),
      };
    }),
    scores: scoresBefore && {
      sum: tally.scoreSum,
      edges: scoreEdges,
      counts: [...tally.scores],
      training: [...scoresBefore],
    },
  };
}

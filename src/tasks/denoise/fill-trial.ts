import { momentsOf } from "../../metrics/statistics.ts";
import type { Block } from "../compress/block.ts";
import type { Way } from "./filler.ts";
import { type Fillers, type FillingSource, fillersOf } from "./fillers.ts";
import { type HiddenCells, type Hiding, hideCells } from "./hidden-cells.ts";
import type { KeptRows } from "./kept-rows.ts";
import { areApart } from "./series-places.ts";

/** Least steps to the nearest known value of the same series, within which ways are compared; Infinity: none is known. */
export const distances = [0, 2, 4, 8, 16, Number.POSITIVE_INFINITY] as const;

/** Errors of one way, filling after so many rounds, on hidden cells. */
export interface Candidate {
  readonly way: Way;
  readonly rounds: number | null;
}

/** What came of hiding cells once. */
export interface TrialTurn {
  /** Of each column, numbers first, and its hidden cells: the error of each candidate as they lie; NaN where it knows none. */
  readonly errors: readonly (readonly Float64Array[])[];
  /** Of the same cells, the place in `distances` of how far a known value is. */
  readonly places: readonly Uint8Array[];
  /** Of each distance and column: the errors of each candidate where values nearer than that are not used. */
  readonly atDistance: readonly (readonly (readonly Float64Array[])[])[];
}

/** What came of hiding cells several times. */
export interface FillTrial {
  readonly candidates: readonly Candidate[];
  readonly turns: readonly TrialTurn[];
  readonly rows: number;
  readonly hidden: number;
  /** How many columns are numbers. */
  readonly numbers: number;
}

/**
 * Hides cells in turns, fills them in each way, and keeps the errors: squares in deviations of the column for numbers, 0 or 1 for
 * categories.
 */
export async function fillTrial(
  from: FillingSource,
  kept: KeptRows,
  hiding: Omit<Hiding, "turn">,
  turns: number,
  only?: Way,
): Promise<FillTrial> {
  const deviations = kept.block.numbers.map((values) => momentsOf(values).deviation);
  const done: TrialTurn[] = [];
  let candidates: readonly Candidate[] = [];
  const rows = new Set<number>();
  let hidden = 0;
  for (let turn = 0; turn < turns; turn++) {
    const hiddenCells = hideCells(kept, { ...hiding, turn });
    const fillers = fillersOf(from, hiddenCells.kept, only);
    candidates = fillers.list.map(({ way, rounds }) => ({ way, rounds }));
    done.push(await turnOf(hiddenCells, fillers, deviations));
    for (const row of hiddenCells.gapped.rows) rows.add(row);
    hidden += hiddenCells.cells.reduce((n, { length }) => n + length, 0);
  }
  return { candidates, turns: done, rows: rows.size, hidden, numbers: deviations.length };
}

async function turnOf(
  { gapped, truth, cells }: HiddenCells,
  { list, along }: Fillers,
  deviations: readonly number[],
): Promise<TrialTurn> {
  const aparts = along ? distances : [0];
  const filled: (readonly Block[])[] = [];
  for (const { fill } of list) filled.push(await fill(gapped, aparts));
  const errorsAt = (a: number, column: number, chosen: readonly number[]): Float64Array[] =>
    filled.map((blocks) =>
      Float64Array.from(chosen, (i) => errorOf(truth, blocks[a]!, column, i, deviations)),
    );
  const placeOf = (column: number, i: number, apart: number): number => {
    if (!along) return 0;
    const distance = along.distance(column, gapped.rows[i]!, apart);
    return distances.findLastIndex((least) => least === 0 || areApart(distance, least));
  };
  return {
    errors: cells.map((hidden, column) => errorsAt(0, column, hidden)),
    places: cells.map((hidden, column) => Uint8Array.from(hidden, (i) => placeOf(column, i, 0))),
    atDistance: aparts.map((apart, a) =>
      cells.map((hidden, column) => {
        const there =
          apart === Number.POSITIVE_INFINITY
            ? hidden
            : hidden.filter((i) => placeOf(column, i, apart) === a);
        return errorsAt(a, column, there);
      }),
    ),
  };
}

function errorOf(
  truth: Block,
  filled: Block,
  column: number,
  i: number,
  deviations: readonly number[],
): number {
  const p = deviations.length;
  if (column >= p) {
    const wanted = truth.categories[column - p]![i];
    return filled.categories[column - p]![i] === wanted ? 0 : 1;
  }
  const difference = filled.numbers[column]![i]! - truth.numbers[column]![i]!;
  // a column that never changes is measured in its own unit
  return (difference / (deviations[column] || 1)) ** 2;
}

import type { Batch } from "../../data/terms/table.ts";
import type { RawRows } from "../model/raw-rows.ts";
import type { Labels } from "../rows/labels.ts";
import { parts, type Split } from "../rows/split.ts";

/** Rows that are watched while a network learns, as the source has them. */
export interface LiveRows {
  readonly raw: RawRows;
  /** From 0, in the source, rising. */
  readonly rows: readonly number[];
  /** Which of them are told cell by cell: none of these trains. */
  readonly told: readonly number[];
  /** 1 for anomalies by a label; null without one. */
  readonly odd: readonly number[] | null;
}

const mostPoints = 300;
const mostOdd = 60;
const mostTold = 4;

/** Gathers rows to be watched from the batches of a table, spread over it; anomalies that a label knows are among them. */
export function liveRows(
  { partOf, counts }: Split,
  labels: Labels | null,
): { add(batch: Batch): void; result(): LiveRows } {
  const aside = counts.calibrate > 0 ? parts.calibrate : parts.validate;
  const isOdd = (row: number): boolean => labels?.classes[row] === 1;
  const usual = spread(partOf.length, mostPoints, (row) => !isOdd(row));
  const held = spread(partOf.length, mostTold, (row) => !isOdd(row) && partOf[row] === aside);
  const odd = spread(partOf.length, mostOdd, isOdd);
  const rows = [...new Set([...usual, ...held, ...odd])].sort((a, b) => a - b);
  const numeric: number[] = [];
  const categories: string[] = [];
  let next = 0;
  return {
    add(batch) {
      const [p, q] = [batch.numeric.length, batch.categories.length].map((n) => n / batch.rows);
      for (; next < rows.length && rows[next]! < batch.start + batch.rows; next++) {
        const i = rows[next]! - batch.start;
        for (let j = 0; j < p!; j++) numeric.push(batch.numeric[i * p! + j]!);
        for (let j = 0; j < q!; j++) categories.push(batch.categories[i * q! + j]!);
      }
    },
    result: () => ({
      raw: { rows: rows.length, numeric: Float64Array.from(numeric), categories },
      ...{ rows, told: held.map((row) => rows.indexOf(row)) },
      odd: labels && rows.map((row) => (isOdd(row) ? 1 : 0)),
    }),
  };
}

/** At most so many of the rows for which something holds, as far apart as they can be. */
function spread(rows: number, most: number, holds: (row: number) => boolean): readonly number[] {
  let count = 0;
  for (let row = 0; row < rows; row++) if (holds(row)) count++;
  const chosen: number[] = [];
  for (let row = 0, at = 0; row < rows && chosen.length < most; row++) {
    if (!holds(row)) continue;
    if (at * most >= chosen.length * count) chosen.push(row);
    at++;
  }
  return chosen;
}

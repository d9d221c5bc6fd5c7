import type { Arrays } from "../../data/terms/arrays.ts";
import type { Table } from "../../data/terms/table.ts";
import type { Labels } from "../rows/labels.ts";
import { pick, placesOf } from "../rows/pick.ts";
import { timesOf } from "../rows/times.ts";
import type { Scores } from "../score/scores.ts";
import { dependenceOf } from "../verdicts/dependence.ts";
import { type Verdict, verdict } from "../verdicts/verdict.ts";

/**
 * Whether windows that were dealt at random are independent of those that trained: not where they overlap, and else by
 * their scores. Null of what is no window of a series.
 */
export function dependenceOfWindows(
  { spans, series, detected }: Arrays,
  { rows, model }: Scores,
  labels: Labels | null,
): Verdict | null {
  const { stride, shape } = detected;
  if (!spans || stride === null) return null;
  if (stride < shape[0]!) return verdict("windows_overlap", {});
  if (spans.column === null) return null;
  const places = placesOf(rows, (row) => !labels || labels.classes[row] === 0);
  const kept = pick(rows, places);
  return dependenceOf({
    ...{ column: spans.column, items: "windows" },
    scores: pick(model, places),
    times: Float64Array.from(kept, (row) => spans.first[row]!),
    keys: series && Array.from(kept, (row) => series[row]!),
  });
}

/** Whether the rows that did not train, normal ones where labels are known, are independent of those that did. */
export async function dependenceAmong(
  table: Table,
  { rows, model }: Scores,
  labels: Labels | null,
): Promise<Verdict | null> {
  const timed = await timesOf(table);
  if (!timed) return null;
  const places = placesOf(rows, (row) => !labels || labels.classes[row] === 0);
  const kept = pick(rows, places);
  return dependenceOf({
    column: timed.column,
    scores: pick(model, places),
    times: Float64Array.from(kept, (row) => timed.times[row]!),
    keys: timed.keys && Array.from(kept, (row) => timed.keys![row]!),
  });
}

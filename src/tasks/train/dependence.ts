import type { Table } from "../../data/terms/table.ts";
import type { Labels } from "../rows/labels.ts";
import { pick, placesOf } from "../rows/pick.ts";
import { timesOf } from "../rows/times.ts";
import type { Scores } from "../score/scores.ts";
import { dependenceOf } from "../verdicts/dependence.ts";
import type { Verdict } from "../verdicts/verdict.ts";

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

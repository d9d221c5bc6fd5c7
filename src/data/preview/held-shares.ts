import type { DescribedTable } from "../columns/describe.ts";
import type { Held } from "./held.ts";
import { binsOf, type ColumnShares, sharesOf } from "./shares.ts";

/** Rows that are all counted; of more, so many are drawn: a small picture shows no more. */
const countedRows = 200_000;

/** How the values of all columns are distributed, counted in the database. */
export async function heldShares(
  { source, database }: Held,
  { columns, readings, rows }: DescribedTable,
): Promise<readonly ColumnShares[]> {
  const found: ColumnShares[] = [];
  const part = Math.min(1, countedRows / Math.max(1, rows));
  const drawn = part < 1 ? ` USING SAMPLE ${100 * part}% (bernoulli, 42)` : "";
  for (const [place, column] of columns.entries()) {
    const { value } = readings[place]!;
    const plan = value === null ? null : binsOf(column.profile);
    const counts = new Float64Array(plan?.bins ?? 0);
    if (plan) {
      const { from, width, bins } = plan;
      const counted = await database.query(
        `SELECT least(${bins - 1}, greatest(0, floor((v - ${from}) / ${width}))) AS bin, count(*) ` +
          `FROM (SELECT ${value} AS v FROM (SELECT * FROM (${source.relation([place])})${drawn})) WHERE v IS NOT NULL AND isfinite(v) GROUP BY bin`,
      );
      for (const [bin, count] of counted) counts[Number(bin)] = Number(count);
    }
    found.push(sharesOf(column, rows, plan, counts, part));
  }
  return found;
}

import { daysSql, isoDate, timestampSql } from "../cells/dates.ts";
import type { Database } from "../native/database.ts";
import { type Note, note } from "../terms/notes.ts";
import type { Source } from "../terms/source.ts";
import type { DateOrder, OpenOptions } from "../terms/table.ts";
import type { Described, Facts } from "./facts.ts";
import { unevenness } from "./values.ts";

/** Day or month first: what the whole file shows, else what spaces the dates evenly, else `assumed`, said aloud. */
export async function chooseOrder(
  database: Database,
  source: Source,
  names: readonly string[],
  { columns, facts }: { columns: readonly Described[]; facts: readonly (Facts | undefined)[] },
  assumed: DateOrder,
  options: OpenOptions,
  notes: Note[],
): Promise<DateOrder> {
  const dated = columns.flatMap(({ candidate }, i) =>
    candidate.kind === "date" && candidate.shape && facts[i] ? [{ i, shape: candidate.shape }] : [],
  );
  for (const { i, shape } of dated) {
    const fact = facts[i]!;
    if (shape.yearDigits === 2 && fact.cells > 0) {
      const [from, to] = [fact.minimum, fact.maximum].map((days) => isoDate(days).slice(0, 4));
      notes.push(note("dates_century", { column: names[i]!, from: from!, to: to! }));
    }
  }
  const shown = dated.find(({ shape }) => shape.order === "dmy" || shape.order === "mdy");
  if (options.dates) return options.dates;
  if (shown) {
    const order = shown.shape.order as DateOrder;
    notes.push(note("dates_evidence", { column: names[shown.i]!, order }));
    return order;
  }
  const open = dated.filter(({ shape }) => shape.order === "open");
  if (open.length === 0) return dated.length > 0 ? "ymd" : assumed;
  for (const { i } of open) {
    const { notDayFirst, notMonthFirst } = facts[i]!;
    if (notDayFirst > 0 === notMonthFirst > 0) continue;
    const order = notDayFirst > 0 ? "mdy" : "dmy";
    notes.push(note("dates_evidence", { column: names[i]!, order }));
    return order;
  }
  const before = options.prior?.dates;
  if (before && before !== "ymd") return before;
  const { i, shape } = open[0]!;
  const uneven = (order: DateOrder) =>
    unevenness(database, source.relation([i]), daysSql(timestampSql(`c${i}`, shape, order)));
  const dayFirst = await uneven("dmy");
  const monthFirst = await uneven("mdy");
  if (
    Math.min(dayFirst, monthFirst) < 0.2 &&
    Math.max(dayFirst, monthFirst) > 2 * Math.min(dayFirst, monthFirst)
  ) {
    const order = dayFirst < monthFirst ? "dmy" : "mdy";
    notes.push(note("dates_regular", { column: names[i]!, order }));
    return order;
  }
  const order = assumed === "ymd" ? "dmy" : assumed;
  const value = source.head[i]!.find((cell) => cell.trim() !== "") ?? "";
  const [row] = await database.query(
    `SELECT ${daysSql(timestampSql("c", shape, order))} FROM (SELECT '${value.replaceAll("'", "''")}' AS c)`,
  );
  const iso = typeof row![0] === "number" ? isoDate(row![0]) : "?";
  notes.push(note("dates_ambiguous", { column: names[i]!, order, value, iso }));
  return order;
}

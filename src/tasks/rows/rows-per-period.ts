import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import type { Period, ThresholdRule } from "../../metrics/threshold.ts";

/** The number of the calendar period of a date, in days since 1970-01-01. */
const periodOf: Readonly<Record<Period, (days: number) => number>> = {
  day: Math.floor,
  // 1970-01-01 was a Thursday, and weeks begin on Mondays
  week: (days) => Math.floor((days + 3) / 7),
  month: (days) => {
    const date = new Date(days * 86_400_000);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  },
  year: (days) => new Date(days * 86_400_000).getUTCFullYear(),
};

/** The dated rows of a table and the calendar periods from the first to the last; null where no column has dates. */
async function datedRows(
  table: Table,
  per: Period,
): Promise<{ readonly rows: number; readonly periods: number } | null> {
  const time = table.columns.find(({ role, type }) => role === "time" && type === "date");
  if (!time) return null;
  let [first, last, rows] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for await (const { numeric } of table.batches({ numeric: [time.name], categories: [] }))
    for (const days of numeric) {
      if (Number.isNaN(days)) continue;
      first = Math.min(first, days);
      last = Math.max(last, days);
      rows++;
    }
  return { rows, periods: rows > 0 ? periodsBetween([first, last], per) : 1 };
}

/** How many calendar periods there are from one day to another, both days since 1970-01-01, with theirs. */
export const periodsBetween = (
  [first, last]: readonly [first: number, last: number],
  per: Period,
): number => periodOf[per](last) - periodOf[per](first) + 1;

/** How many calendar periods the rows of a table span; null where no column has their dates. */
export const periodsIn = async (table: Table, per: Period): Promise<number | null> =>
  (await datedRows(table, per))?.periods ?? null;

/**
 * A rule with what it needs to know of a table: a budget per day, week, month or year takes the mean number of rows in
 * each, over all from the first to the last. Throws `threshold_time` where no column has the dates of rows.
 */
export async function ruleFor(rule: ThresholdRule, table: Table): Promise<ThresholdRule> {
  const { per } = rule;
  if (per === undefined) return rule;
  const dated = await datedRows(table, per);
  if (!dated) throw new EspejoError("threshold_time", { path: table.path, per });
  return { ...rule, rowsPerPeriod: Math.max(1, dated.rows) / dated.periods };
}

import type { ColumnShares } from "../../../src/studio/api/sources.ts";
import { numbers } from "../numbers.ts";
import { say } from "../say.ts";

/** A number of a column in words: of dates, which are days, the date. */
export const valueWords = (value: number, dates: boolean): string =>
  dates ? numbers.value.date(value) : numbers.value.value(value);

/** What each bar counts, in words; the last that of all other values where there are some. */
export function shareLabels(
  { edges, values, counts, others }: ColumnShares,
  dates: boolean,
): readonly string[] {
  const labels = counts.map((count, i) => {
    if (values) return say("column.value", { value: values[i] ?? "", count });
    const [from, to] = [edges?.[i] ?? 0, edges?.[i + 1] ?? 0];
    return say("column.bin", { from: valueWords(from, dates), to: valueWords(to, dates), count });
  });
  if (others === 0) return labels;
  return [...labels, say("column.value", { value: say("column.others"), count: others })];
}

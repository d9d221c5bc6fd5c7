import { columnDates } from "../../data/cells/written-dates.ts";
import type { ColumnPlan, DatesRead } from "../../data/terms/table.ts";
import type { NumberProfile } from "../../preparation/number-facts.ts";
import { roundedText, roundingOf } from "./rounding.ts";

/** Values that the rounding of their column would tell further off than this have three digits of their own. */
const mostOff = 0.005;

/** How values of a column, old and new ones, are told: dates as dates, numbers with the digits that its spread has. */
export function shownValues(
  source: DatesRead,
  { name, type }: ColumnPlan,
  profile: NumberProfile,
): (value: number) => string {
  const rounding = roundingOf(profile);
  if (type === "date") {
    const write = columnDates(source, name);
    return (value) => write(rounding.whole ? Math.round(value) : value);
  }
  return (value) => {
    const text = roundedText(value, rounding, true);
    const off = Math.abs(Number(text) - value) > mostOff * Math.abs(value);
    return off ? String(Number(value.toPrecision(3))) : text;
  };
}

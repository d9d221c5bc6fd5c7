import { literal } from "../terms/sql.ts";
import type { DateOrder } from "../terms/table.ts";
import { type WordOrder, wordDateSql, wordOrder } from "./month-names.ts";

/** How the dates of a column are written; `order` is open where day and month could be swapped. */
export interface DateShape {
  readonly order: DateOrder | "open";
  readonly separator: string;
  readonly yearDigits: 2 | 4;
  /** A year and a month only. */
  readonly monthly: boolean;
  readonly timed: boolean;
  /** The month is a word; what is said above then says nothing. */
  readonly words?: WordOrder;
}

const time =
  "(?:[ T]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?: ?[AaPp]\\.?[Mm]\\.?)?(?:Z| ?[+-]\\d{2}(?::?\\d{2})?)?)?";
const yearFirst = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})(?:\\2(\\d{1,2}))?(${time})$`);
const yearLast = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})(${time})$`);

/**
 * The shape of a column's cells, from those of its head; undefined where under 90 % are dates. Months may be
 * `words` where that is asked for.
 */
export function dateShape(cells: readonly string[], { words = false } = {}): DateShape | undefined {
  return numericShape(cells) ?? (words ? wordShape(cells) : undefined);
}

function wordShape(cells: readonly string[]): DateShape | undefined {
  const order = wordOrder(cells);
  if (!order) return undefined;
  const rest = { separator: " ", yearDigits: 4, monthly: order === "my", timed: true } as const;
  return { order: "ymd", ...rest, words: order };
}

function numericShape(cells: readonly string[]): DateShape | undefined {
  let first: RegExpExecArray | null = null;
  let dates = 0;
  let monthly = 0;
  let timed = false;
  let dayFirst = false;
  let monthFirst = false;
  for (const cell of cells) {
    const match = yearFirst.exec(cell) ?? yearLast.exec(cell);
    if (!match) continue;
    first ??= match;
    if ((match[1]!.length === 4) !== (first[1]!.length === 4)) continue;
    if (match[1]!.length === 4) {
      if (Number(match[3]) > 12) continue;
      if (match[4] === undefined) monthly++;
    } else {
      if (Number(match[1]) > 12) dayFirst = true;
      if (Number(match[3]) > 12) monthFirst = true;
    }
    timed ||= match[5] !== "";
    dates++;
  }
  if (!first || dates < 0.9 * cells.length) return undefined;
  const separator = first[2]!;
  if (first[1]!.length === 4) {
    return { order: "ymd", separator, yearDigits: 4, monthly: monthly === dates, timed };
  }
  if (dayFirst && monthFirst) return undefined;
  const order = dayFirst ? "dmy" : monthFirst ? "mdy" : "open";
  return { order, separator, yearDigits: first[4]!.length === 4 ? 4 : 2, monthly: false, timed };
}

/** A text column as TIMESTAMP, NULL where a cell is no such date. */
export function timestampSql(column: string, shape: DateShape, order: DateOrder): string {
  const { separator: s, monthly, timed, words } = shape;
  if (words) return wordDateSql(column, words);
  if (shape.order === "ymd" && !monthly && s !== ".") {
    // "infinity" and "epoch" would pass the cast.
    return `CASE WHEN ${column}[1] BETWEEN '0' AND '9' OR ${column}[1] = ' ' THEN TRY_CAST(${column} AS TIMESTAMP) END`;
  }
  const year = shape.yearDigits === 4 ? "%Y" : "%y";
  const day =
    shape.order === "ymd"
      ? monthly
        ? `%Y${s}%m`
        : `%Y${s}%m${s}%d`
      : order === "mdy"
        ? `%m${s}%d${s}${year}`
        : `%d${s}%m${s}${year}`;
  const times = ["%H:%M:%S", "%H:%M", "%H:%M:%S.%f", "%I:%M:%S %p", "%I:%M %p"];
  const formats = timed
    ? [...times.flatMap((t) => [`${day} ${t}`, `${day}T${t}`]), day]
    : [day, `${day} %H:%M:%S`, `${day} %H:%M`];
  return `try_strptime(trim(${column}), [${formats.map(literal).join(", ")}])`;
}

/** A TIMESTAMP as days since 1970-01-01, with fractions. */
export function daysSql(timestamp: string): string {
  return `(epoch_us(${timestamp}) / 86400000000.0)`;
}

/**
 * Days since 1970-01-01 as an ISO date, with the time to the second where there is one; "" for NaN. What no calendar
 * reaches, as a network may well expect, is the number of the day.
 */
export function isoDate(days: number): string {
  if (!Number.isFinite(days)) return "";
  const date = new Date(Math.round(days * 86_400) * 1000);
  if (Number.isNaN(date.getTime())) return `day ${days}`;
  const [day, time] = date.toISOString().split("T") as [string, string];
  return time === "00:00:00.000Z" ? day : `${day} ${time.slice(0, 8)}`;
}

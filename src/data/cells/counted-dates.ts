/** Numbers that count days, or parts of them, from a first day on. */
export interface DateCount {
  /** In a day. */
  readonly perDay: number;
  /** Where 1970-01-01 stands in the count, in days. */
  readonly zero: number;
}

/** By the name that a model file keeps. Excel counts from the last day of 1899, and knows a 29 February 1900. */
export const counts = {
  seconds: { perDay: 86_400, zero: 0 },
  milliseconds: { perDay: 86_400e3, zero: 0 },
  microseconds: { perDay: 86_400e6, zero: 0 },
  nanoseconds: { perDay: 86_400e9, zero: 0 },
  excel: { perDay: 1, zero: 25_569 },
} as const satisfies Record<string, DateCount>;

export type CountName = keyof typeof counts;

export const isCount = (name: string): name is CountName => Object.hasOwn(counts, name);

/** A cell that counts. */
export const countPattern = "^[ \t]*[+-]?\\d+(?:[.,]\\d+)?(?:[eE][+-]?\\d+)?[ \t]*$";
/** Days since 1970-01-01 that calendars reach, both ends excluded. */
export const calendar = { least: -720_000, most: 2_933_000 };

/** Days since 1970-01-01 of a number that counts, NaN where a cell is none or lies beyond all calendars. */
export function countedDays(cell: string | number, name: CountName): number {
  const text = String(cell);
  if (!new RegExp(countPattern).test(text)) return Number.NaN;
  const { perDay, zero } = counts[name];
  const value = Number(text.replace(",", "."));
  const days = value / perDay - zero + (zero > 0 && value < 60 ? 1 : 0);
  return days > calendar.least && days < calendar.most ? days : Number.NaN;
}

/** As `countedDays`, of a column of text in SQL. */
export function countedSql(column: string, name: CountName): string {
  const { perDay, zero } = counts[name];
  const value = "x.value";
  const leap = zero > 0 ? ` + CASE WHEN ${value} < 60 THEN 1 ELSE 0 END` : " + 0";
  const days = `${value} / ${perDay}::DOUBLE - ${zero}${leap}`;
  const number = `CASE WHEN regexp_full_match(${column}, '${countPattern}') THEN TRY_CAST(replace(${column}, ',', '.') AS DOUBLE) END`;
  return `list_transform([{'value': ${number}}], lambda x: CASE WHEN ${days} > ${calendar.least} AND ${days} < ${calendar.most} THEN ${days} END)[1]`;
}

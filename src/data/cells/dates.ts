import type { DateOrder } from "../terms/table.ts";
import { countedDays, countedSql, isCount } from "./counted-dates.ts";
import { layoutDays, layoutSql } from "./layout-days.ts";
import { type Layout, layoutOf } from "./layouts.ts";
import type { Zone } from "./zones.ts";

/** How the dates of a column are written. */
export interface DateShape {
  /**
   * Names of layouts (`layoutOf`) and counts (`isCount`); "##/##/yyyy" stands for day and month in an order that is
   * chosen for the whole source.
   */
  readonly layouts: readonly string[];
  /** What the cells show of that order, "open" where they show nothing; null where it does not matter. */
  readonly order: DateOrder | "open" | null;
  /** Some cells have a time of the day. */
  readonly timed: boolean;
}

/** What else decides how dates are read. */
export interface DateReading {
  /** Of day and month, where a shape leaves it open. */
  readonly order: DateOrder;
  /** The order is stated: it holds whatever cells show. */
  readonly stated?: boolean;
  /** Whose clocks times without an offset are of; null for those of UTC. */
  readonly zone: Zone | null;
}

/** Whether a name is that of a layout or a count. */
export const isWayToWrite = (name: string): boolean =>
  isCount(name) || layoutOf(name) !== undefined;

/** A layout with its order of day and month. */
export const inOrder = (layout: string, order: DateOrder): string =>
  layout.replace(/##(.)##(.)(y+)/, (_, one: string, other: string, year: string) =>
    order === "mdy"
      ? `mm${one}dd${other}${year}`
      : order === "dmy" || year === "yyyy"
        ? `dd${one}mm${other}${year}`
        : `yy${one}mm${other}dd`,
  );

/** The names of the layouts of a shape, the order of day and month chosen. */
export function layoutNames({ layouts, order }: DateShape, reading: DateReading): string[] {
  const open = order === null || order === "open" || reading.stated;
  const chosen = open ? reading.order : order;
  return layouts.map((name) => inOrder(name, chosen));
}

/** A column of text as days since 1970-01-01, with fractions; NULL where a cell is no date of its shape. */
export function daysSql(column: string, shape: DateShape, reading: DateReading): string {
  const zone = shape.timed ? reading.zone : null;
  const ways = layoutNames(shape, reading).map((name) =>
    isCount(name) ? countedSql(column, name) : layoutSql(column, layoutOf(name) as Layout, zone),
  );
  return ways.length === 1 ? ways[0]! : `coalesce(${ways.join(", ")})`;
}

/** As `daysSql` for one cell; NaN where it is no date of the shape. */
export function daysOfCell(cell: string, shape: DateShape, reading: DateReading): number {
  const zone = shape.timed ? reading.zone : null;
  for (const name of layoutNames(shape, reading)) {
    const days = isCount(name)
      ? countedDays(cell, name)
      : layoutDays(cell, layoutOf(name) as Layout, zone);
    if (!Number.isNaN(days)) return days;
  }
  return Number.NaN;
}

/** A DATE or TIMESTAMP as days since 1970-01-01, with fractions. */
export function nativeDaysSql(timestamp: string): string {
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

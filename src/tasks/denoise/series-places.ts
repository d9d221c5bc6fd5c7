import { dayShare } from "../../data/cells/day-share.ts";
import { KeyWatch } from "../../data/columns/keys.ts";
import type { Table } from "../../data/terms/table.ts";

/** Where each row of a panel or series lies. */
export interface SeriesPlaces {
  /** Columns that name the series; none of a single one. */
  readonly key: readonly string[];
  readonly time: string;
  /** The number of the series of each row. */
  readonly series: Int32Array;
  /** The time of each row, in usual steps; NaN where it is missing. */
  readonly at: Float64Array;
  readonly count: number;
}

/** What names the series of a table and orders them. */
interface SeriesNames {
  readonly key: readonly string[];
  readonly time: string;
  readonly clock: string | null;
  readonly step: number | null;
}

/** Where the rows of a table lie in time, by key; null of rows that have none. */
export async function seriesPlaces(table: Table): Promise<SeriesPlaces | null> {
  const named = await seriesNames(table);
  if (!named) return null;
  const { key, time, clock, step } = named;
  const request = {
    numeric: [time],
    categories: [],
    text: [...key, ...(clock === null ? [] : [clock])],
  };
  const series = new Int32Array(table.rows);
  const at = new Float64Array(table.rows);
  const names = new Map<string, number>();
  for await (const { start, rows, numeric, text } of table.batches(request))
    for (let i = 0; i < rows; i++) {
      const name = JSON.stringify(key.map((_, k) => text[k]![i]!));
      if (!names.has(name)) names.set(name, names.size);
      series[start + i] = names.get(name)!;
      const share = clock === null ? 0 : dayShare(text[key.length]![i]!);
      at[start + i] = (numeric[i]! + share) / (step || 1);
    }
  return { key, time, series, at, count: names.size };
}

async function seriesNames(table: Table): Promise<SeriesNames | null> {
  const { shape } = table;
  if (shape) return shape.time === null ? null : { ...shape, time: shape.time };
  // a model says what its columns are for, and their values were not counted
  const distinct = Math.max(3, Math.floor(table.rows / 3));
  const open = table.columns
    .filter(({ role }) => role === "id" || role === "time" || role === "ignore")
    .map((column) => ({ ...column, profile: { ...column.profile, distinct } }));
  if (!open.some(({ role }) => role === "time")) return null;
  const watch = new KeyWatch(open, table.rows);
  for await (const batch of table.batches(watch.request)) if (!watch.add(batch)) break;
  const { panel, series } = watch.result();
  const found = panel ?? series;
  return found && { ...found, step: found.stamps.share > 0 ? found.stamps.step : null };
}

/** Whether two times are so many steps apart; months are not equally long. */
export const areApart = (steps: number, apart: number): boolean => Math.abs(steps) > apart - 0.5;

import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";

/** How rows are dealt to the parts: each for itself, all of a key together, or by their time, the newest to test. */
export const splitNames = ["random", "time", "key"] as const;
export type SplitName = (typeof splitNames)[number];

/** What keeps rows together when they are dealt, or puts them in order. */
export interface SplitUnits {
  readonly by: "time" | "key";
  /** The columns that tell: the time, or those of the key. */
  readonly columns: readonly string[];
  /** Of each row: its time, or the number of its key in order of appearance. */
  readonly of: Float64Array;
}

/** What a model file records of its split. */
type SplitRecord = Pick<SplitUnits, "by" | "columns">;

/**
 * How the rows of a table are dealt where that is stated, or follows from what the table is: by time in a panel or
 * series, or where a time is stated; else at random, null. Throws `split_column` where there is no such column.
 */
export async function splitUnits(table: Table, stated?: SplitName): Promise<SplitUnits | null> {
  const record = splitRecord(table, stated);
  return record && unitsOf(table, record);
}

function splitRecord({ path, columns, shape }: Table, stated?: SplitName): SplitRecord | null {
  const time = columns.find(({ role }) => role === "time");
  const ids = columns.filter(({ role }) => role === "id").map(({ name }) => name);
  const missing = (column: string): never => {
    throw new EspejoError("split_column", { path, split: stated!, column });
  };
  if (stated === "random") return null;
  if (stated === "key") {
    const key = shape?.kind !== "rows" && shape?.key.length ? shape.key : ids;
    return key.length > 0 ? { by: "key", columns: key } : missing("id");
  }
  const timed = time !== undefined && (time.why.code === "why_stated" || inTime(shape?.kind));
  if (stated === "time" && !time) return missing("time");
  return stated === "time" || timed ? { by: "time", columns: [time!.name] } : null;
}

const inTime = (kind: string | undefined): boolean => kind === "panel" || kind === "series";

/** The units of a split that a model file records; null of a random one, or where a column is not there. */
export async function recordedUnits(
  table: Table,
  record: SplitRecord | undefined,
): Promise<SplitUnits | null> {
  const names = table.columns.map(({ name }) => name);
  return record?.columns.every((name) => names.includes(name)) ? unitsOf(table, record) : null;
}

/** Reads what a split is by; rows without a time come first, as if they were the oldest. */
async function unitsOf(table: Table, { by, columns }: SplitRecord): Promise<SplitUnits> {
  const of = new Float64Array(table.rows);
  const numbers = new Map<string, number>();
  const request =
    by === "time"
      ? { numeric: columns, categories: [] }
      : { numeric: [], categories: [], text: columns };
  for await (const { start, rows, numeric, text } of table.batches(request))
    for (let i = 0; i < rows; i++) {
      if (by === "time") {
        const time = numeric[i]!;
        of[start + i] = Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
      } else {
        const key = JSON.stringify(text.map((cells) => cells[i]));
        if (!numbers.has(key)) numbers.set(key, numbers.size);
        of[start + i] = numbers.get(key)!;
      }
    }
  return { by, columns, of };
}

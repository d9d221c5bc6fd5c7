import type { Arrays, ArraysDetected } from "../../data/terms/arrays.ts";
import { featureNames, type Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { rowHashes } from "./row-hash.ts";

/**
 * How rows are dealt to the parts: each for itself, all of a key together, by their time, the newest to test, or by a
 * hash of their values, so that equal rows stay together and neither their order nor who counts them matters.
 */
export const splitNames = ["random", "time", "key", "hash"] as const;
export type SplitName = (typeof splitNames)[number];

/** What keeps rows together when they are dealt, or puts them in order. */
export interface SplitUnits {
  readonly by: Exclude<SplitName, "random">;
  /** The columns that tell: the time, or those of the key; none of a hash, which is of all features. */
  readonly columns: readonly string[];
  /** Of each row: its time, the number of its key in order of appearance, or its hash; of a window the time of its first step. */
  readonly of: Float64Array;
  /** Of windows, the time of the last step of each: none of them lies in two parts. */
  readonly until?: Float64Array;
}

/** What a model file records of its split. */
type SplitRecord = Pick<SplitUnits, "by" | "columns">;

/**
 * How the rows of a table are dealt where that is stated, or follows from what the table is: by time in a panel or
 * series, or where a time is stated; else at random, null. Throws `split_column` where there is no such column.
 */
export async function splitUnits(
  table: Table,
  stated?: SplitName,
  seed: number = 42,
): Promise<SplitUnits | null> {
  const record = splitRecord(table, stated);
  return record && unitsOf(table, record, seed);
}

function splitRecord({ path, columns, shape }: Table, stated?: SplitName): SplitRecord | null {
  const time = columns.find(({ role }) => role === "time");
  const ids = columns.filter(({ role }) => role === "id").map(({ name }) => name);
  const missing = (column: string): never => {
    throw new EspejoError("split_column", { path, split: stated!, column });
  };
  if (stated === "random") return null;
  if (stated === "hash") return { by: "hash", columns: [] };
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
  seed: number,
): Promise<SplitUnits | null> {
  const names = table.columns.map(({ name }) => name);
  return record?.columns.every((name) => names.includes(name))
    ? unitsOf(table, record, seed)
    : null;
}

/**
 * How images or sequences are dealt where that is stated, or follows from what they are: windows of series by their time,
 * or by the order of their rows where no column tells it; by series where these are told apart and nothing tells time; all
 * else at random, null. Throws `split_column` where windows lack what is stated, `split_content` for what is no window.
 */
export function arraySplitUnits(arrays: Arrays, stated?: SplitName): SplitUnits | null {
  if (stated === "random") return null;
  const { path, detected, spans } = arrays;
  const { stride, group, time, content } = detected;
  if (stride === null || !spans || stated === "hash") {
    if (stated === undefined) return null;
    throw new EspejoError("split_content", { path, split: stated, content });
  }
  const grouped = group !== null;
  const by = stated ?? (grouped && time === null ? "key" : "time");
  const missing = by === "key" ? !grouped : grouped && time === null;
  if (missing)
    throw new EspejoError("split_column", {
      ...{ path, split: by, column: by === "key" ? "group" : "time" },
    });
  return recordedArrayUnits(arrays, { by, columns: columnsOf(detected, by) });
}

const columnsOf = ({ group, time }: ArraysDetected, by: "time" | "key"): readonly string[] =>
  [by === "key" ? group : time].filter((column) => column !== null);

/** The units of a split of windows that a model file records; null of a random one, or where these are no windows. */
export function recordedArrayUnits(
  { spans, series }: Pick<Arrays, "spans" | "series">,
  record: SplitRecord | undefined,
): SplitUnits | null {
  if (!record || !spans) return null;
  const { first, last } = spans;
  if (record.by === "time") return { ...record, of: first, until: last };
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name)!;
  };
  return series && { ...record, of: Float64Array.from(series, numberOf) };
}

/** Reads what a split is by; rows without a time come first, as if they were the oldest. */
async function unitsOf(
  table: Table,
  { by, columns }: SplitRecord,
  seed: number,
): Promise<SplitUnits> {
  const of = new Float64Array(table.rows);
  if (by === "hash") {
    const features = featureNames(table.columns);
    const hashes = rowHashes(features.numeric.length, features.categories.length, seed);
    for await (const batch of table.batches(features)) of.set(hashes(batch), batch.start);
    return { by, columns, of };
  }
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

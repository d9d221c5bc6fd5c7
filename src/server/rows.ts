import type { Cells } from "../data/terms/arrays.ts";
import type { RawRows } from "../tasks/model/raw-rows.ts";
import type { ArrayReason } from "../tasks/score/array-reasons.ts";
import type { Reason } from "../tasks/score/reasons.ts";

/** Images or sequences as a model takes them, [rows, ...shape]. */
export interface ArrayRows {
  readonly rows: number;
  readonly x: Cells;
}

/** Rows for a model of either content. */
export type ServedRows = RawRows | ArrayRows;

/** What is computed beside score and is_anomaly, which always are. */
export interface Wanted {
  readonly latent: boolean;
  readonly reconstruction: boolean;
  readonly error: boolean;
  readonly reasons: "none" | "anomalies" | "all";
}

/** What a row is judged by; of an image or a sequence there is one reason. */
export type RowReasons = readonly Reason[] | readonly ArrayReason[] | null;

/** What a model says of rows, each output row by row. */
export interface Scored {
  readonly rows: number;
  readonly score: Float32Array;
  readonly isAnomaly: Uint8Array;
  readonly latent?: Float32Array;
  readonly reconstruction?: Cells;
  readonly reconstructionCategories?: readonly string[];
  readonly error?: Float32Array;
  readonly reasons?: readonly RowReasons[];
}

/** Some consecutive rows. */
export function cutRows(all: ServedRows, from: number, count: number): ServedRows {
  if (from === 0 && count === all.rows) return all;
  const cut = <T extends Cells>(cells: T): T => {
    const width = cells.length / all.rows;
    // a copy: with a view, all of the memory behind it would go to a thread
    return cells.slice(from * width, (from + count) * width) as T;
  };
  if ("x" in all) return { rows: count, x: cut(all.x) };
  const q = all.categories.length / all.rows;
  const categories = all.categories.slice(from * q, (from + count) * q);
  return { rows: count, numeric: cut(all.numeric), categories };
}

/** Rows of one model below each other. */
export function joinRows(parts: readonly ServedRows[]): ServedRows {
  if (parts.length === 1) return parts[0]!;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const cells = parts.map((part) => ("x" in part ? part.x : part.numeric));
  const all = joinCells(cells);
  if ("x" in parts[0]!) return { rows, x: all };
  const categories = parts.flatMap((part) => (part as RawRows).categories);
  return { rows, numeric: all as Float64Array, categories };
}

function joinCells(parts: readonly Cells[]): Cells {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all =
    parts[0] instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

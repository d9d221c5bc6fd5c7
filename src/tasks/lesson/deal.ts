import type { Arrays } from "../../data/terms/arrays.ts";
import { type NoteCode, note } from "../../data/terms/notes.ts";
import type { Table } from "../../data/terms/table.ts";
import type { Labels } from "../rows/labels.ts";
import { splitMarked } from "../rows/marked-split.ts";
import type { MarkedRows } from "../rows/marks.ts";
import { parts, type Split, splitInThree, splitLabelled, splitUnlabelled } from "../rows/split.ts";
import {
  arraySplitUnits,
  type SplitName,
  type SplitUnits,
  splitUnits,
} from "../rows/split-units.ts";
import { sayJudges } from "./train-notes.ts";
import type { TrainOptions } from "./train-options.ts";

/** A split with what it is by; null where it is random. */
export interface Dealt {
  readonly split: Split;
  readonly units: SplitUnits | null;
}

/**
 * Deals the rows of a table to their parts: at random, by time, key or hash, as stated or as the table is (`splitUnits`).
 * Where nobody stated it, and the newest rows lack a class, at random, which is said. With `tests`, rows without labels
 * have a part that tests, too; `marked` are marks of a table without a label column.
 */
export async function splitTable(
  table: Table,
  labels: Labels | null,
  { seed = 42, split: stated, onNote = () => {} }: TrainOptions,
  { tests = false, marked = null }: { tests?: boolean; marked?: MarkedRows | null } = {},
): Promise<Dealt> {
  const units = await splitUnits(table, stated, seed);
  const dealt = deal(table.rows, labels, { units, stated, seed, tests, marked });
  const code = dealt.units ? (`split_${dealt.units.by}` as const) : "split_random";
  if (units) onNote(note(code, { column: units.columns.join(", ") }));
  if (units?.by === "hash") sayJudges(dealt.split.counts, onNote);
  return dealt;
}

/** As `splitTable`, for images, sequences, and windows of series, which are cut so that none lies in two parts (`arraySplitUnits`). */
export function splitArrays(
  arrays: Arrays,
  labels: Labels | null,
  { seed = 42, split: stated, onNote = () => {} }: TrainOptions,
  { tests = false } = {},
): Dealt {
  const units = arraySplitUnits(arrays, stated);
  const dealt = deal(arrays.rows, labels, { units, stated, seed, tests, marked: null });
  if (!units) return dealt;
  const column = units.columns.join(", ");
  const [time, random]: readonly NoteCode[] =
    column === ""
      ? ["split_windows_order", "split_windows_order_random"]
      : ["split_windows_time", "split_windows_random"];
  const by = units.by === "time" ? time : "split_windows_key";
  onNote(note(dealt.units ? by! : random!, { column }));
  return dealt;
}

interface Deal {
  readonly units: SplitUnits | null;
  readonly stated: SplitName | undefined;
  readonly seed: number;
  readonly tests: boolean;
  /** Rows that a person marked, where no column has labels. */
  readonly marked: MarkedRows | null;
}

/** Deals so many rows by their units; at random where there are none, or where nobody stated them and a part would lack what it needs. */
function deal(
  rows: number,
  labels: Labels | null,
  { units, stated, seed, tests, marked }: Deal,
): Dealt {
  const by = (chosen: SplitUnits | null): Split => {
    if (marked) return splitMarked(rows, marked, labels !== null, seed, chosen);
    if (labels) return splitLabelled(labels.classes, seed, chosen);
    return tests ? splitInThree(rows, seed, chosen) : splitUnlabelled(rows, seed, chosen);
  };
  const split = by(units);
  return units && stated === undefined && lacks(split, labels)
    ? { split: by(null), units: null }
    : { split, units };
}

/** Whether no row trains, or those that calibrate or test are of one class. */
function lacks({ partOf, counts }: Split, labels: Labels | null): boolean {
  if (counts.train < 2 || counts.validate < 1) return true;
  if (!labels) return false;
  return [parts.calibrate, parts.test].some((part) =>
    [0, 1].some((kind) => !partOf.some((own, row) => own === part && labels.classes[row] === kind)),
  );
}

import { note } from "../../data/terms/notes.ts";
import type { Table } from "../../data/terms/table.ts";
import type { Labels } from "../rows/labels.ts";
import { parts, type Split, splitInThree, splitLabelled, splitUnlabelled } from "../rows/split.ts";
import { type SplitUnits, splitUnits } from "../rows/split-units.ts";
import type { TrainOptions } from "./train-options.ts";

/** A split with what it is by; null where it is random. */
export interface TableSplit {
  readonly split: Split;
  readonly units: SplitUnits | null;
}

/**
 * Deals the rows of a table to their parts: at random, by time or by key, as stated or as the table is (`splitUnits`).
 * Where nobody stated it, and the newest rows lack a class, at random, which is said. With `tests`, rows without labels
 * have a part that tests, too.
 */
export async function splitTable(
  table: Table,
  labels: Labels | null,
  { seed = 42, split: stated, onNote = () => {} }: TrainOptions,
  { tests = false } = {},
): Promise<TableSplit> {
  const units = await splitUnits(table, stated);
  const deal = (by: SplitUnits | null): Split => {
    if (labels) return splitLabelled(labels.classes, seed, by);
    return tests ? splitInThree(table.rows, seed, by) : splitUnlabelled(table.rows, seed, by);
  };
  const split = deal(units);
  if (!units) return { split, units };
  const column = units.columns.join(", ");
  if (stated === undefined && lacks(split, labels)) {
    onNote(note("split_random", { column }));
    return { split: deal(null), units: null };
  }
  onNote(note(units.by === "time" ? "split_time" : "split_key", { column }));
  return { split, units };
}

/** Whether no row trains, or those that calibrate or test are of one class. */
function lacks({ partOf, counts }: Split, labels: Labels | null): boolean {
  if (counts.train < 2 || counts.validate < 1) return true;
  if (!labels) return false;
  return [parts.calibrate, parts.test].some((part) =>
    [0, 1].some((kind) => !partOf.some((own, row) => own === part && labels.classes[row] === kind)),
  );
}

import type { Arrays } from "../../data/terms/arrays.ts";
import { findColumn } from "../../data/terms/find.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import type { TrainingRecord } from "../model/metadata.ts";
import { type Labels, labelsOf, readLabels } from "../rows/labels.ts";
import { classesWith } from "../rows/marks.ts";
import type { Split } from "../rows/split.ts";
import { recordedArrayUnits, recordedUnits } from "../rows/split-units.ts";
import { likelySplit } from "./acquaintance.ts";
import type { KnownLabels } from "./findings.ts";
import type { ReportOptions } from "./options.ts";

/** The labels that rows are judged by, and how the training would have split these rows. */
export interface KeptLabels {
  readonly own: KnownLabels | null;
  readonly split: Split | null;
  /** `own`, with the marks of the training laid over, should these be the data that trained; of these alone marks speak. */
  readonly marked: Pick<Labels, "classes"> | null;
}

/** Labels of a table: of the column that was named, else of the column with that role. */
export async function keptLabels(
  table: Table,
  training: TrainingRecord,
  { label, normal = training.label?.normal, split }: ReportOptions,
): Promise<KeptLabels> {
  const names = table.columns.map(({ name }) => name);
  const column =
    label === undefined
      ? table.columns.find(({ role }) => role === "label")?.name
      : names[findColumn(names, label, table.path, "label_missing")];
  const own = column === undefined ? null : await readLabels(table, column, normal);
  const trained = training.label;
  const known = trained && names.includes(trained.column);
  const classes = !known
    ? null
    : own?.column === trained.column && own.normal === [trained.normal].flat().join(", ")
      ? own.classes
      : (await readLabels(table, trained.column, trained.normal)).classes;
  const { marks } = training;
  const units = split ? null : await recordedUnits(table, training.options.split, training.seed);
  const over = (given: Uint8Array | null): Uint8Array | null =>
    marks && (given || !trained) ? classesWith(given, marks, table.rows) : given;
  const likely = split ?? likelySplit(training, table.rows, over(classes), units);
  const told = marks && likely ? over(own?.classes ?? null) : null;
  return { own, split: likely, marked: told ? { classes: told } : own };
}

/** The same of images or sequences, whose classes come with them. */
export function keptArrayLabels(
  arrays: Arrays,
  training: TrainingRecord,
  { label, normal, split }: ReportOptions,
): KeptLabels {
  const { path, rows, labels } = arrays;
  const likely = (classes: Uint8Array | null): Split | null =>
    split ??
    likelySplit(training, rows, classes, recordedArrayUnits(arrays, training.options.split));
  if (!labels) {
    if (label !== undefined || normal !== undefined)
      throw new EspejoError("labels_absent", { path });
    return { own: null, split: likely(null), marked: null };
  }
  const wanted = normal ?? training.label?.normal;
  // classes that nobody called normal or odd are told, not judged by
  const column = label ?? training.label?.column ?? "class";
  const own =
    wanted === undefined && label === undefined ? null : labelsOf(path, column, labels, wanted);
  const classes = training.label
    ? labelsOf(path, column, labels, training.label.normal).classes
    : null;
  return { own, split: likely(classes), marked: own };
}

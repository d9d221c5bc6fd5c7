import { type Note, note } from "../../data/terms/notes.ts";
import { EspejoError } from "../../errors.ts";
import type { Fitted } from "../../training/fitted.ts";
import type { LabelCounts, Labels } from "../rows/labels.ts";
import { type MarkedRows, overruled } from "../rows/marks.ts";
import type { Split } from "../rows/split.ts";

type Hear = (note: Note) => void;

/** Refuses labels of one class, and says what is noticed of others. */
export function checkLabels(path: string, labels: LabelCounts, onNote: Hear): void {
  const { anomalies, missing, column, normal } = labels;
  if (anomalies === 0 && missing > 0)
    throw new EspejoError("label_one_filled", { path, column, value: normal, missing });
  if (anomalies === 0) throw new EspejoError("label_one_class", { path, column, value: normal });
  if (missing > 0) onNote(note("labels_left_out", { count: missing }));
}

/** Says that by chance no row judges, as hashes may deal them. */
export function sayJudges({ validate }: Split["counts"], onNote: Hear): void {
  if (validate === 0) onNote(note("judges_none", {}));
}

/** Says what marks change: labels that they overrule, and what figures of marked rows alone are worth. */
export function sayMarks(
  marks: MarkedRows,
  written: Labels | null,
  labels: Labels | null,
  onNote: Hear,
): void {
  const [confirmed, false_] = [marks.confirmed.length, marks.falseAlarms.length];
  onNote(note("marks_used", { confirmed, false: false_ }));
  if (written) {
    const count = overruled(written, marks);
    if (count > 0) onNote(note("marks_overrule", { count, column: written.column }));
  } else onNote(note(labels ? "marks_judge" : "marks_few", { confirmed }));
}

/** Says which units of a variational code learnt nothing. */
export function sayCollapse({ collapsedUnits, model }: Fitted, onNote: Hear): void {
  if (!collapsedUnits || collapsedUnits.length === 0) return;
  const all = collapsedUnits.length === model.latentDim;
  const units = collapsedUnits.map((unit) => unit + 1).join(", ");
  onNote(note(all ? "posterior_collapsed" : "units_idle", { units, latent: model.latentDim }));
}

import type { Arrays } from "../data/terms/arrays.ts";
import { note } from "../data/terms/notes.ts";
import type { OutputBatch, OutputColumn } from "../data/terms/output.ts";
import type { ArrayModel } from "../tasks/model/array-model.ts";
import { roundedText, roundingOfSpread } from "../tasks/score/rounding.ts";
import type { StampScores } from "../tasks/score/score-stamps.ts";
import type { Context } from "./context.ts";

/** Rows to write. */
interface StampRows {
  readonly columns: readonly OutputColumn[];
  readonly batch: OutputBatch;
}

/** A line for each row of the table that windows were cut from: its time and series as written, or its number. */
export function stampRows(
  model: ArrayModel,
  arrays: Arrays,
  stamps: StampScores,
  context: Context,
): StampRows {
  const { rows, score, isAnomaly, feature, features, threshold, actual, expected } = stamps;
  if (threshold === null) context.remark(note("stamp_threshold_absent"));
  const { time, group } = model.metadata.source;
  const roundings = model.metadata.scale.deviation.map(roundingOfSpread);
  const rounded = (values: Float64Array, expectation: boolean): (number | null)[] =>
    Array.from(values, (value, row) => {
      if (Number.isNaN(value)) return null;
      return Number(roundedText(value, roundings[feature[row]!]!, expectation));
    });
  const { times = null, series = null } = arrays.stamps ?? {};
  const seen = (row: number): boolean => !Number.isNaN(score[row]);
  const heads: (readonly [OutputColumn, OutputBatch["columns"][number]])[] = [
    ...(times ? [[{ name: time ?? "time", type: "text" }, times] as const] : []),
    ...(series ? [[{ name: group ?? "series", type: "text" }, series] as const] : []),
  ];
  if (!times)
    heads.push([
      { name: "row", type: "integer" },
      Array.from({ length: rows }, (_, row) => row + 1),
    ]);
  return {
    columns: [
      ...heads.map(([column]) => column),
      { name: "score", type: "float" },
      { name: "is_anomaly", type: "boolean" },
      { name: "variable", type: "text" },
      { name: "actual", type: "float" },
      { name: "expected", type: "float" },
    ],
    batch: {
      rows,
      columns: [
        ...heads.map(([, cells]) => cells),
        score,
        Array.from(isAnomaly, (flag, row) => (threshold !== null && seen(row) ? flag === 1 : null)),
        Array.from(feature, (f) => (f < 0 ? null : features[f]!)),
        rounded(actual, false),
        rounded(expected, true),
      ],
    },
  };
}

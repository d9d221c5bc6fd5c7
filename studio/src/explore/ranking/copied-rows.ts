import type { RankedRow, RunResult } from "../../../../src/studio/api/runs.ts";
import { say } from "../../say.ts";
import { decimalMark } from "../decimal-mark.ts";
import type { Marks } from "../marks.ts";
import { plainNumber } from "../plain-number.ts";
import { tsvOf } from "./tsv.ts";

/** Rows as a spreadsheet takes them, with the names of their columns. */
export function copiedRows(rows: readonly RankedRow[], result: RunResult, marks: Marks): string {
  const { ids, labelled } = result;
  const head = [
    ...[say("explore.column.rank"), say("explore.column.row"), ...ids],
    say("explore.column.score"),
    ...(labelled ? [say("explore.column.label")] : []),
    ...[say("explore.column.reasons"), say("explore.column.mark")],
  ];
  const cells = (row: RankedRow): readonly string[] => {
    const mark = marks.markOf(row);
    return [
      ...[String(row.rank), String(row.row + 1), ...row.ids],
      plainNumber(row.score, decimalMark.value),
      ...(labelled ? [labelWords(row.labelled)] : []),
      row.reasons.map(({ text }) => text).join("; "),
      mark === null ? "" : say(`explore.mark.${mark}`),
    ];
  };
  return tsvOf([head, ...rows.map(cells)]);
}

export const labelWords = (labelled: boolean | null): string =>
  labelled === null ? "" : say(labelled ? "explore.label.anomaly" : "explore.label.normal");

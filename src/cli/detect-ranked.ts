import { plainText } from "../charts/words.ts";
import { openArrays } from "../data/arrays/open-arrays.ts";
import type { Arrays } from "../data/terms/arrays.ts";
import { itemsOf } from "../data/terms/items.ts";
import type { OutputColumn } from "../data/terms/output.ts";
import type { ArrayDetector } from "../tasks/detect/detect-arrays.ts";
import { rankingOf } from "../tasks/detect/ranking.ts";
import type { ArrayModel } from "../tasks/model/array-model.ts";
import { arrayReasonText } from "../tasks/score/array-reason-text.ts";
import { budgetVerdicts } from "../tasks/verdicts/budget.ts";
import { textColumns } from "./commands/encode.ts";
import type { Context } from "./context.ts";
import { nameColumn, rowName } from "./data.ts";
import type { Ranked } from "./detect-output.ts";
import { rankedItemLine } from "./detect-report.ts";
import { type Options, openOptionsOf } from "./options.ts";
import { stampRows } from "./score-stamps.ts";

/** Rows that are shown without a file. */
export const shownRows = 10;

export const rankColumn: OutputColumn = { name: "rank", type: "integer" };
export const scoreColumns: readonly OutputColumn[] = [
  { name: "score", type: "float" },
  { name: "is_anomaly", type: "boolean" },
];

/** The column that tells why. */
const why = ["reason_1"];

/** Images or windows by their scores, and why they have them. */
export async function rankedItems(
  detector: ArrayDetector,
  arrays: Arrays,
  options: Options,
  context: Context,
): Promise<Ranked> {
  const most = options.top as number | undefined;
  const { ranked, anomalies } = await detector.rank(arrays, most ? { most } : {});
  const names = ranked.map(({ row }) => rowName(arrays, row));
  const { metadata } = detector.model;
  const reasons = ranked.map(({ row, reason }) =>
    reason ? arrayReasonText(reason, metadata, arrays, row, context) : null,
  );
  return {
    columns: [rankColumn, ...textColumns([nameColumn]), ...scoreColumns, ...textColumns(why)],
    cells: [
      ranked.map((_, i) => i + 1),
      names,
      ranked.map(({ score }) => score),
      ranked.map(({ isAnomaly }) => isAnomaly),
      reasons,
    ],
    best: ranked
      .slice(0, shownRows)
      .map((each, i) =>
        rankedItemLine({ ...each, name: names[i]!, reason: reasons[i] ?? "" }, i + 1, context),
      ),
    ...{ anomalies, rows: arrays.rows, count: ranked.length },
    items: itemsOf(arrays.detected),
    verdicts: budgetVerdicts(detector.model.metadata.threshold, {
      ...{ flagged: anomalies, rows: arrays.rows, periods: null },
    }),
  };
}

/** Rows of the table that windows were cut from, by the scores of their time stamps. */
export async function rankedStamps(
  model: ArrayModel,
  data: string,
  options: Options,
  context: Context,
): Promise<Ranked> {
  const open = { ...openOptionsOf(options), like: model.metadata.source, stamps: true };
  const arrays = await openArrays(data, open);
  try {
    const { columns, batch, anomalies } = await stampRows(model, arrays, context);
    const place = columns.findIndex(({ name }) => name === "score");
    const cellOf = (name: string, row: number): string =>
      String(batch.columns[columns.findIndex((column) => column.name === name)]![row] ?? "");
    const reasonOf = (row: number): string =>
      context.text("reason.expected", {
        column: plainText(cellOf("variable", row)),
        ...{ actual: cellOf("actual", row), expected: cellOf("expected", row) },
      });
    const scores = batch.columns[place] as Float32Array;
    // what no window covers has no score, and is not ranked
    const order = rankingOf(scores.map((score) => (Number.isNaN(score) ? -1 : score)));
    const chosen = order
      .filter((row) => !Number.isNaN(scores[row]!))
      .subarray(0, (options.top as number | undefined) ?? anomalies);
    return {
      columns: [rankColumn, ...columns],
      cells: [
        Array.from(chosen, (_, i) => i + 1),
        ...batch.columns.map((cells) => Array.from(chosen, (row) => cells[row] ?? null)),
      ],
      best: Array.from(chosen.subarray(0, shownRows), (row, i) => {
        const name = batch.columns.slice(0, place).map((cells) => String(cells[row]));
        const told = { name: name.join(" "), score: scores[row]!, reason: reasonOf(row) };
        return rankedItemLine(told, i + 1, context);
      }),
      ...{ anomalies, rows: batch.rows, count: chosen.length, items: "stamps" },
      verdicts: budgetVerdicts(model.metadata.stampThreshold ?? model.metadata.threshold, {
        ...{ flagged: anomalies, rows: batch.rows, periods: null },
      }),
    };
  } finally {
    await arrays.dispose();
  }
}

import { openArrays } from "../data/arrays/open-arrays.ts";
import type { Address } from "../data/terms/address.ts";
import type { Arrays } from "../data/terms/arrays.ts";
import { itemsOf } from "../data/terms/items.ts";
import type { OutputColumn } from "../data/terms/output.ts";
import type { Table } from "../data/terms/table.ts";
import type { ArrayDetector, ArrayRanking } from "../tasks/detect/array-detector.ts";
import type { Detector } from "../tasks/detect/detector.ts";
import {
  keepArrayDetection,
  keepDetection,
  keepStampDetection,
} from "../tasks/detect/keep-detection.ts";
import type { Ranking, RankOptions } from "../tasks/detect/rank.ts";
import { rankStamps, type StampRanking, stampReason } from "../tasks/detect/rank-stamps.ts";
import { namingColumns } from "../tasks/rows/row-names.ts";
import type { Run } from "../tasks/runs/run.ts";
import { arrayReasonText } from "../tasks/score/array-reason-text.ts";
import { reasonText } from "../tasks/score/reason-text.ts";
import { textColumns } from "./commands/encode.ts";
import type { Context } from "./context.ts";
import { nameColumn, rowName } from "./data.ts";
import type { Ranked } from "./detect-output.ts";
import { rankedItemLine, rankedRowLine } from "./detect-report.ts";
import { type Options, openOptionsOf } from "./options.ts";
import { stampRows } from "./score-stamps.ts";

/** Rows that are shown without a file. */
export const shownRows = 10;

export const rankColumn: OutputColumn = { name: "rank", type: "integer" };
export const scoreColumns: readonly OutputColumn[] = [
  { name: "score", type: "float" },
  { name: "is_anomaly", type: "boolean" },
];

/** The columns that tell why: of a row of a table, of an image or a sequence. */
const reasonColumns = ["reason_1", "reason_2", "reason_3"];
const why = reasonColumns.slice(0, 1);

/** Which rows are told why they are odd: the highest scores that are wanted; of a run the anomalies as well. */
function toldRows({ top }: Options, run: Run | null): RankOptions {
  if (top === undefined) return {};
  return run ? { atLeast: top as number } : { most: top as number };
}

/** What was ranked, and how it is shown and written. */
interface Shown<Found> {
  readonly ranking: Found;
  readonly shown: Ranked;
}

/** Rows of a table by their scores, and why they have them; their run, where there is one, keeps them. */
export async function rankedRows(
  detector: Detector,
  table: Table,
  options: Options,
  run: Run | null,
  context: Context,
): Promise<Shown<Ranking>> {
  const ids = namingColumns(table.columns);
  const which = toldRows(options, run);
  const ranking = run
    ? await keepDetection(run, detector, table, which)
    : await detector.rank(table, { ...which, ids });
  const { rows, anomalies, verdicts } = ranking;
  const ranked = ranking.ranked.slice(0, options.top as number | undefined);
  const shown: Ranked = {
    columns: [
      rankColumn,
      ...(ids.length > 0 ? textColumns(ids) : [{ name: "row", type: "integer" } as const]),
      ...scoreColumns,
      ...textColumns(reasonColumns),
    ],
    cells: [
      ranked.map((_, i) => i + 1),
      ...(ids.length > 0
        ? ids.map((_, j) => ranked.map((each) => each.ids[j]!))
        : [ranked.map(({ row }) => row + 1)]),
      ranked.map(({ score }) => score),
      ranked.map(({ isAnomaly }) => isAnomaly),
      ...reasonColumns.map((_, k) =>
        ranked.map(({ reasons }) => (reasons[k] ? reasonText(reasons[k], context, "plain") : null)),
      ),
    ],
    best: ranked.slice(0, shownRows).map((each, i) => rankedRowLine(each, i + 1, ids, context)),
    ...{ anomalies, rows, count: ranked.length, verdicts },
  };
  return { ranking, shown };
}

/** Images or windows by their scores, and why they have them; their run, where there is one, keeps them. */
export async function rankedItems(
  detector: ArrayDetector,
  arrays: Arrays,
  options: Options,
  run: Run | null,
  context: Context,
): Promise<Shown<ArrayRanking>> {
  const ranking = await detector.rank(arrays, toldRows(options, run));
  if (run) await keepArrayDetection(run, detector, arrays, ranking);
  const { anomalies, verdicts } = ranking;
  const ranked = ranking.ranked.slice(0, options.top as number | undefined);
  const names = ranked.map(({ row }) => rowName(arrays, row));
  const { metadata } = detector.model;
  const reasons = ranked.map(({ row, reason }) =>
    reason ? arrayReasonText(reason, metadata, arrays, row, context) : null,
  );
  const shown: Ranked = {
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
    verdicts,
  };
  return { ranking, shown };
}

/** Rows of the table that windows were cut from, by the scores of their time stamps; their run keeps them, too. */
export async function rankedStamps(
  detector: ArrayDetector,
  data: Address,
  options: Options,
  run: Run | null,
  context: Context,
): Promise<Shown<StampRanking>> {
  const { model } = detector;
  const open = { ...openOptionsOf(options), like: model.metadata.source, stamps: true };
  const arrays = await openArrays(data, open);
  try {
    const ranking = await rankStamps(model, arrays, toldRows(options, run));
    if (run) await keepStampDetection(run, detector, arrays, ranking);
    const { stamps, anomalies, rows, verdicts } = ranking;
    const ranked = ranking.ranked.subarray(0, options.top as number | undefined);
    const { columns, batch } = stampRows(model, arrays, stamps, context);
    const place = columns.findIndex(({ name }) => name === "score");
    const shown: Ranked = {
      columns: [rankColumn, ...columns],
      cells: [
        Array.from(ranked, (_, i) => i + 1),
        ...batch.columns.map((cells) => Array.from(ranked, (row) => cells[row] ?? null)),
      ],
      best: Array.from(ranked.subarray(0, shownRows), (row, i) => {
        const name = batch.columns
          .slice(0, place)
          .map((cells) => String(cells[row]))
          .join(" ");
        const reason = reasonText(stampReason(model, stamps, row), context);
        return rankedItemLine({ name, score: stamps.score[row]!, reason }, i + 1, context);
      }),
      ...{ anomalies, rows, count: ranked.length, items: "stamps", verdicts },
    };
    return { ranking, shown };
  } finally {
    await arrays.dispose();
  }
}

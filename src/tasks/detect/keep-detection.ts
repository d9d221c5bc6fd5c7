import type { Arrays } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import type { ColumnPlan, Table } from "../../data/terms/table.ts";
import {
  heldCells,
  type IdCells,
  type RankedReason,
  type Scored,
  writeRanking,
} from "../ranking/ranking-file.ts";
import { namingColumns } from "../rows/row-names.ts";
import type { Run } from "../runs/run.ts";
import type { RankedId } from "../runs/run-summary.ts";
import { placedReason } from "../score/array-reason-text.ts";
import type { ArrayDetector, ArrayRanking } from "./array-detector.ts";
import { detectionSummary } from "./detection-summary.ts";
import type { Detector } from "./detector.ts";
import { type Ranking, type RankOptions, rankTable } from "./rank.ts";
import { type StampRanking, stampReason } from "./rank-stamps.ts";

/** Ranks the rows of a table and keeps the detection in its run: model, ranking of all rows, summary. */
export async function keepDetection(
  run: Run,
  detector: Detector,
  table: Table,
  which: RankOptions = {},
): Promise<Ranking> {
  const { model, trained } = detector;
  const ids = namingColumns(table.columns);
  const ranking = await rankTable(model, table, { ...which, ids });
  const named = ids.map((name) => table.columns.find((column) => column.name === name)!);
  const scored: Scored = {
    items: "rows",
    ...{ scores: ranking.scores, flags: ranking.flags },
    ...{ partOf: trained.split.partOf, classes: classesIn(trained) },
    reasons: new Map(ranking.ranked.map(({ row, reasons }) => [row, reasons])),
    ids: named.map(idOf),
    cells: () => (ids.length === 0 ? heldCells(table.rows) : tableCells(table, named)),
  };
  await conclude(run, detector, ranking, scored);
  return ranking;
}

/** Keeps the detection of odd images or sequences in its run. */
export async function keepArrayDetection(
  run: Run,
  detector: ArrayDetector,
  arrays: Arrays,
  ranking: ArrayRanking,
): Promise<void> {
  const { model, trained } = detector;
  const { names } = arrays;
  const told = ranking.ranked.map(({ row, reason }): [number, readonly RankedReason[]] => [
    row,
    reason ? [placedReason(reason, model.metadata, arrays, row)] : [],
  ]);
  await conclude(run, detector, ranking, {
    items: itemsOf(arrays.detected),
    ...{ scores: ranking.scores, flags: ranking.flags },
    ...{ partOf: trained.split.partOf, classes: trained.labels?.classes ?? null },
    reasons: new Map(told),
    // names of files and of windows are in the order of rows
    ids: names ? [{ name: "name", order: null }] : [],
    cells: () => heldCells(arrays.rows, names ? [names] : []),
  });
}

/** Keeps the detection of odd time stamps in its run: the rows of the table that the windows were cut from. */
export async function keepStampDetection(
  run: Run,
  detector: ArrayDetector,
  arrays: Arrays,
  ranking: StampRanking,
): Promise<void> {
  const { model } = detector;
  const { time, group } = model.metadata.source;
  const { times = null, series = null } = arrays.stamps ?? {};
  const { stamps, ranked } = ranking;
  await conclude(run, detector, ranking, {
    items: "stamps",
    ...{ scores: stamps.score, flags: stamps.threshold === null ? null : stamps.isAnomaly },
    // windows were dealt to parts, and hold several time stamps each
    ...{ partOf: null, classes: null },
    reasons: new Map(Array.from(ranked, (row) => [row, [stampReason(model, stamps, row)]])),
    ids: [
      // a time as written is in no order
      ...(times ? [{ name: time ?? "time", order: null }] : []),
      ...(series ? [{ name: group ?? "series", order: "text" as const }] : []),
    ],
    cells: () =>
      heldCells(
        stamps.rows,
        [times, series].filter((cells) => cells !== null),
      ),
  });
}

function conclude(
  run: Run,
  detector: Detector | ArrayDetector,
  found: Parameters<typeof detectionSummary>[1],
  scored: Scored,
): Promise<void> {
  return run.conclude({
    model: detector.model,
    ranking: (path) => writeRanking(path, scored),
    summary: detectionSummary(detector, found),
  });
}

/** Labels of rows; where only marks say them none is known of the others. */
const classesIn = ({ labels }: Detector["trained"]): Uint8Array | null =>
  labels && !labels.byMarks ? labels.classes : null;

const hasOrder = ({ type }: Pick<ColumnPlan, "type">): boolean =>
  type === "number" || type === "date";

const idOf = (column: ColumnPlan): RankedId => ({
  name: column.name,
  order: hasOrder(column) ? "value" : "text",
});

async function* tableCells(table: Table, ids: readonly ColumnPlan[]): AsyncGenerator<IdCells> {
  const numeric = ids.filter(hasOrder).map(({ name }) => name);
  const text = ids.map(({ name }) => name);
  const p = numeric.length;
  for await (const batch of table.batches({ numeric, categories: [], text })) {
    const { start, rows } = batch;
    const values = numeric.map((_, j) =>
      Float64Array.from({ length: rows }, (_, i) => batch.numeric[i * p + j]!),
    );
    yield { start, rows, text: batch.text, values };
  }
}

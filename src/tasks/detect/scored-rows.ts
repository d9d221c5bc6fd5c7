import type { Arrays } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import type { ColumnPlan, Table } from "../../data/terms/table.ts";
import type { ArrayModel } from "../model/array-model.ts";
import {
  heldCells,
  type IdCells,
  type RankedReason,
  type Scored,
} from "../ranking/ranking-file.ts";
import type { RankedId } from "../runs/run-summary.ts";
import { placedReason } from "../score/array-reason-text.ts";
import type { ArrayRanking } from "./array-detector.ts";
import type { Ranking } from "./rank.ts";
import { type StampRanking, stampReason } from "./rank-stamps.ts";

/** What each row was used for and what its label says; null where nothing tells. */
type Told = Pick<Scored, "partOf" | "classes">;

/** Rows of a table that were ranked, as they are written; `ids` are the columns that tell which row it is. */
export function scoredTable(
  table: Table,
  ranking: Ranking,
  ids: readonly string[],
  told: Told,
): Scored {
  const named = ids.map((name) => table.columns.find((column) => column.name === name)!);
  return {
    items: "rows",
    ...{ scores: ranking.scores, flags: ranking.flags, ...told },
    reasons: new Map(ranking.ranked.map(({ row, reasons }) => [row, reasons])),
    ids: named.map(idOf),
    cells: () => (ids.length === 0 ? heldCells(table.rows) : tableCells(table, named)),
  };
}

/** Images or sequences that were ranked, as they are written. */
export function scoredArrays(
  model: ArrayModel,
  arrays: Arrays,
  ranking: ArrayRanking,
  told: Told,
): Scored {
  const { names } = arrays;
  const reasons = ranking.ranked.map(({ row, reason }): [number, readonly RankedReason[]] => [
    row,
    reason ? [placedReason(reason, model.metadata, arrays, row)] : [],
  ]);
  return {
    items: itemsOf(arrays.detected),
    ...{ scores: ranking.scores, flags: ranking.flags, ...told },
    reasons: new Map(reasons),
    // names of files and of windows are in the order of rows
    ids: names ? [{ name: "name", order: null }] : [],
    cells: () => heldCells(arrays.rows, names ? [names] : []),
  };
}

/** Time stamps that were ranked, as they are written: the rows of the table that the windows were cut from. */
export function scoredStamps(model: ArrayModel, arrays: Arrays, ranking: StampRanking): Scored {
  const { time, group } = model.metadata.source;
  const { times = null, series = null } = arrays.stamps ?? {};
  const { stamps, ranked } = ranking;
  return {
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
  };
}

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

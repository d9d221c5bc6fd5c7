import type { OutputBatch, OutputColumn } from "../../data/terms/output.ts";
import { writeSortedRows } from "../../data/write/write.ts";
import type { Items } from "../../language.ts";
import { type Part, parts } from "../rows/split.ts";
import type { RankedId, RankingRecord } from "../runs/run-summary.ts";
import type { PlacedReason } from "../score/array-reason-text.ts";
import type { Reason } from "../score/reasons.ts";
import { rankingOf } from "./order.ts";

/** Why a row is odd: its columns, or of an image or a sequence where. */
export type RankedReason = Reason | PlacedReason;

/** Cells of consecutive rows that tell which they are. */
export interface IdCells {
  readonly start: number;
  readonly rows: number;
  /** One list for each id. */
  readonly text: readonly (readonly string[])[];
  /** One list for each id with the order "value", NaN where it is missing. */
  readonly values: readonly ArrayLike<number>[];
}

/** All rows of data with their scores, in source order. */
export interface Scored {
  readonly items: Items;
  /** NaN where a row has none: it is not ranked. */
  readonly scores: Float32Array;
  /** 1 for anomalies; null where no threshold tells. */
  readonly flags: Uint8Array | null;
  /** Of each row, as in `Split`; null where rows have none. */
  readonly partOf: Uint8Array | null;
  /** 0 normal, 1 anomaly, 2 unknown; null without a label. */
  readonly classes: Uint8Array | null;
  /** Of the rows that are told why. */
  readonly reasons: ReadonlyMap<number, readonly RankedReason[]>;
  readonly ids: readonly RankedId[];
  cells(): AsyncIterable<IdCells> | Iterable<IdCells>;
}

/** The columns of the file. Names of ids are those of a person's data: they stand in the record. */
export const rankingColumns = {
  /** From 1. */
  rank: "rank",
  /** From 1, in the source. */
  row: "row",
  score: "score",
  flagged: "is_anomaly",
  part: "part",
  labelled: "is_labelled_anomaly",
  /** As JSON, in no language. */
  reasons: "reasons",
  id: (i: number): string => `id_${i + 1}`,
  value: (i: number): string => `id_${i + 1}_value`,
} as const;

const partNames = Object.keys(parts) as Part[];

/** Writes all rows by their rank, whole or not at all, and gives the record that tells what they are. */
export async function writeRanking(path: string, scored: Scored): Promise<RankingRecord> {
  const { items, scores, flags, ids, partOf, classes } = scored;
  const order = rankingOf(scores);
  const ranks = new Uint32Array(scores.length);
  order.forEach((row, i) => {
    ranks[row] = i + 1;
  });
  const of = rankingColumns;
  const columns: readonly OutputColumn[] = [
    { name: of.rank, type: "integer" },
    { name: of.row, type: "integer" },
    ...ids.map((_, i) => ({ name: of.id(i), type: "text" }) as const),
    { name: of.score, type: "float" },
    { name: of.flagged, type: "boolean" },
    { name: of.part, type: "text" },
    { name: of.labelled, type: "boolean" },
    { name: of.reasons, type: "text" },
    ...ids.flatMap(({ order: by }, i) =>
      by === "value" ? [{ name: of.value(i), type: "double" } as const] : [],
    ),
  ];
  await writeSortedRows(path, columns, batchesOf(scored, ranks), of.rank);
  return {
    ...{
      rows: order.length,
      anomalies: flags?.reduce((sum, flag) => sum + flag, 0) ?? 0,
      items,
      ids,
    },
    ...{ parts: partOf !== null, labels: classes !== null },
  };
}

async function* batchesOf(scored: Scored, ranks: Uint32Array): AsyncGenerator<OutputBatch> {
  const { scores, flags, partOf, classes, reasons, cells } = scored;
  for await (const { start, rows, text, values } of cells()) {
    const here = Array.from({ length: rows }, (_, i) => i).filter((i) => ranks[start + i]! > 0);
    const told = <T>(of: (row: number) => T): T[] => here.map((i) => of(start + i));
    yield {
      rows: here.length,
      columns: [
        told((row) => ranks[row]!),
        told((row) => row + 1),
        ...text.map((column) => here.map((i) => column[i]!)),
        told((row) => scores[row]!),
        told((row) => flags && flags[row] === 1),
        told((row) => partOf && partNames[partOf[row]!]!),
        told((row) => (!classes || classes[row] === 2 ? null : classes[row] === 1)),
        told((row) => {
          const why = reasons.get(row);
          return why ? JSON.stringify(why) : null;
        }),
        ...values.map((column) => here.map((i) => column[i]!)),
      ],
    };
  }
}

const rowsAtOnce = 8192;

/** Rows that are named by lists of texts which are held; by their number alone where there are none. */
export function* heldCells(
  rows: number,
  names: readonly (readonly string[])[] = [],
): Generator<IdCells> {
  for (let start = 0; start < rows; start += rowsAtOnce) {
    const end = Math.min(start + rowsAtOnce, rows);
    const text = names.map((cells) => cells.slice(start, end));
    yield { start, rows: end - start, text, values: [] };
  }
}

import type { Table } from "../../data/terms/table.ts";
import type { Block } from "../compress/block.ts";
import { type CompressionSource, pickRows } from "../compress/source.ts";
import type { TableModel } from "../model/table-model.ts";
import {
  bestRounds,
  type ColumnFill,
  chosenFigures,
  columnFills,
  type Imputation,
  imputations,
  type Preferences,
  preferences,
} from "./fill-choice.ts";
import { distances, fillTrial } from "./fill-trial.ts";
import type { GappedRows, Way } from "./filler.ts";
import { type FillingSource, fillersOf } from "./fillers.ts";
import type { KeptRows } from "./kept-rows.ts";
import { areApart, seriesPlaces } from "./series-places.ts";

/** Rounds of filling and rebuilding that are tried. */
export const triedRounds: readonly number[] = [1, 2, 5, 10];
/** How often cells are hidden, in how many rows, and how many of them. */
const turns = 3;
const hiding = { most: 1500, share: 0.1, seed: 42 };

/** What is stated of filling. */
export interface FillingOptions {
  readonly fill?: Way;
  readonly rounds?: number;
}

/** What a trial on hidden cells told. */
export interface FillingTrial {
  /** Each way, with its best number of rounds. */
  readonly ways: readonly Imputation[];
  /** The best of them for each column and distance, on other hidden cells than those that chose; null where one is stated. */
  readonly chosen: Pick<Imputation, "rmse" | "accuracy"> | null;
  readonly columns: readonly ColumnFill[];
}

/** Gaps filled, and which way filled each: of each column, numbers first, by row; null where none did. */
export interface FilledRows {
  readonly block: Block;
  readonly ways: readonly (readonly (Way | null)[])[];
}

/** How the gaps of a table are filled. */
export interface Filling {
  /** Of filling and rebuilding by the autoencoder, where it is among the ways. */
  readonly rounds: number | null;
  /** null where nothing was to be chosen. */
  readonly trial: FillingTrial | null;
  fill(gapped: GappedRows): Promise<FilledRows>;
}

/** Finds for each column, and each distance in time to a known value, the way that fills hidden cells best, unless one is stated. */
export async function findFilling(
  model: TableModel,
  table: Table,
  source: CompressionSource,
  kept: KeptRows,
  { fill: stated, rounds }: FillingOptions,
): Promise<Filling> {
  const from: FillingSource = {
    ...{ model, source, places: await seriesPlaces(table) },
    rounds: rounds === undefined ? triedRounds : [rounds],
  };
  const { list, along } = fillersOf(from, kept, stated);
  const trial = list.length > 1 ? await fillTrial(from, kept, hiding, turns, stated) : null;
  const among = trial ? bestRounds(trial) : [0];
  const columns = source.streams.length + source.categories.length;
  const chosen: Preferences = trial
    ? preferences(trial, among)
    : Array.from({ length: columns }, () => distances.map(() => among));
  const names = [...source.streams.map(({ name }) => name), ...source.categories];
  const found = trial && imputations(trial);
  const placeOf = (column: number, row: number): number => {
    if (!along) return 0;
    const distance = along.distance(column, row, 0);
    return distances.findLastIndex((least) => least === 0 || areApart(distance, least));
  };
  const own = among.find((c) => list[c]!.way === "autoencoder");
  return {
    rounds: own === undefined ? null : list[own]!.rounds,
    trial: trial && {
      ways: among.map((c) => found![c]!),
      chosen: stated ? null : chosenFigures(trial, among),
      columns: columnFills(names, list, chosen),
    },
    async fill(gapped) {
      const cells = openCells(gapped.block).map(({ column, i }) => ({
        ...{ column, i },
        left: [...chosen[column]![placeOf(column, gapped.rows[i]!)]!],
      }));
      const filled = emptyCopy(gapped.block);
      let open = cells;
      while (open.length > 0) {
        const next = new Set(open.flatMap(({ left }) => left.slice(0, 1)));
        for (const c of next) {
          const mine = open.filter(({ left }) => left[0] === c);
          const rows = [...new Set(mine.map(({ i }) => i))];
          const place = new Map(rows.map((i, k) => [i, k]));
          const some = {
            block: pickRows(gapped.block, rows),
            rows: rows.map((i) => gapped.rows[i]!),
          };
          const [result] = await list[c]!.fill(some, [0]);
          for (const { column, i } of mine)
            filled.take(column, i, result!, place.get(i)!, list[c]!.way);
        }
        open = open
          .filter(({ column, i }) => filled.isOpen(column, i))
          .map((cell) => ({ ...cell, left: cell.left.slice(1) }))
          .filter(({ left }) => left.length > 0);
      }
      return filled;
    },
  };
}

/** The missing cells of a block. */
function openCells({ numbers, categories }: Block): { column: number; i: number }[] {
  const open: { column: number; i: number }[] = [];
  numbers.forEach((values, column) => {
    values.forEach((value, i) => {
      if (Number.isNaN(value)) open.push({ column, i });
    });
  });
  categories.forEach((cells, j) => {
    cells.forEach((cell, i) => {
      if (cell === "") open.push({ column: numbers.length + j, i });
    });
  });
  return open;
}

/** A copy of a block whose gaps are filled cell by cell. */
function emptyCopy(before: Block) {
  const p = before.numbers.length;
  const block = {
    ...before,
    numbers: before.numbers.map((values) => values.slice()),
    categories: before.categories.map((cells) => [...cells]),
  };
  const width = p + block.categories.length;
  const ways = Array.from({ length: width }, () => new Array<Way | null>(before.rows).fill(null));
  const isOpen = (column: number, i: number): boolean => ways[column]![i] === null;
  return {
    ...{ block, ways, isOpen },
    /** Takes a cell from a filled block, where it knows one. */
    take(column: number, i: number, from: Block, k: number, way: Way): void {
      const value = column < p ? from.numbers[column]![k]! : from.categories[column - p]![k]!;
      if (value === "" || Number.isNaN(value)) return;
      if (column < p) block.numbers[column]![i] = value as number;
      else block.categories[column - p]![i] = value as string;
      ways[column]![i] = way;
    },
  };
}

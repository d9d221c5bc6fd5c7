import type { Table } from "../../data/terms/table.ts";
import { nearestNeighbours } from "../../metrics/neighbours.ts";
import { momentsOf } from "../../metrics/statistics.ts";
import { checkArguments, checkOptions, optionParts } from "../../options.ts";
import { random } from "../../random.ts";
import { z } from "../../schema.ts";
import type { Block, Predictor } from "../compress/block.ts";
import { pointsLike } from "../compress/points.ts";
import { type CompressionSource, joinBlocks, pickRows } from "../compress/source.ts";
import { tableSource } from "../compress/table-source.ts";
import { argument } from "../model/arguments.ts";
import type { TableModel } from "../model/table-model.ts";
import { countsOf } from "../rows/labels.ts";
import { fillGaps } from "./gaps.ts";

/** How near a way of filling gaps comes to cells that were hidden from it. */
export interface Imputation {
  readonly way: "autoencoder" | "PCA" | "nearest" | "median";
  /** Of filling and rebuilding; null for what needs none. */
  readonly rounds: number | null;
  /** Root mean square over all hidden numbers of the error in deviations of its column; null without numbers. */
  readonly rmse: number | null;
  /** Share of hidden categories that were found; null without categories. */
  readonly accuracy: number | null;
}

export interface ImputationOptions {
  /** Of the cells that are there, how many are hidden. */
  readonly share?: number;
  readonly seed?: number;
}

/** What came of hiding cells. */
export interface ImputationComparison {
  readonly rows: number;
  readonly hidden: number;
  /** The autoencoder and PCA after each of several numbers of rounds, the five nearest rows, and medians. */
  readonly ways: readonly Imputation[];
}

const mostRows = 2000;

/** Rounds of filling and rebuilding that are tried. */
const triedRounds = [1, 2, 5, 10];

const imputationOptions: z.ZodMiniObject = z.object({
  share: z.exactOptional(optionParts.share),
  seed: z.exactOptional(z.int()),
});

/**
 * Hides cells of up to 2,000 rows from all over a table and compares ways to fill them. The rows may have trained
 * the model: for a fair figure give rows that did not.
 */
export async function compareImputation(
  model: TableModel,
  table: Table,
  options: ImputationOptions = {},
): Promise<ImputationComparison> {
  checkArguments("compareImputation", {
    model: [model, argument.tableModel],
    table: [table, argument.table],
  });
  checkOptions("compareImputation", imputationOptions, options);
  const source = await tableSource(model, table);
  const { block, open, hidden } = await hideCells(source, mostRows, options);
  const others = [
    { way: "nearest", rounds: null, ...errorsOf(block, open, nearestFilled(open)) },
    { way: "median", rounds: null, ...errorsOf(block, open, commonFilled(open)) },
  ] as const;
  return {
    rows: block.rows,
    hidden,
    ways: [
      ...(await byRounds("autoencoder", source.model, block, open)),
      ...(source.pca ? await byRounds("PCA", source.pca, block, open) : []),
      ...others,
    ],
  };
}

/** The number of rounds that fills hidden cells of up to 1,000 rows best, beside medians. */
export async function bestRounds(
  source: CompressionSource,
): Promise<{ readonly rounds: number; readonly model: Imputation; readonly median: Imputation }> {
  const { block, open } = await hideCells(source, 1000, {});
  const tried = await byRounds("autoencoder", source.model, block, open);
  const best = tried.reduce((a, b) => (badness(source, b) < badness(source, a) ? b : a));
  const errors = errorsOf(block, open, commonFilled(open));
  return { rounds: best.rounds!, model: best, median: { way: "median", rounds: null, ...errors } };
}

/** Numbers and categories weigh as much as there are columns of them. */
export const badness = (
  { streams, categories }: Pick<CompressionSource, "streams" | "categories">,
  { rmse, accuracy }: Imputation,
): number => streams.length * (rmse ?? 0) + categories.length * (1 - (accuracy ?? 1));

async function byRounds(
  way: Imputation["way"],
  predictor: Predictor,
  block: Block,
  open: Block,
): Promise<readonly Imputation[]> {
  const found: Imputation[] = [];
  for (const rounds of triedRounds) {
    const filled = await fillGaps(predictor, open, rounds);
    found.push({ way, rounds, ...errorsOf(block, open, filled) });
  }
  return found;
}

/** Rows from all over a source, and the same with some of their cells hidden. */
async function hideCells(
  source: CompressionSource,
  most: number,
  { share = 0.1, seed = 42 }: ImputationOptions,
) {
  const every = Math.max(1, Math.ceil(source.rows / most));
  const parts: Block[] = [];
  let start = 0;
  for await (const part of source.blocks()) {
    const rows = Array.from({ length: part.rows }, (_, i) => i);
    parts.push(
      pickRows(
        part,
        rows.filter((i) => (start + i) % every === 0),
      ),
    );
    start += part.rows;
  }
  const block = joinBlocks(parts.filter(({ rows }) => rows > 0));
  const draws = random(seed);
  let hidden = 0;
  const hides = (there: boolean): boolean => {
    const hide = there && draws.uniform() < share;
    if (hide) hidden++;
    return hide;
  };
  const open: Block = {
    ...block,
    numbers: block.numbers.map((values) =>
      values.map((value) => (hides(!Number.isNaN(value)) ? Number.NaN : value)),
    ),
    categories: block.categories.map((cells) =>
      cells.map((cell) => (hides(cell !== "") ? "" : cell)),
    ),
  };
  return { block, open, hidden };
}

function errorsOf(block: Block, open: Block, filled: Block) {
  let [squares, numbers, right, categories] = [0, 0, 0, 0];
  block.numbers.forEach((values, j) => {
    const { deviation } = momentsOf(values);
    values.forEach((value, i) => {
      if (Number.isNaN(value) || !Number.isNaN(open.numbers[j]![i]!) || deviation === 0) return;
      squares += ((filled.numbers[j]![i]! - value) / deviation) ** 2;
      numbers++;
    });
  });
  block.categories.forEach((cells, j) => {
    cells.forEach((cell, i) => {
      if (cell === "" || open.categories[j]![i] !== "") return;
      categories++;
      if (filled.categories[j]![i] === cell) right++;
    });
  });
  return {
    rmse: numbers > 0 ? Math.sqrt(squares / numbers) : null,
    accuracy: categories > 0 ? right / categories : null,
  };
}

/** The commonest of some texts; "" where there is none. */
const commonest = (cells: readonly string[]): string =>
  countsOf(cells.filter((cell) => cell !== ""))[0]?.[0] ?? "";

/** The upper of the two middle ones where there are two, so that it is a value of the column. */
function middleOf(values: Float64Array): number {
  const there = values.filter((value) => !Number.isNaN(value)).sort();
  return there[there.length >> 1] ?? 0;
}

/** Medians, and commonest categories. */
function commonFilled(open: Block): Block {
  return {
    ...open,
    numbers: open.numbers.map((values) => {
      const middle = middleOf(values);
      return values.map((value) => (Number.isNaN(value) ? middle : value));
    }),
    categories: open.categories.map((cells) => {
      const common = commonest(cells);
      return cells.map((cell) => (cell === "" ? common : cell));
    }),
  };
}

/**
 * What the five nearest rows have: means and commonest categories. Distances are of standardised numbers, gaps at
 * the mean, and of categories, 1 apart where they differ.
 */
function nearestFilled(open: Block): Block {
  const k = Math.min(5, open.rows - 1);
  const points = pointsLike(open);
  const rows = points.of(open);
  const { indices } = nearestNeighbours(rows, rows, points.width, k, { exceptSelf: true });
  const common = commonFilled(open);
  const near = (i: number): number[] => Array.from(indices.subarray(i * k, (i + 1) * k));
  return {
    ...open,
    numbers: open.numbers.map((values, j) =>
      values.map((value, i) => {
        if (!Number.isNaN(value)) return value;
        const there = near(i)
          .map((row) => values[row]!)
          .filter((other) => !Number.isNaN(other));
        return there.length > 0
          ? there.reduce((a, b) => a + b) / there.length
          : common.numbers[j]![i]!;
      }),
    ),
    categories: open.categories.map((cells, j) =>
      cells.map((cell, i) =>
        cell === ""
          ? commonest(near(i).map((row) => cells[row]!)) || common.categories[j]![i]!
          : cell,
      ),
    ),
  };
}

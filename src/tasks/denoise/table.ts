import { watchCallbacks } from "../../callbacks.ts";
import { columnDates } from "../../data/cells/written-dates.ts";
import type { OutputBatch, OutputColumn } from "../../data/terms/output.ts";
import type { Table } from "../../data/terms/table.ts";
import { mistake } from "../../errors.ts";
import { checkArguments, checkOptions, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import type { Block } from "../compress/block.ts";
import { exactDate } from "../compress/exact-date.ts";
import { sampleOf } from "../compress/plan.ts";
import type { CompressionSource } from "../compress/source.ts";
import { tableSource } from "../compress/table-source.ts";
import { argument } from "../model/arguments.ts";
import type { TableModel } from "../model/table-model.ts";
import { type Change, type ColumnChanges, changeCounts } from "./changes.ts";
import { type Way, ways } from "./filler.ts";
import { type FilledRows, type FillingTrial, findFilling } from "./filling.ts";
import { fillGaps } from "./gaps.ts";
import { keepRows } from "./kept-rows.ts";
import { usualResiduals, withoutOutliers } from "./outliers.ts";
import { withinRange } from "./rebuilt-cells.ts";
import { tidying } from "./tidy-numbers.ts";

/** What is replaced besides missing cells, and how. */
export interface DenoiseTableOptions {
  /**
   * Also replaces numbers further than this many robust deviations from what the model expects, and categories
   * less probable than exp(-outliers); absent: cells that are there stay.
   */
  readonly outliers?: number;
  /** Replaces every cell by what the model rebuilds. */
  readonly all?: boolean;
  /** How gaps are filled; by default, column by column, what fills cells of these data best that are hidden for a trial. */
  readonly fill?: Way;
  /** Of filling and rebuilding, by the autoencoder and PCA; by default the best of 1, 2, 5 and 10 in that trial. */
  readonly rounds?: number;
  /** Hears of each changed cell; `row` counts from 1. What it throws or rejects with, reading `batches` throws. */
  readonly onChange?: (change: Change) => void;
}

/** A table on its way out, cleaned. */
export interface DenoisedTable {
  readonly columns: readonly OutputColumn[];
  /** Of filling and rebuilding by the autoencoder; null where a stated way has none. */
  readonly rounds: number | null;
  /** How well cells were filled that were hidden for a trial; null where nothing was to be filled or chosen. */
  readonly trial: FillingTrial | null;
  /** To be read once. */
  readonly batches: AsyncGenerator<OutputBatch>;
  /** Known when all batches were read. */
  changes(): readonly ColumnChanges[];
}

const optional = z.exactOptional;
const denoiseOptions: z.ZodMiniObject = z.object({
  outliers: optional(optionParts.atLeast(0)),
  all: optional(z.boolean()),
  fill: optional(z.enum(ways)),
  rounds: optional(optionParts.whole(1)),
  onChange: optional(optionParts.listener),
});

/**
 * A table with its gaps filled and, where asked for, its outliers replaced: each column by the way that fills hidden cells of it
 * best, by the model, PCA, near rows, the median, or the values before and after where rows lie in time. New numbers have as
 * many decimals as most cells of their column. All columns come out, in their order.
 */
export async function denoiseTable(
  model: TableModel,
  table: Table,
  options: DenoiseTableOptions = {},
): Promise<DenoisedTable> {
  checkArguments("denoiseTable", {
    model: [model, argument.tableModel],
    table: [table, argument.table],
  });
  checkOptions("denoiseTable", denoiseOptions, options);
  const { options: watched, settled } = watchCallbacks(options);
  const { outliers, all = false, fill, rounds, onChange } = watched;
  if (all && fill !== undefined)
    throw mistake(
      "denoiseTable: all replaces every cell by what the model rebuilds; leave fill out",
    );
  const source = await tableSource(model, table);
  const usual =
    outliers === undefined ? null : await usualResiduals(model, await sampleOf(source, 2 ** 20));
  const opened = async (block: Block): Promise<Block> =>
    usual ? withoutOutliers(model, block, usual, outliers!) : block;
  const kept = await keepRows(source, opened);
  const gaps =
    usual !== null || table.columns.some(({ input, profile }) => input && profile.missing > 0);
  const filling =
    all || !gaps
      ? null
      : await findFilling(model, table, source, kept, {
          ...(fill !== undefined && { fill }),
          ...(rounds !== undefined && { rounds }),
        });
  const cleanedRows = async (block: Block, rows: readonly number[]): Promise<FilledRows> => {
    if (filling) return filling.fill({ block: await opened(block), rows });
    return { block: all ? await rebuilt(model, source, block) : block, ways: allRebuilt(block) };
  };
  const counts = changeCounts(table, source, all ? "rebuilt" : "outlier", onChange);
  const tidy = tidying(source, kept);
  async function* batches(): AsyncGenerator<OutputBatch> {
    let start = 0;
    for await (const block of source.blocks()) {
      const rows = Array.from({ length: block.rows }, (_, i) => start + i);
      const { block: filled, ways } = await cleanedRows(block, rows);
      const cleaned = tidy(block, withOwn(block, filled));
      counts.add(block, { block: cleaned, ways }, start);
      await settled();
      start += block.rows;
      yield { rows: block.rows, columns: cellsOf(table, source, cleaned) };
    }
  }
  return {
    columns: table.columns.map(({ name, type, input }) => ({
      name,
      type: input === "numeric" && type !== "date" ? "double" : "text",
    })),
    rounds: filling ? filling.rounds : all ? 1 : null,
    trial: filling?.trial ?? null,
    batches: batches(),
    changes: counts.result,
  };
}

/** What the model makes of every cell. */
async function rebuilt(model: TableModel, source: CompressionSource, block: Block): Promise<Block> {
  const empty: Block = {
    ...block,
    numbers: block.numbers.map((values) => new Float64Array(values.length).fill(Number.NaN)),
    categories: block.categories.map((cells) => cells.map(() => "")),
  };
  const once = { ...source.model, encode: () => source.model.encode(block) };
  return withinRange(model.metadata.profile, block, await fillGaps(once, empty, 1));
}

const allRebuilt = ({ rows, numbers, categories }: Block): FilledRows["ways"] =>
  [...numbers, ...categories].map(() => new Array<Way>(rows).fill("autoencoder"));

/** What was there stays where nothing is known to put in its place. */
const withOwn = (before: Block, after: Block): Block => ({
  ...after,
  numbers: after.numbers.map((values, j) =>
    values.map((value, i) => (Number.isNaN(value) ? before.numbers[j]![i]! : value)),
  ),
  categories: after.categories.map((cells, j) =>
    cells.map((cell, i) => (cell === "" ? before.categories[j]![i]! : cell)),
  ),
});

/** The cells of a block as the columns of its table. */
function cellsOf(
  { columns, detected }: Table,
  { streams, categories, texts }: CompressionSource,
  block: Block,
): OutputBatch["columns"] {
  return columns.map(({ name, type }) => {
    const j = streams.findIndex((stream) => stream.name === name);
    if (j >= 0 && type !== "date") return block.numbers[j]!;
    if (j >= 0) return Array.from(block.numbers[j]!, columnDates(detected, name, exactDate));
    const k = categories.indexOf(name);
    return k >= 0 ? block.categories[k]! : block.texts[texts.indexOf(name)]!;
  });
}

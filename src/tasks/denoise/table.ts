import { watchCallbacks } from "../../callbacks.ts";
import { columnDates } from "../../data/cells/written-dates.ts";
import type { OutputBatch, OutputColumn } from "../../data/terms/output.ts";
import type { Table } from "../../data/terms/table.ts";
import { checkArguments, checkOptions, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import type { Block } from "../compress/block.ts";
import { exactDate } from "../compress/exact-date.ts";
import { sampleOf } from "../compress/plan.ts";
import type { CompressionSource } from "../compress/source.ts";
import { tableSource } from "../compress/table-source.ts";
import { argument } from "../model/arguments.ts";
import type { TableModel } from "../model/table-model.ts";
import { fillGaps } from "./gaps.ts";
import { badness, bestRounds, type Imputation } from "./imputation.ts";
import { usualResiduals, withoutOutliers } from "./outliers.ts";

/** What is replaced besides missing cells, and how. */
export interface DenoiseTableOptions {
  /**
   * Also replaces numbers further than this many robust deviations from what the model expects, and categories
   * less probable than exp(-outliers); absent: cells that are there stay.
   */
  readonly outliers?: number;
  /** Replaces every cell by what the model rebuilds. */
  readonly all?: boolean;
  /** Of filling and rebuilding; by default what fills cells of these data best that are hidden for a trial. */
  readonly rounds?: number;
  /** Hears of each changed cell; `row` counts from 1. What it throws or rejects with, reading `batches` throws. */
  readonly onChange?: (change: Change) => void;
}

/** A cell that was changed; missing cells are "", dates are text. */
export interface Change {
  readonly row: number;
  readonly column: string;
  readonly before: number | string;
  readonly after: number | string;
  readonly why: "missing" | "outlier" | "rebuilt";
}

/** How many cells of a column were changed. */
export interface ColumnChanges {
  readonly column: string;
  readonly filled: number;
  readonly replaced: number;
  /** Missing cells that stay so: the model knows no value for them. */
  readonly left: number;
}

/** A table on its way out, cleaned. */
export interface DenoisedTable {
  readonly columns: readonly OutputColumn[];
  /** Of filling and rebuilding. */
  readonly rounds: number;
  /** How well cells were filled that were hidden for a trial, beside medians; null without such a trial. */
  readonly trial: {
    readonly model: Imputation;
    readonly median: Imputation;
    /** Whether medians fill better. */
    readonly worse: boolean;
  } | null;
  /** To be read once. */
  readonly batches: AsyncGenerator<OutputBatch>;
  /** Known when all batches were read. */
  changes(): readonly ColumnChanges[];
}

const optional = z.exactOptional;
const denoiseOptions: z.ZodMiniObject = z.object({
  outliers: optional(optionParts.atLeast(0)),
  all: optional(z.boolean()),
  rounds: optional(optionParts.whole(1)),
  onChange: optional(optionParts.listener),
});

/**
 * A table with its gaps filled by the model and, where asked for, its outliers replaced. New numbers have as many
 * decimals as the column has, and stay within its range in training. All columns come out, in their order.
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
  const source = await tableSource(model, table);
  const { options: watched, settled } = watchCallbacks(options);
  const { outliers, all = false, onChange } = watched;
  const trial = options.rounds === undefined && !all ? await bestRounds(source) : null;
  const rounds = options.rounds ?? trial?.rounds ?? 1;
  const usual =
    outliers === undefined ? null : await usualResiduals(model, await sampleOf(source, 2 ** 20));
  const counts = new Map(
    [...source.streams.map(({ name }) => name), ...source.categories].map((column) => [
      column,
      { column, filled: 0, replaced: 0, left: 0 },
    ]),
  );
  const tidy = tidying(model, source);
  async function* batches(): AsyncGenerator<OutputBatch> {
    let start = 0;
    for await (const block of source.blocks()) {
      const open = all
        ? emptied(block)
        : usual
          ? await withoutOutliers(model, block, usual, outliers!)
          : block;
      const filled = all
        ? await fillGaps({ ...source.model, encode: () => source.model.encode(block) }, open, 1)
        : await fillGaps(source.model, open, rounds);
      const cleaned = tidy(block, filled);
      compare(block, cleaned, start);
      await settled();
      start += block.rows;
      yield { rows: block.rows, columns: cellsOf(table, source, cleaned) };
    }
  }
  function compare(before: Block, after: Block, start: number): void {
    const note = (column: string, i: number, was: number | string, is: number | string): void => {
      const count = counts.get(column)!;
      const missing = was === "" || Number.isNaN(was);
      if (missing && (is === "" || Number.isNaN(is))) count.left++;
      else if (missing) count.filled++;
      else if (was !== is) count.replaced++;
      if (was === is || Number.isNaN(is)) return;
      const why = missing ? "missing" : all ? "rebuilt" : "outlier";
      const date = source.streams.some(({ name, date }) => date && name === column);
      const shown = (value: number | string): number | string =>
        typeof value !== "number"
          ? value
          : Number.isNaN(value)
            ? ""
            : date
              ? columnDates(table.detected, column, exactDate)(value)
              : value;
      onChange?.({ row: start + i + 1, column, before: shown(was), after: shown(is), why });
    };
    source.streams.forEach(({ name }, j) => {
      before.numbers[j]!.forEach((was, i) => {
        note(name, i, was, after.numbers[j]![i]!);
      });
    });
    source.categories.forEach((name, j) => {
      before.categories[j]!.forEach((was, i) => {
        note(name, i, was, after.categories[j]![i]!);
      });
    });
  }
  return {
    columns: table.columns.map(({ name, type, input }) => ({
      name,
      type: input === "numeric" && type !== "date" ? "double" : "text",
    })),
    rounds,
    trial: trial && {
      ...trial,
      worse: badness(source, trial.model) > badness(source, trial.median),
    },
    batches: batches(),
    changes: () => [...counts.values()],
  };
}

const emptied = (block: Block): Block => ({
  ...block,
  numbers: block.numbers.map((values) => new Float64Array(values.length).fill(Number.NaN)),
  categories: block.categories.map((cells) => cells.map(() => "")),
});

/** New numbers get the decimals of their column and its range in training; others stay as they are. */
export function tidying(
  model: TableModel,
  { streams }: CompressionSource,
): (before: Block, after: Block) => Block {
  const grids = streams.map(({ finder }) => finder.grid(0));
  return (before, after) => ({
    ...after,
    numbers: after.numbers.map((values, j) => {
      const { minimum, maximum } = model.metadata.profile.numeric[j]!;
      const { perUnit } = grids[j]!;
      return values.map((value, i) => {
        if (Object.is(value, before.numbers[j]![i])) return value;
        const held = Math.max(minimum, Math.min(maximum, value));
        return perUnit > 0 ? Math.round(held * perUnit) / perUnit : held;
      });
    }),
  });
}

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

import { openSteps } from "../data/arrays/open-arrays.ts";
import type { Arrays, ArraysOptions } from "../data/terms/arrays.ts";
import type { OutputBatch, OutputColumn } from "../data/terms/output.ts";
import { arrayOutputFormat, writeArrays } from "../data/write/write-arrays.ts";
import { cellsOf } from "../graph/index.ts";
import { arraysFromClean, errorsFromClean } from "../tasks/denoise/clean-series.ts";
import { rebuildRows } from "../tasks/denoise/rebuild.ts";
import { denoiseSteps } from "../tasks/denoise/series.ts";
import type { ArrayModel } from "../tasks/model/array-model.ts";
import { columnsOf, textColumns } from "./commands/encode.ts";
import { cellColumns } from "./commands/reconstruct.ts";
import type { Context } from "./context.ts";
import { nameColumn, rowNames } from "./data.ts";
import { errorLines } from "./denoise-errors.ts";
import { type Options, openOptionsOf } from "./options.ts";
import { savedLine, writeOutput } from "./output.ts";

interface Job {
  readonly model: ArrayModel;
  readonly arrays: Arrays;
}

/** Writes the table of series with its steps cleaned, all other columns as they are. */
export async function denoiseSeriesTo(
  { model, arrays, data, own }: Job & { readonly data: string; readonly own: ArraysOptions },
  options: Options,
  context: Context,
): Promise<void> {
  const learnt = { ...own, like: model.metadata.source };
  const table = await openSteps(data, learnt);
  try {
    const { features, values } = await denoiseSteps(model, arrays, table.rows);
    const names = table.columns.map(({ name }) => name);
    const others = names.filter((name) => !features.includes(name));
    const width = features.length;
    const { deviation } = model.metadata.scale;
    const errors =
      typeof options.clean === "string"
        ? await errorsFromClean(options.clean, learnt, table.rows, features)
        : null;
    async function* batches(): AsyncGenerator<OutputBatch> {
      const request = { numeric: features, categories: [], text: others };
      for await (const { start, rows, numeric, text } of table.batches(request)) {
        const kept = numeric.map((was, k) => {
          const is = values[start * width + k]!;
          const keep = Number.isNaN(is) || (options.gapsOnly === true && !Number.isNaN(was));
          return keep ? was : digitsOf(is, deviation[k % width]!);
        });
        errors?.add(start, numeric, kept);
        const cleaned = columnsOf(kept, rows, width);
        yield {
          rows,
          columns: names.map(
            (name) => cleaned[features.indexOf(name)] ?? text[others.indexOf(name)]!,
          ),
        };
      }
    }
    const columns = names.map(
      (name): OutputColumn => ({ name, type: features.includes(name) ? "double" : "text" }),
    );
    await writeOutput(options, columns, batches(), context, () => ({
      ...(errors && { rmse: errors.result() }),
    }));
    context.say(context.text("denoise.series", { columns: features.length }));
    if (errors) for (const line of errorLines(errors.result(), context)) context.say(line);
  } finally {
    await table.dispose();
  }
}

/** What a network gives has the digits of single precision: about seven of the deviation of its feature. */
function digitsOf(value: number, deviation: number): number {
  const decimals = 6 - Math.floor(Math.log10(deviation));
  if (decimals >= 0) return Number(value.toFixed(Math.min(100, decimals)));
  const unit = 10 ** -decimals;
  return Math.round(value / unit) * unit;
}

/** Writes sequences cleaned: an array where the ending asks for one, else a table of cells. */
export async function denoiseSequencesTo(
  { model, arrays }: Job,
  options: Options,
  context: Context,
): Promise<void> {
  const clean =
    typeof options.clean === "string"
      ? await arraysFromClean(options.clean, model, arrays, openOptionsOf(options))
      : null;
  try {
    await writeSequences({ model, arrays }, clean, options, context);
  } finally {
    await clean?.close();
  }
}

async function writeSequences(
  { model, arrays }: Job,
  clean: Awaited<ReturnType<typeof arraysFromClean>> | null,
  options: Options,
  context: Context,
): Promise<void> {
  const { shape } = model;
  async function* cleaned() {
    for await (const { start, rows, x } of model.batches(arrays)) {
      const rebuilt = await rebuildRows(model, x, rows);
      const kept = options.gapsOnly
        ? rebuilt.map((is, k) => (Number.isNaN(x[k]!) ? is : x[k]!))
        : rebuilt;
      await clean?.add(x, kept);
      yield { start, rows, x: kept };
    }
  }
  const output = options.output as string | undefined;
  const format = output === undefined ? undefined : arrayOutputFormat(output);
  const { rows, labels } = arrays;
  if (output !== undefined && format) {
    await writeArrays(output, format, {
      rows,
      shape,
      type: model.precision,
      labels,
      batches: cleaned(),
    });
    if (context.json)
      return context.answer({ output, count: rows, ...(clean && { rmse: clean.result() }) });
    context.say(savedLine(output, rows, context));
  } else {
    async function* cells(): AsyncGenerator<OutputBatch> {
      for await (const { start, rows: count, x } of cleaned())
        yield {
          rows: count,
          columns: [rowNames(arrays, start, count), ...columnsOf(x, count, cellsOf(shape))],
        };
    }
    const columns = [
      ...textColumns([nameColumn]),
      ...cellColumns(shape, model.precision === "float32"),
    ];
    await writeOutput(options, columns, cells(), context, () => ({
      ...(clean && { rmse: clean.result() }),
    }));
  }
  if (clean) for (const line of errorLines(clean.result(), context)) context.say(line);
}

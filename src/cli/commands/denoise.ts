import { openNativeImages } from "../../data/arrays/native-images.ts";
import { openArrays } from "../../data/arrays/open-arrays.ts";
import { openTable } from "../../data/tables/open.ts";
import { itemsOf } from "../../data/terms/items.ts";
import { tellingOf } from "../../error-items.ts";
import { EspejoError } from "../../errors.ts";
import { ways } from "../../tasks/denoise/filler.ts";
import type { ArrayModel } from "../../tasks/model/array-model.ts";
import type { TableModel } from "../../tasks/model/table-model.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { denoiseImagesTo } from "../denoise-images.ts";
import { denoiseSequencesTo, denoiseSeriesTo } from "../denoise-series.ts";
import { checkTable, denoiseTableTo } from "../denoise-table.ts";
import { matching, modelOptions, using, withModel } from "../model-option.ts";
import { type Options, openOptionsOf } from "../options.ts";
import { outputOptions } from "../output.ts";
import { number, oneOf, type Parse, whole } from "../parsers.ts";

/** A way of filling, in whatever case. */
const fillWay: Parse = (text, option) => {
  const named = ways.find((way) => way.toLowerCase() === text.toLowerCase());
  return named ?? oneOf(...ways.map((way) => way.toLowerCase()))(text, option);
};

export const denoiseCommand: CommandRow = {
  name: "denoise",
  argument: dataArgument,
  about: "denoise.about",
  examples: [
    "data.csv -m model.onnx -o filled.csv --outliers 6 --changes changes.csv",
    "images/ -m model.onnx -o cleaned/",
  ],
  remark: "help.json",
  options: [
    { flags: "-o, --output <file>", about: "option.denoised" },
    ...outputOptions.slice(1),
    { flags: "--outliers <n>", about: "option.outliers", parse: number({ above: 0 }) },
    { flags: "--all", about: "option.all" },
    { flags: "--fill <way>", about: "option.fill", parse: fillWay },
    { flags: "--rounds <n>", about: "option.rounds", parse: whole(1) },
    { flags: "--changes <file>", about: "option.changes" },
    { flags: "--check", about: "option.check" },
    { flags: "--gaps-only", about: "option.gapsOnly" },
    { flags: "--clean <data>", about: "option.cleanData" },
    ...modelOptions,
  ],
  run: (data, options, context) =>
    withModel("denoise", options, context, {
      onTable: (model) => cleanTable(model, data, options, context),
      onArrays: (model) => cleanArrays(model, data, options, context),
    }),
};

async function cleanTable(
  model: TableModel,
  data: string,
  options: Options,
  context: Context,
): Promise<number> {
  const open = matching(model, openOptionsOf(options));
  const job = options.check ? checkTable : denoiseTableTo;
  const clean = typeof options.clean === "string" ? await openTable(options.clean, open) : null;
  try {
    await using(
      await openTable(data, open),
      (table) => job(model, table, clean, options, context),
      context,
    );
  } finally {
    await clean?.dispose();
  }
  return exitCodes.ok;
}

async function cleanArrays(
  model: ArrayModel,
  data: string,
  options: Options,
  context: Context,
): Promise<number> {
  const own = openOptionsOf(options);
  const { source } = model.metadata;
  if (source.content === "images") {
    const { range } = source;
    const open = { ...(range && { range: [range.low, range.high] as const }), ...own };
    if (typeof options.output !== "string" || options.output === "-")
      throw new EspejoError("option_incomplete", {
        option: "-o",
        usage: "espejo denoise images/ -m model.onnx -o cleaned/",
      });
    const clean =
      typeof options.clean === "string" ? await openNativeImages(options.clean, open) : null;
    try {
      await using(
        await openNativeImages(data, open),
        (images) =>
          tellingOf("images", () =>
            denoiseImagesTo(options.output as string, { model, images, clean }, context),
          ),
        context,
      );
    } finally {
      await clean?.dispose();
    }
    return exitCodes.ok;
  }
  const items = itemsOf(source);
  // Every step lies in as many windows as a window is long.
  const like = { ...source, ...(source.stride !== null && { stride: 1 }) };
  await using(
    await openArrays(data, { ...own, like }),
    (arrays) =>
      source.features === null
        ? tellingOf(items, () =>
            denoiseSequencesTo({ model, arrays }, options, context.about(items)),
          )
        : denoiseSeriesTo({ model, arrays, data, own }, options, context),
    context,
  );
  return exitCodes.ok;
}

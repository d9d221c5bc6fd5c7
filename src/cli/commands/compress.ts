import { EspejoError } from "../../errors.ts";
import { type Compressed, compressArrays, compressTable } from "../../tasks/compress/compress.ts";
import type { MaxError } from "../../tasks/compress/plan.ts";
import { arrayRates, type Rates, tableRates } from "../../tasks/compress/rates.ts";
import { packingOf } from "../../tasks/verdicts/packing.ts";
import { type CommandRow, dataArgument, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { modelOptions, withModelAndData } from "../model-option.ts";
import type { Options } from "../options.ts";
import { maxError } from "../parsers.ts";
import { verdictLines, verdictsTold } from "../verdicts.ts";

/** Greatest errors that --rates measures, in deviations of a table's columns or units of images. */
const usualRates = { table: [0, 0.001, 0.01, 0.1, 0.5], images: [0, 1, 4, 16, 64] };

export const compressCommand: CommandRow = {
  name: "compress",
  argument: dataArgument,
  about: "compress.about",
  examples: [
    "data.csv -m model.onnx -o data.espc",
    'data.csv -m model.onnx -o data.espc --max-error "0.01,income=5"',
  ],
  options: [
    { flags: "-o, --output <file>", about: "option.espc" },
    { flags: "--max-error <error>", about: "option.maxError", parse: maxError },
    { flags: "--lossless", about: "option.lossless" },
    { flags: "--rates", about: "option.rates" },
    ...modelOptions,
  ],
  run: (data, options, context) =>
    withModelAndData("compress", data, options, context, {
      async onTable(model, table) {
        const path = outputOf(options);
        const stated = errorOf(options);
        const done = await compressTable(model, table, path, stated);
        const { maxError = 0.01 } = stated;
        const errors = ratesAsked(options, maxError, usualRates.table);
        const rates = await tableRates(model, table, errors);
        return tell({ done, path, rates, maxError, model, what: "compress.csv" }, context);
      },
      async onArrays(model, arrays, own) {
        const path = outputOf(options);
        const stated = errorOf(options);
        const done = await compressArrays(model, arrays, path, stated);
        const images = model.metadata.source.content === "images";
        const spread = images ? 1 : Math.max(...model.metadata.scale.deviation);
        const usual = images ? usualRates.images : usualRates.table.map((share) => share * spread);
        const { maxError = 1 } = stated;
        const errors = ratesAsked(options, maxError, usual);
        const rates = await arrayRates(model, arrays, errors);
        return tell({ done, path, rates, maxError, model, what: "compress.bytes" }, own);
      },
    }),
};

function outputOf({ output }: Options): string {
  if (typeof output === "string" && output !== "-") return output;
  const usage = "espejo compress data.csv -m model.onnx -o data.espc";
  throw new EspejoError("option_incomplete", { option: "-o", usage });
}

const errorOf = ({ maxError, lossless }: Options): { readonly maxError?: MaxError } =>
  lossless ? { maxError: 0 } : maxError !== undefined ? { maxError: maxError as MaxError } : {};

/** The greatest errors to measure: the one that was asked for, and the usual ones with --rates. */
function ratesAsked(
  { rates }: Options,
  stated: MaxError,
  usual: readonly number[],
): readonly MaxError[] {
  const others = typeof stated === "number" ? usual.filter((error) => error !== stated) : usual;
  if (!rates) return [stated];
  const all = [stated, ...others];
  return all.sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : 0));
}

interface Told {
  readonly done: Compressed;
  readonly path: string;
  readonly rates: Rates;
  /** The greatest error that was asked for. */
  readonly maxError: MaxError;
  readonly model: { readonly path: string; readonly bytes: Uint8Array };
  readonly what: "compress.csv" | "compress.bytes";
}

function tell({ done, path, rates, maxError, model, what }: Told, context: Context): number {
  const { text, count, out } = context;
  const stated = rates.rates.find(({ maxError: each }) => each === maxError)!;
  const verdicts = packingOf({ autoencoder: stated.autoencoder, brotli: rates.brotli });
  if (context.json) {
    context.answer({
      ...{ output: path, ...done, modelBytes: model.bytes.length, rates },
      ...verdictsTold(verdicts, context),
    });
    return exitCodes.ok;
  }
  const share = (done.bytes / done.rows).toPrecision(3);
  out(
    context.paint(
      "bold",
      text("compress.done", { rows: count(done.rows), bytes: count(done.bytes), share, path }),
    ),
  );
  out(errorLine(done, context));
  out(
    done.coded
      ? text("compress.coded", { model: model.path, bytes: count(model.bytes.length) })
      : text("compress.uncoded"),
  );
  out(text("compress.measured", { rows: count(rates.rows), of: count(rates.of) }));
  for (const line of rateLines(rates, context)) out(line);
  const sizes = ["gzip", "brotli", "zstd"] as const;
  const shown = sizes.flatMap((name) =>
    rates[name] === null ? [] : [`${name} ${count(rates[name])}`],
  );
  out(
    text("compress.plain", {
      what: text(what),
      plain: count(rates.plain),
      sizes: shown.join(", "),
    }),
  );
  for (const line of verdictLines(verdicts, context)) out(line);
  return exitCodes.ok;
}

function errorLine({ errors }: Compressed, { text }: Context): string {
  const lossy = errors.filter(({ allowed }) => allowed > 0);
  if (lossy.length === 0) return text("compress.exact");
  const near = lossy.reduce((a, b) => (a.greatest / a.allowed >= b.greatest / b.allowed ? a : b));
  return text("compress.within", {
    column: near.name,
    greatest: Number(near.greatest.toPrecision(4)),
    allowed: Number(near.allowed.toPrecision(4)),
  });
}

function rateLines({ rates }: Rates, { text, count, paint }: Context): readonly string[] {
  const names = ["autoencoder", "pca", "rounded"] as const;
  const heads = [text("compress.maxError"), ...names.map((name) => text(`compress.${name}`))];
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, i) => cell.padStart(heads[i]!.length)).join("   ")}`;
  return [
    line(heads),
    ...rates.map((rate) => {
      const known = names.filter((name) => rate[name] !== null);
      const best = known.reduce((a, b) => (rate[b]! < rate[a]! ? b : a));
      const error =
        typeof rate.maxError === "number"
          ? String(Number(rate.maxError.toPrecision(2)))
          : text("compress.stated");
      const cells = names.map((name) => (rate[name] === null ? "-" : count(rate[name])));
      return `${line([error, ...cells])}   ${paint("dim", text(`compress.${best}`))}`;
    }),
  ];
}

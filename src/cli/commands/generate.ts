import { openArrays } from "../../data/arrays/open-arrays.ts";
import { inOwnUnits, pictureType } from "../../data/pixels/image-range.ts";
import { openTable } from "../../data/tables/open.ts";
import type { ArraysDetected, Cells } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import type { OutputBatch } from "../../data/terms/output.ts";
import { arrayOutputFormat, writeArrays } from "../../data/write/write-arrays.ts";
import { writeGrid, writeImages } from "../../data/write/write-images.ts";
import { EspejoError } from "../../errors.ts";
import { cellsOf } from "../../graph/index.ts";
import {
  type Generated,
  type GenerateTableOptions,
  generateArrays,
  generateRows,
} from "../../tasks/generate/generate.ts";
import type { GenerationQuality } from "../../tasks/generate/quality.ts";
import { newCells, newColumns } from "../../tasks/generate/table.ts";
import { sharingOf } from "../../tasks/verdicts/sharing.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { counted } from "../counted.ts";
import { nameColumn, rowNames } from "../data.ts";
import { writePage } from "../generate-report.ts";
import { matching, modelOptions, withModel } from "../model-option.ts";
import { engineSettingsOf, type Options, openOptionsOf } from "../options.ts";
import { outputOptions, writeOutput } from "../output.ts";
import { between, oneOf, whole } from "../parsers.ts";
import { verdictLines, verdictsTold } from "../verdicts.ts";
import { columnsOf, textColumns } from "./encode.ts";
import { cellColumns, namesFolder } from "./reconstruct.ts";

export const generateCommand: CommandRow = {
  name: "generate",
  about: "generate.about",
  examples: [
    "-m model.onnx --rows 50 -o new.csv",
    "-m digits.onnx --rows 64 -o new.png",
    "-m model.onnx --data data.csv --between 3,17 --steps 8 -o between.csv",
    "-m model.onnx --data data.csv --rows 1000 -o new.csv --report page.html",
  ],
  remark: "help.json",
  options: [
    { flags: "--rows <n>", about: "option.rowsNew", parse: whole(1) },
    { flags: "-o, --output <file>", about: "option.generated" },
    ...outputOptions.slice(1),
    { flags: "--seed <n>", about: "option.seedNew", parse: whole(0) },
    { flags: "--data <data>", about: "option.dataLike" },
    { flags: "--from-data", about: "option.fromData" },
    {
      flags: "--noise <kind>",
      about: "option.generateNoise",
      parse: oneOf("none", "likelihood", "residual"),
    },
    { flags: "--no-clip", about: "option.noClip" },
    { flags: "--between <two>", about: "option.between", parse: between },
    { flags: "--steps <n>", about: "option.steps", parse: whole(2) },
    { flags: "--quality", about: "option.quality" },
    { flags: "--report <file>", about: "option.generationReport" },
    ...modelOptions,
  ],
  run: (_, options, context) =>
    withModel("generate", options, context, {
      async onTable(model) {
        const own = openOptionsOf(options);
        const data = options.data as string | undefined;
        const table = data === undefined ? null : await openTable(data, matching(model, own));
        try {
          const asked = askedOf(options, null, table?.path ?? "", table?.rows ?? 0, 1000);
          const found = await generateRows(model, table, asked);
          const made = { model, generated: found, data: table?.path ?? "" };
          const page = await writePage(made, found.rows.rows, options, context);
          const told = { ...toldOf(found, context), ...page };
          const batches: OutputBatch[] = [newCells(model, found.rows)];
          if (writesRows(options))
            await writeOutput(options, newColumns(model), batches, context, () => told);
          else if (context.json) context.answer({ count: found.rows.rows, ...told });
          say(
            found,
            counted(found.rows.rows, "rows", context),
            model.metadata.kind,
            options,
            context,
          );
        } finally {
          await table?.dispose();
        }
        return exitCodes.ok;
      },
      async onArrays(model) {
        const data = options.data as string | undefined;
        const like = model.metadata.source;
        const open = { ...openOptionsOf(options), like };
        const arrays = data === undefined ? null : await openArrays(data, open);
        try {
          const { names = null, path = "", rows: known = 0 } = arrays ?? {};
          const asked = askedOf(options, names, path, known, 200);
          const found = await generateArrays(model, arrays, asked);
          const rows = asked.rows ?? 10;
          const page = await writePage(
            { model, generated: found, data: path },
            rows,
            options,
            context,
          );
          const told = { ...toldOf(found, context), ...page };
          if (writesRows(options))
            await writeNew(found, rows, like, options, told, context.about(itemsOf(like)));
          else if (context.json) context.answer({ count: rows, ...told });
          say(found, counted(rows, itemsOf(like), context), model.metadata.kind, options, context);
        } finally {
          await arrays?.dispose();
        }
        return exitCodes.ok;
      },
    }),
};

/** Whether the new rows go somewhere: a page alone shows them in its own way. */
const writesRows = ({ output, format, report }: Options): boolean =>
  output !== undefined || format !== undefined || report === undefined;

/** What the options ask for, for a page of so many as it takes; two items are found by name, or by number from 1. */
function askedOf(
  options: Options,
  names: readonly string[] | null,
  path: string,
  known: number,
  forPage: number,
): GenerateTableOptions {
  const pair = options.between as readonly [string, string] | undefined;
  const place = (item: string): number => {
    const named = names?.indexOf(item) ?? -1;
    const at = named >= 0 ? named : Number(item) - 1;
    if (path !== "" && !(Number.isInteger(at) && at >= 0 && at < known))
      throw new EspejoError("generate_item", { path, item, rows: known });
    return at;
  };
  const { rows, seed, noise, clip, fromData } = options as GenerateTableOptions;
  const pages = options.report !== undefined;
  const { engine } = engineSettingsOf(options);
  return {
    rows: pair ? ((options.steps as number | undefined) ?? 8) : (rows ?? (pages ? forPage : 10)),
    ...(seed !== undefined && { seed }),
    ...(noise !== undefined && { noise }),
    ...(clip !== undefined && { clip }),
    ...((pages || options.quality === true) && { quality: true }),
    ...(fromData !== undefined && { fromData }),
    ...(engine !== undefined && { engine }),
    ...(pair && { between: [place(pair[0]), place(pair[1])] as const }),
  };
}

async function writeNew(
  found: Generated<Cells>,
  rows: number,
  { shape, content, range }: ArraysDetected,
  options: Options,
  told: Readonly<Record<string, unknown>>,
  context: Context,
): Promise<void> {
  const output = options.output as string | undefined;
  const x = found.rows;
  const images = content === "images";
  async function* batches() {
    yield { rows, x: inOwnUnits(x, range) };
  }
  const single = x instanceof Float32Array;
  const picture = pictureType(range);
  const type = images ? picture : single ? "float32" : "float64";
  const format = output === undefined ? undefined : arrayOutputFormat(output);
  if (output !== undefined && format)
    await writeArrays(output, format, { rows, shape, type, batches: batches() });
  else if (images && output !== undefined && /\.png$/i.test(output))
    await writeGrid(output, x, rows, shape);
  else if (images && namesFolder(output))
    await writeImages(output, { rows, shape, names: null, type: picture, batches: batches() });
  else {
    const columns = [...textColumns([nameColumn]), ...cellColumns(shape, single)];
    const names = rowNames({ names: null }, 0, rows);
    const cells = [{ rows, columns: [names, ...columnsOf(x, rows, cellsOf(shape))] }];
    await writeOutput(options, columns, cells, context, () => told);
    return;
  }
  if (context.json) context.answer({ output, count: rows, ...told });
  else context.say(context.text("saved.line", { path: output! }));
}

const toldOf = ({ from, components, noise, quality }: Generated<unknown>, context: Context) => ({
  from,
  ...(components !== null && { components }),
  noise,
  ...(quality && { quality, ...verdictsTold(sharingOf(quality), context) }),
});

function say(
  { from, components, noise, quality }: Generated<unknown>,
  told: string,
  kind: string,
  options: Options,
  context: Context,
): void {
  const { text } = context;
  const how = {
    none: text("generate.noiseNone"),
    likelihood: text("generate.noiseLikelihood"),
    residual: text("generate.noiseResidual"),
  }[noise];
  if (from === "between") {
    const [one, other] = options.between as readonly [string, string];
    context.say(text("generate.between", { counted: told, from: one, to: other }));
  } else if (from === "prior")
    context.say(text("generate.prior", { counted: told, kind, noise: how }));
  else {
    const data = String(options.data);
    const parts = components ?? 1;
    context.say(text("generate.mixture", { counted: told, components: parts, data, noise: how }));
  }
  if (!quality) return;
  for (const line of qualityLines(quality, context)) context.say(line);
  for (const line of verdictLines(sharingOf(quality), context)) context.say(line);
}

const worstColumns = 5;

function qualityLines(
  { auc, nearest, columns, correlation }: GenerationQuality,
  { text }: Context,
): readonly string[] {
  const share = (value: number): string => `${(100 * value).toFixed(1)} %`;
  const worst = [...columns].sort((a, b) => b.distance - a.distance).slice(0, worstColumns);
  const shown = worst.map(({ name, distance }) => `${name} ${distance.toFixed(3)}`).join(", ");
  return [
    text("generate.auc", { auc: auc.toFixed(3) }),
    text("generate.nearest", {
      generated: nearest.generated.toPrecision(3),
      real: nearest.real.toPrecision(3),
    }),
    text("generate.copies", { copies: share(nearest.copies), exact: share(nearest.exact) }),
    ...(worst.length > 0 ? [text("generate.columns", { columns: shown })] : []),
    ...(correlation === null
      ? []
      : [text("generate.correlation", { value: correlation.toFixed(3) })]),
  ];
}

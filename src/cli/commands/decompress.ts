import { pictureType } from "../../data/pixels/image-range.ts";
import { itemsOf } from "../../data/terms/items.ts";
import type { SkippedLine } from "../../data/terms/table.ts";
import { type LinesAround, outputFormat } from "../../data/write/write.ts";
import { arrayOutputFormat, writeArrays } from "../../data/write/write-arrays.ts";
import { writeImages } from "../../data/write/write-images.ts";
import { EspejoError } from "../../errors.ts";
import { cellsOf } from "../../graph/index.ts";
import {
  type Archive,
  archiveArrays,
  archiveColumns,
  archiveRows,
  openArchive,
} from "../../tasks/compress/decompress.ts";
import type { ArraysHeader, TableHeader } from "../../tasks/compress/header.ts";
import { ModelFile } from "../../tasks/model/model-file.ts";
import { type CommandRow, exitCodes } from "../command.ts";
import type { Context } from "../context.ts";
import { nameColumn, rowNames } from "../data.ts";
import { engineOptions, engineSettingsOf, type Options } from "../options.ts";
import { outputOptions, writeOutput } from "../output.ts";
import { columnsOf, textColumns } from "./encode.ts";
import { cellColumns, namesFolder } from "./reconstruct.ts";

export const decompressCommand: CommandRow = {
  name: "decompress",
  argument: { name: "file", about: "argument.espc" },
  about: "decompress.about",
  examples: ["data.espc -m model.onnx -o data.csv"],
  options: [
    { flags: "-m, --model <file>", about: "option.model" },
    { flags: "-o, --output <file>", about: "option.decompressed" },
    ...outputOptions.slice(1),
    ...engineOptions,
  ],
  async run(path, options, context) {
    const archive = await openArchive(path);
    const { header } = archive;
    if (header.model !== null && typeof options.model !== "string")
      throw new EspejoError("model_unnamed", { command: "decompress" });
    const model =
      header.model === null
        ? null
        : await ModelFile.read(options.model as string, engineSettingsOf(options));
    try {
      if (header.content === "table") await unpackTable(archive, header, model, options, context);
      else
        await unpackArrays(archive, header, model, options, context.about(itemsOf(header.source)));
      return exitCodes.ok;
    } finally {
      await model?.dispose();
    }
  },
};

async function unpackTable(
  archive: Archive,
  header: TableHeader,
  model: ModelFile | null,
  options: Options,
  context: Context,
): Promise<void> {
  const { skipped, delimiter } = header.source;
  const output = options.output as string | undefined;
  const format = options.format ?? (output && outputFormat(output)) ?? "csv";
  const back = skipped.length > 0 && format === "csv" && delimiter === "," && !options.excel;
  const rows = archiveRows(header, archive.blocks(model));
  const around = back ? linesAround(skipped) : undefined;
  await writeOutput(options, archiveColumns(header), rows, context, undefined, around);
  const n = skipped.length;
  if (n > 0) context.say(context.text(back ? "decompress.lines" : "decompress.linesLost", { n }));
}

/** Where lines that are no rows stood: the header is the first line that is none of them. */
function linesAround(skipped: readonly SkippedLine[]): LinesAround {
  let header = 1;
  while (skipped.some(({ line }) => line === header)) header++;
  const texts = (where: (line: number) => boolean): string[] =>
    skipped.filter(({ line }) => where(line)).map(({ text }) => text);
  const top = header + skipped.length;
  return {
    above: texts((line) => line < header),
    below: texts((line) => line > header && line <= top),
    end: texts((line) => line > top),
  };
}

async function unpackArrays(
  archive: Archive,
  header: ArraysHeader,
  model: ModelFile | null,
  options: Options,
  context: Context,
): Promise<void> {
  const { rows, source, names, labels } = header;
  const { shape, content } = source;
  const output = options.output as string | undefined;
  const format = output === undefined || output === "-" ? undefined : arrayOutputFormat(output);
  const batches = archiveArrays(archive.blocks(model));
  const { grids } = header.plan;
  const single = grids.every((grid) => grid.single);
  const whole = grids.every((grid) => grid.whole);
  // of images that lost nothing but digits
  const picture = header.own ? pictureType(source.range) : source.range ? null : "uint8";
  const type =
    content === "images" && whole && picture !== null && picture !== "float32"
      ? picture
      : single
        ? "float32"
        : "float64";
  if (output !== undefined && format) {
    await writeArrays(output, format, { rows, shape, type, labels, batches });
  } else if (content === "images" && namesFolder(output)) {
    const held = picture === "float32" ? single : picture !== null && whole;
    if (!held) throw new EspejoError("images_exact", { output });
    await writeImages(output, { rows, shape, names, type: picture!, batches });
  } else {
    async function* cells() {
      let start = 0;
      for await (const { rows: count, x } of batches) {
        const called = rowNames({ names }, start, count);
        yield { rows: count, columns: [called, ...columnsOf(x, count, cellsOf(shape))] };
        start += count;
      }
    }
    const columns = [...textColumns([nameColumn]), ...cellColumns(shape, single)];
    await writeOutput(options, columns, cells(), context);
    return;
  }
  if (context.json) context.answer({ output, count: rows });
  else context.say(context.text("decompress.done", { rows: context.count(rows), path: output! }));
}

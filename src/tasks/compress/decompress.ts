import { columnDates } from "../../data/cells/written-dates.ts";
import type { OutputBatch, OutputColumn } from "../../data/terms/output.ts";
import { EspejoError } from "../../errors.ts";
import { checkArguments } from "../../options.ts";
import { checked, z } from "../../schema.ts";
import { argument } from "../model/arguments.ts";
import { ArrayModel } from "../model/array-model.ts";
import type { ModelFile } from "../model/model-file.ts";
import { TableModel } from "../model/table-model.ts";
import { arrayPredictor, fromBlock } from "./array-source.ts";
import { type Block, type Predictor, readBlock } from "./block.ts";
import { sumOf, sumSize } from "./check.ts";
import { fingerprint } from "./compress.ts";
import { readContainer } from "./container.ts";
import { exactDate } from "./exact-date.ts";
import { agrees, type Header, header as headerSchema, type TableHeader } from "./header.ts";
import { tablePredictor } from "./table-source.ts";

/** A compressed file, checked from end to end, its rows still packed. */
export interface Archive {
  readonly path: string;
  readonly header: Header;
  /** Bytes of the file. */
  readonly size: number;
  /** Its rows. `model` may be null where the header names none. */
  blocks(model: ModelFile | null): AsyncGenerator<Block>;
}

/**
 * Opens a file that `compressTable` or `compressArrays` wrote. Throws `file_missing`, `compressed_unknown` (not such a
 * file), `compressed_newer` or `compressed_damaged`; its `blocks` throw `compressed_model` for another model,
 * and `compressed_engine` where this machine rebuilds other values than the one that compressed.
 */
export async function openArchive(path: string): Promise<Archive> {
  checkArguments("openArchive", { path: [path, argument.path] });
  const container = await readContainer(path);
  const read = checked(headerSchema, container.header);
  if ("fault" in read || !agrees(read.value)) throw new EspejoError("compressed_damaged", { path });
  const { size } = container;
  const header: Header = read.value;
  return {
    path,
    header,
    size,
    async *blocks(model) {
      checkArguments("blocks", { model: [model, z.nullable(argument.file)] });
      const predictor = predictorOf(path, header, model);
      for await (const bytes of container.blocks()) {
        const block = await refusing(path, () =>
          readBlock(header.plan, bytes.subarray(0, -sumSize), predictor),
        );
        if (!sumOf(block).equals(bytes.subarray(-sumSize)))
          throw new EspejoError("compressed_engine", { path, engine: header.engine });
        yield inPrecision(block, header);
      }
    },
  };
}

/** Numbers of single precision as they were: what unpacks is the decimal number that they stand for. */
const inPrecision = (block: Block, { plan }: Header): Block => ({
  ...block,
  numbers: block.numbers.map((values, j) =>
    plan.grids[j]!.single ? values.map(Math.fround) : values,
  ),
});

/** What the reading of a block throws at bytes that no one wrote. */
async function refusing<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof EspejoError) throw error;
    throw new EspejoError("compressed_damaged", { path }, { cause: error });
  }
}

function predictorOf(path: string, header: Header, model: ModelFile | null): Predictor | null {
  if (header.model === null) return null;
  if (!model || fingerprint(model.bytes) !== header.model)
    throw new EspejoError("compressed_model", {
      path,
      model: model?.path ?? "-",
      fingerprint: header.model.slice(0, 12),
    });
  return header.content === "table"
    ? tablePredictor(new TableModel(model))
    : arrayPredictor(new ArrayModel(model), (header.own && header.source.range) || null);
}

/** The columns of a compressed table as they go out, in the order of the source; dates are text. */
export function archiveColumns(header: TableHeader): readonly OutputColumn[] {
  checkArguments("archiveColumns", { header: [header, tableHeaderPart] });
  return header.columns.map(({ name, type, input }) => ({
    name,
    type: input === "numeric" && type !== "date" ? "double" : "text",
  }));
}

/** A header that `openArchive` read and checked, of a table. */
const tableHeaderPart = z.looseObject({
  columns: z.array(z.looseObject({ name: z.string() })),
  source: z.looseObject({}),
  ...{ categories: z.array(z.string()), texts: z.array(z.string()), errors: z.array(z.any()) },
});

/** The rows of a compressed table as those columns. */
export async function* archiveRows(
  header: TableHeader,
  blocks: AsyncIterable<Block>,
): AsyncGenerator<OutputBatch> {
  checkArguments("archiveRows", {
    header: [header, tableHeaderPart],
    blocks: [blocks, argument.list],
  });
  const { columns, categories, texts, errors, source } = header;
  const streams = errors.map(([name]) => name);
  for await (const block of blocks)
    yield {
      rows: block.rows,
      columns: columns.map(({ name, type, input }) => {
        if (input === "categories") return block.categories[categories.indexOf(name)]!;
        if (input !== "numeric") return block.texts[texts.indexOf(name)]!;
        const values = block.numbers[streams.indexOf(name)]!;
        return type === "date" ? Array.from(values, columnDates(source, name, exactDate)) : values;
      }),
    };
}

/**
 * The rows of compressed images or sequences, [rows, ...shape]: images in 0..255, or, where the header says `own`, with the
 * values of their files.
 */
export async function* archiveArrays(
  blocks: AsyncIterable<Block>,
): AsyncGenerator<{ readonly rows: number; readonly x: Float64Array }> {
  checkArguments("archiveArrays", { blocks: [blocks, argument.list] });
  for await (const block of blocks) yield { rows: block.rows, x: fromBlock(block) };
}

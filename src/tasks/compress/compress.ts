import { createHash } from "node:crypto";
import type { Arrays } from "../../data/terms/arrays.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { checkArguments, checkOptions } from "../../options.ts";
import { z } from "../../schema.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import type { TableModel } from "../model/table-model.ts";
import { arraySource, ownRange } from "./array-source.ts";
import { type BlockPlan, type Predictor, readBlock, writeBlock } from "./block.ts";
import { checkBlock, sumOf } from "./check.ts";
import { writeContainer } from "./container.ts";
import type { ArraysHeader, CommonHeader, Header, TableHeader } from "./header.ts";
import {
  errorsOf,
  type MaxError,
  maxErrorPart,
  packedSize,
  planWith,
  planWithout,
  sampleOf,
  unitOf,
  usualError,
} from "./plan.ts";
import type { CompressionSource } from "./source.ts";
import { checkDigits } from "./source-digits.ts";
import { tableSource } from "./table-source.ts";

/** How exactly data come back. */
export interface CompressOptions {
  /** See `MaxError`; 0 is an exact round trip. */
  readonly maxError?: MaxError;
}

/** What became of data. */
export interface Compressed {
  readonly rows: number;
  /** Of the file, header and all. */
  readonly bytes: number;
  /** Whether the code of the model is in the file: where it does not pay, it is left out. */
  readonly coded: boolean;
  /** The greatest error of each numeric column: what was allowed, and what came out. */
  readonly errors: readonly {
    readonly name: string;
    readonly allowed: number;
    readonly greatest: number;
  }[];
}

const compressOptions: z.ZodMiniObject = z.object({ maxError: z.exactOptional(maxErrorPart) });

/**
 * Compresses a table with a model: codes, and corrections that keep every number within the greatest error that
 * is allowed; categories, texts and missing cells come back as they are. Every block is unpacked again and
 * compared before the file gets its name. Throws `compress_digits` for a cell that double cannot hold as it is written.
 */
export async function compressTable(
  model: TableModel,
  table: Table,
  path: string,
  options: CompressOptions = {},
): Promise<Compressed> {
  checkArguments("compressTable", {
    model: [model, argument.tableModel],
    table: [table, argument.table],
    path: [path, argument.path],
  });
  checkOptions("compressTable", compressOptions, options);
  const { maxError = usualError } = options;
  const source = await tableSource(model, table);
  const errors = errorsOf(source, maxError, null);
  await checkDigits(table, source, errors);
  const own: Own<TableHeader> = {
    content: "table",
    columns: table.columns.map(({ name, type, role, unit, input }) => ({
      ...{ name, type, role, unit, input },
    })),
    categories: source.categories,
    texts: source.texts,
    source: table.detected,
  };
  return compress(model, source, errors, path, own);
}

/**
 * As `compressTable`, for images and sequences; the greatest error is 1 by default, of sequences in their own units, of images
 * in 255ths of their range. Throws `compress_rounded` for whole numbers beyond 2^53.
 */
export async function compressArrays(
  model: ArrayModel,
  arrays: Arrays,
  path: string,
  options: CompressOptions = {},
): Promise<Compressed> {
  checkArguments("compressArrays", {
    model: [model, argument.arrayModel],
    arrays: [arrays, argument.arrays],
    path: [path, argument.path],
  });
  checkOptions("compressArrays", compressOptions, options);
  const { maxError = 1 } = options;
  const source = await arraySource(model, arrays);
  const rounded = (await arrays.roundedRow?.()) ?? -1;
  if (rounded >= 0)
    throw new EspejoError("compress_rounded", { path: arrays.path, row: rounded + 1 });
  const range = ownRange(arrays);
  const errors = errorsOf(source, maxError, unitOf(range));
  const { names, labels, detected } = arrays;
  const own: Own<ArraysHeader> = {
    ...{ content: "arrays", source: detected, names, labels },
    ...(range && { own: true }),
  };
  return compress(model, source, errors, path, own);
}

/** What a header tells of its content alone. */
type Own<H extends CommonHeader> = Omit<H, keyof CommonHeader>;

/** What tells one model file from another: the SHA-256 of its bytes. */
export const fingerprint = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

async function compress(
  model: TableModel | ArrayModel,
  source: CompressionSource,
  errors: readonly number[],
  path: string,
  own: Own<TableHeader> | Own<ArraysHeader>,
): Promise<Compressed> {
  const plan = await bestPlan(source, errors);
  const predictor = plan.codeSteps ? source.model : null;
  const greatest = new Float64Array(errors.length);
  async function* blocks(): AsyncGenerator<Uint8Array> {
    for await (const { bytes, block } of written(source, plan, predictor)) {
      const again = await readBlock(plan, bytes, predictor);
      checkBlock(source, errors, block, again, greatest);
      yield Buffer.concat([bytes, sumOf(again)]);
    }
  }
  const header = {
    rows: source.rows,
    model: predictor && fingerprint(model.bytes),
    engine: model.engineVersion,
    plan,
    errors: source.streams.map(({ name }, j) => [name, errors[j]!] as const),
    ...own,
  } satisfies Header;
  const bytes = await writeContainer(path, header, blocks());
  return {
    rows: source.rows,
    bytes,
    coded: predictor !== null,
    errors: source.streams.map(({ name }, j) => ({
      name,
      allowed: errors[j]!,
      greatest: greatest[j]!,
    })),
  };
}

/** The plan that makes a sample smallest: with the code of the model, or without. */
async function bestPlan(source: CompressionSource, errors: readonly number[]): Promise<BlockPlan> {
  const sample = await sampleOf(source);
  const coded = await planWith(source, errors, source.model, sample);
  const without = planWithout(source, errors);
  const sizes = [
    await packedSize(coded, sample, source.model),
    await packedSize(without, sample, null),
  ] as const;
  return sizes[0] < sizes[1] ? coded : without;
}

async function* written(source: CompressionSource, plan: BlockPlan, predictor: Predictor | null) {
  for await (const block of source.blocks()) {
    const codes = predictor && (await predictor.encode(block));
    yield { block, bytes: await writeBlock(plan, block, predictor, codes) };
  }
}

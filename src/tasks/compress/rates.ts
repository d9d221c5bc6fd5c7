import * as zlib from "node:zlib";
import type { Arrays } from "../../data/terms/arrays.ts";
import type { Table } from "../../data/terms/table.ts";
import { rowFormatter } from "../../data/write/write-text.ts";
import { checkArgument, checkArguments } from "../../options.ts";
import { z } from "../../schema.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import type { TableModel } from "../model/table-model.ts";
import { arraySource, fromBlock, ownRange } from "./array-source.ts";
import type { Block, Predictor } from "./block.ts";
import { pack } from "./entropy.ts";
import {
  errorsOf,
  type MaxError,
  maxErrorPart,
  packedSize,
  planWith,
  planWithout,
  sampleOf,
  unitOf,
} from "./plan.ts";
import type { CompressionSource } from "./source.ts";
import { tableSource } from "./table-source.ts";

/** Bytes that the same rows take at a greatest error, by what predicts their numbers; the corrections are coded alike. */
export interface Rate {
  readonly maxError: MaxError;
  readonly autoencoder: number;
  /** With as long a code; null where the model file has no PCA. */
  readonly pca: number | null;
  /** The numbers rounded as well, and coded without a model. */
  readonly rounded: number;
}

/** Sizes of the same rows, made in several ways. The model file itself is not counted. */
export interface Rates {
  /** Rows that were measured, and of how many: more are not packed in several ways. */
  readonly rows: number;
  readonly of: number;
  readonly rates: readonly Rate[];
  /** Of the rows as CSV, or of arrays as bytes or numbers in the precision that they need: nothing is lost there. */
  readonly plain: number;
  readonly gzip: number;
  readonly brotli: number;
  /** null where this version of Node has no Zstandard. */
  readonly zstd: number | null;
}

/** Cells that are measured. */
const measured = 2 ** 18;

/** What a table would take at several greatest errors, as shares of the deviation of each column. */
export async function tableRates(
  model: TableModel,
  table: Table,
  maxErrors: readonly MaxError[],
): Promise<Rates> {
  checkArguments("tableRates", {
    model: [model, argument.tableModel],
    table: [table, argument.table],
  });
  checkArgument("tableRates: maxErrors", z.array(maxErrorPart), maxErrors);
  return ratesOf(await tableSource(model, table), maxErrors, null, (block) =>
    csvOf(table, model, block),
  );
}

/** As `tableRates`, for images and sequences; greatest errors as `compressArrays` takes them. */
export async function arrayRates(
  model: ArrayModel,
  arrays: Arrays,
  maxErrors: readonly MaxError[],
): Promise<Rates> {
  checkArguments("arrayRates", {
    model: [model, argument.arrayModel],
    arrays: [arrays, argument.arrays],
  });
  checkArgument("arrayRates: maxErrors", z.array(maxErrorPart), maxErrors);
  const unit = unitOf(ownRange(arrays));
  return ratesOf(await arraySource(model, arrays), maxErrors, unit, bytesOf);
}

async function ratesOf(
  source: CompressionSource,
  maxErrors: readonly MaxError[],
  unit: number | null,
  plainOf: (block: Block) => Uint8Array,
): Promise<Rates> {
  const tried = await sampleOf(source);
  const block = await sampleOf(source, measured);
  const rates: Rate[] = [];
  for (const maxError of maxErrors) {
    const errors = errorsOf(source, maxError, unit);
    const by = async (predictor: Predictor): Promise<number> =>
      packedSize(await planWith(source, errors, predictor, tried), block, predictor);
    rates.push({
      maxError,
      autoencoder: await by(source.model),
      pca: source.pca && (await by(source.pca)),
      rounded: await packedSize(planWithout(source, errors), block, null),
    });
  }
  const plain = plainOf(block);
  return {
    rows: block.rows,
    of: source.rows,
    rates,
    plain: plain.length,
    gzip: zlib.gzipSync(plain, { level: 9 }).length,
    brotli: pack(plain).length,
    zstd: zstdSize(plain),
  };
}

/** Node has Zstandard from 22.15 on. */
function zstdSize(bytes: Uint8Array): number | null {
  const { zstdCompressSync, constants } = zlib as unknown as {
    zstdCompressSync?: (bytes: Uint8Array, options: object) => Uint8Array;
    constants: Readonly<Record<string, number>>;
  };
  const level = constants.ZSTD_c_compressionLevel;
  return zstdCompressSync && level !== undefined
    ? zstdCompressSync(bytes, { params: { [level]: 19 } }).length
    : null;
}

function csvOf({ columns }: Table, model: TableModel, block: Block): Uint8Array {
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
  const numeric = names(model.numericColumns);
  const categories = names(model.categoryColumns);
  const texts = names(columns).filter((n) => !numeric.includes(n) && !categories.includes(n));
  const { head, row } = rowFormatter(
    "csv",
    columns.map(({ name }) => ({ name, type: numeric.includes(name) ? "double" : "text" })),
  );
  const cells = names(columns).map(
    (name) =>
      block.numbers[numeric.indexOf(name)] ??
      block.categories[categories.indexOf(name)] ??
      block.texts[texts.indexOf(name)]!,
  );
  const batch = { rows: block.rows, columns: cells };
  const lines = Array.from({ length: block.rows }, (_, i) => row(batch, i));
  return Buffer.from(head + lines.join(""), "utf8");
}

function bytesOf(block: Block): Uint8Array {
  const x = fromBlock(block);
  const bytes = x.every((value) => Number.isInteger(value) && value >= 0 && value <= 255);
  if (bytes) return Uint8Array.from(x);
  const single = Float32Array.from(x);
  const kept = single.every((value, i) => value === x[i] || Number.isNaN(value));
  return new Uint8Array((kept ? single : x).buffer);
}

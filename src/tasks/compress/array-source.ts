import { fromBytes, type ImageRange, toBytes } from "../../data/pixels/image-range.ts";
import type { Arrays, Cells } from "../../data/terms/arrays.ts";
import { cellsOf } from "../../graph/index.ts";
import { inverseTransform, transform } from "../../metrics/projection.ts";
import { checkArguments, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { pcaFromMetadata } from "../model/pca-metadata.ts";
import type { Block, Predictor } from "./block.ts";
import { GridFinder } from "./grid.ts";
import { type CompressionSource, joinBlocks } from "./source.ts";

/** Numbers of a block. */
const blockNumbers = 2 ** 20;

/** The grid of numbers that are of single precision, or, where one of them is not, of double. */
class PrecisionFinder {
  readonly #single = new GridFinder({ single: true });
  readonly #double = new GridFinder();
  #isSingle = true;

  add(value: number): void {
    if (this.#isSingle) this.#single.add(value);
    this.#double.add(value);
    if (!Number.isNaN(value) && Math.fround(value) !== value) this.#isSingle = false;
  }

  get finder(): GridFinder {
    return this.#isSingle ? this.#single : this.#double;
  }
}

/** Images or sequences on their way into a file: a stream for each channel or feature. Reads them once. */
export async function arraySource(model: ArrayModel, arrays: Arrays): Promise<CompressionSource> {
  const { shape, metadata } = model;
  const { content, features } = metadata.source;
  const range = ownRange(arrays);
  const cells = cellsOf(shape);
  const streams = shape.at(-1)!;
  const finders = Array.from({ length: streams }, () => new PrecisionFinder());
  const rowsAtOnce = Math.max(1, Math.ceil(blockNumbers / cells));
  async function* blocks(): AsyncGenerator<Block> {
    let waiting: Block[] = [];
    let rows = 0;
    const own = range && arrays.ownBatches;
    for await (const batch of own ? own({ size: 256 }) : model.batches(arrays)) {
      waiting.push(toBlock(batch.x, batch.rows, streams));
      rows += batch.rows;
      if (rows < rowsAtOnce) continue;
      yield joinBlocks(waiting);
      [waiting, rows] = [[], 0];
    }
    if (rows > 0) yield joinBlocks(waiting);
  }
  for await (const { numbers } of blocks())
    numbers.forEach((values, j) => {
      for (const value of values) finders[j]!.add(value);
    });
  const found = finders.map(({ finder }) => finder);
  const { mean, deviation } = metadata.scale;
  return {
    path: arrays.path,
    rows: arrays.rows,
    streams: found.map((finder, j) => ({
      name: features?.[j] ?? String(j + 1),
      date: false,
      finder,
      scale: content === "images" ? finder.deviation : Math.max(finder.deviation, deviation[j]!),
    })),
    categories: [],
    texts: [],
    lags: content === "images" ? [1, shape[1]!] : [1],
    perRow: cells / streams,
    model: arrayPredictor(model, range),
    pca: range ? null : metadata.pca && pcaOf(pcaFromMetadata(metadata.pca), mean, deviation),
    blocks,
  };
}

/** The range of images that are packed with the values of their files; null where they are packed as the model takes them. */
export const ownRange = ({ detected, ownBatches }: Arrays): ImageRange | null =>
  ownBatches ? (detected.range ?? null) : null;

/** A model file of images or sequences as a predictor; of a range, for values as their files have them. */
export function arrayPredictor(model: ArrayModel, range: ImageRange | null): Predictor {
  const streams = model.shape.at(-1)!;
  return {
    latentDim: model.latentDim,
    async encode(block) {
      const own = fromBlock(block);
      const x = range ? new Float32Array(own.length) : own;
      if (range) toBytes(own, range, x as Float32Array);
      const { latent } = await model.run(["latent"], x, block.rows);
      return latent!.data as Float32Array;
    },
    async decode(codes, rows) {
      const y = await model.decode(codes, rows);
      const x = range ? fromBytes(y, range) : y;
      return { numbers: toBlock(x, rows, streams).numbers, categories: [] };
    },
  };
}

function pcaOf(
  pca: ReturnType<typeof pcaFromMetadata>,
  mean: readonly number[],
  deviation: readonly number[],
): Predictor {
  const streams = mean.length;
  return {
    latentDim: pca.explainedVariance.length,
    encode: async (block) => {
      const x = fromBlock(block);
      const prepared = x.map((value, k) =>
        Number.isNaN(value) ? 0 : (value - mean[k % streams]!) / deviation[k % streams]!,
      );
      return transform(pca, Float32Array.from(prepared));
    },
    async decode(codes, rows) {
      const y = Float64Array.from(inverseTransform(pca, codes));
      const x = y.map((value, k) => value * deviation[k % streams]! + mean[k % streams]!);
      return { numbers: toBlock(x, rows, streams).numbers, categories: [] };
    },
  };
}

/** Cells [rows, ...shape] as one stream for each of the last axis. */
function toBlock(x: Cells, rows: number, streams: number): Block {
  const count = x.length / streams;
  const numbers = Array.from({ length: streams }, (_, j) =>
    Float64Array.from({ length: count }, (_, i) => x[i * streams + j]!),
  );
  return { rows, numbers, categories: [], texts: [] };
}

const streamsPart = z.array(optionParts.numbers).check(z.minLength(1));

/** The cells of a block, [rows, ...shape]. */
export function fromBlock({ numbers }: Block): Float64Array {
  checkArguments("a block", { numbers: [numbers, streamsPart] });
  const streams = numbers.length;
  const x = new Float64Array(streams * numbers[0]!.length);
  numbers.forEach((values, j) => {
    for (let i = 0; i < values.length; i++) x[i * streams + j] = values[i]!;
  });
  return x;
}

import { createHash } from "node:crypto";
import { loadEngine } from "#engine";
import type { Table } from "../data/table.ts";
import type { EngineChoice, LoadOptions, Value } from "../engine/engine.ts";
import { type Covariance, covarianceSum } from "../metrics/covariance.ts";
import type { Model } from "../nn/index.ts";
import { writeProgram } from "../onnx/index.ts";
import { type Preparation, widthOf } from "../preparation/plan.ts";
import {
  type FeatureColumn,
  gatherStatistics,
  type PreparationOptions,
  type TrainingProfile,
} from "../preparation/statistics.ts";
import type { FitOptions } from "../training/fit.ts";
import type { Fitted } from "../training/fitted.ts";
import { fileStore, memoryStore } from "./prepared-store.ts";
import { firstColumns } from "./scores.ts";
import { parts, type Split } from "./split.ts";
import { preparationSignature } from "./table-graph.ts";

/** The feature columns of a table, as the inputs of a model take them. */
export interface Features {
  readonly numeric: readonly FeatureColumn[];
  readonly categories: readonly FeatureColumn[];
}

/** The features of a table by the role and type of its columns. */
export function featuresOf({ columns }: Pick<Table, "columns">): Features {
  const of = (input: "numeric" | "categories"): FeatureColumn[] =>
    columns
      .filter((column) => column.input === input)
      .map(({ name, type }) => ({ name, date: type === "date" }));
  return { numeric: of("numeric"), categories: of("categories") };
}

const request = ({ numeric, categories }: Features) => ({
  numeric: numeric.map(({ name }) => name),
  categories: categories.map(({ name }) => name),
});

/** Fits the preparation on the rows that train, and takes the fingerprint of their values. */
export async function fitPreparation(
  table: Table,
  features: Features,
  { partOf }: Split,
  options: PreparationOptions,
): Promise<{ preparation: Preparation; profile: TrainingProfile; fingerprint: string }> {
  const statistics = gatherStatistics(features.numeric, features.categories, options);
  const hash = createHash("sha256");
  for await (const batch of table.batches(request(features))) {
    statistics.add(batch, (row) => partOf[row] === parts.train);
    hash.update(
      new Uint8Array(batch.numeric.buffer, batch.numeric.byteOffset, batch.numeric.byteLength),
    );
    hash.update(batch.categories.join("\u001f"));
  }
  return {
    preparation: statistics.preparation(),
    profile: statistics.profile(),
    fingerprint: hash.digest("hex"),
  };
}

/** Prepared rows that train and judge, ready to be fitted. */
export interface Prepared {
  readonly width: number;
  /** Fits a model on them. */
  fit(model: Model, options: FitOptions): Promise<Fitted>;
  /** Mean and covariance of the first columns of the rows that train. */
  readonly covariance: Covariance;
  /** Removes what lies on disk. */
  dispose(): Promise<void>;
}

/** Above this many bytes prepared rows go to a temporary file instead of memory. */
const usuallyInMemory = 64 * 2 ** 20;

export interface PrepareOptions extends LoadOptions {
  readonly engine?: EngineChoice | undefined;
  /** Columns that the model gives: those that PCA is compared on. */
  readonly outputSize: number;
  /** Bytes of prepared rows that are held in memory. */
  readonly mostInMemory?: number;
}

/** Runs the preparation over the rows that train or judge, once, in source order. */
export async function prepareRows(
  table: Table,
  features: Features,
  { partOf, counts }: Split,
  preparation: Preparation,
  { engine: choice, outputSize, mostInMemory = usuallyInMemory, ...load }: PrepareOptions,
): Promise<Prepared> {
  const engine = await loadEngine(choice);
  const program = await engine.load(writeProgram(preparationSignature(preparation)), load);
  const width = widthOf(preparation);
  const columns = hasGaps(table) ? features.numeric.length + features.categories.length : 0;
  const rows = counts.train + counts.validate;
  const inMemory = rows * (width + columns) * 4 <= mostInMemory;
  const store = inMemory ? memoryStore(counts, width, columns) : await fileStore(width, columns);
  const covariance = covarianceSum(outputSize);
  try {
    for await (const { start, rows: count, numeric, categories } of table.batches(
      request(features),
    )) {
      const feeds: Record<string, Value> = {};
      const { numeric: p, categories: q } = features;
      if (p.length > 0)
        feeds.numeric = { dtype: "float64", shape: [count, p.length], data: numeric };
      if (q.length > 0)
        feeds.categories = { dtype: "string", shape: [count, q.length], data: categories };
      const result = await program.run(feeds);
      const x = result.prepared!.data as Float32Array;
      const mask = result.mask!.data as Float32Array;
      for (const [part, validate] of [
        [parts.train, false],
        [parts.validate, true],
      ] as const) {
        const chosen: number[] = [];
        for (let i = 0; i < count; i++) if (partOf[start + i] === part) chosen.push(i);
        const own = rowsAt(x, width, chosen);
        if (!validate) covariance.add(firstColumns(own, chosen.length, outputSize));
        await store.add(own, rowsAt(mask, columns, chosen, mask.length / count), validate);
      }
    }
    return { width, covariance: covariance.result(), ...(await store.close()) };
  } catch (error) {
    await store.discard();
    throw error;
  } finally {
    await program.dispose();
  }
}

/** Whether cells of features are missing anywhere: a mask is needed then. */
const hasGaps = ({ columns }: Table): boolean =>
  columns.some(({ input, profile }) => input !== null && profile.missing > 0);

/** The cells of some rows, the first `width` of each. */
function rowsAt(
  cells: Float32Array,
  width: number,
  rows: readonly number[],
  stride: number = width,
): Float32Array {
  const chosen = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    chosen.set(cells.subarray(row * stride, row * stride + width), i * width);
  });
  return chosen;
}

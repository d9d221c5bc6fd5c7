import { loadEngine } from "#engine";
import type { Batch, Table } from "../../data/terms/table.ts";
import type { EngineChoice, LoadOptions } from "../../engine/engine.ts";
import { EspejoError } from "../../errors.ts";
import { type Covariance, covarianceSum } from "../../metrics/covariance.ts";
import { mostPcaColumns } from "../../metrics/pca.ts";
import type { Model } from "../../nn/index.ts";
import { writeProgram } from "../../onnx/index.ts";
import { type FeatureColumn, type Preparation, widthOf } from "../../preparation/plan.ts";
import {
  gatherStatistics,
  type PreparationOptions,
  type TrainingProfile,
} from "../../preparation/statistics.ts";
import type { FitOptions } from "../../training/fit.ts";
import type { Fitted } from "../../training/fitted.ts";
import { tableFeeds } from "../model/table-feeds.ts";
import { preparationSignature } from "../model/table-graph.ts";
import { takeFingerprint } from "../rows/fingerprint.ts";
import { rowsAt } from "../rows/pick.ts";
import { parts, type Split } from "../rows/split.ts";
import { firstColumns } from "../score/scores.ts";
import { type Extras, fileStore, memoryStore } from "./prepared-store.ts";

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

/** What the features take from the batches of a table. */
export const request = ({ numeric, categories }: Features) => ({
  numeric: numeric.map(({ name }) => name),
  categories: categories.map(({ name }) => name),
});

/** Fits the preparation on the rows that train, and takes the fingerprint of their values; `watch` sees all rows on the way. */
export async function fitPreparation(
  table: Table,
  features: Features,
  { partOf }: Split,
  options: PreparationOptions,
  watch?: (batch: Batch) => void,
): Promise<{ preparation: Preparation; profile: TrainingProfile; fingerprint: string }> {
  const statistics = gatherStatistics(features.numeric, features.categories, options);
  const fingerprint = takeFingerprint();
  const asked = { ...request(features), text: options.groups ?? [] };
  for await (const batch of table.batches(asked)) {
    statistics.add(batch, (row) => partOf[row] === parts.train);
    fingerprint.addRows(batch);
    watch?.(batch);
  }
  return {
    preparation: statistics.preparation(),
    profile: statistics.profile(),
    fingerprint: fingerprint.result(),
  };
}

/** Prepared rows that train and judge, ready to be fitted. */
export interface Prepared {
  readonly width: number;
  /** Fits a model on them. */
  fit(model: Model, options: FitOptions): Promise<Fitted>;
  /** Mean and covariance of the first columns of the rows that train; null where they are too many. */
  readonly covariance: Covariance | null;
  /** Removes what lies on disk. */
  dispose(): Promise<void>;
}

/** Above this many bytes prepared rows go to a temporary file instead of memory. */
const usuallyInMemory = 64 * 2 ** 20;

export interface PrepareOptions extends LoadOptions {
  readonly engine?: EngineChoice | undefined;
  /** Columns that the model gives: those that PCA is compared on. */
  readonly outputSize: number;
  /** What the rows should become, row by row, instead of themselves. */
  readonly clean?: Table | undefined;
  /** Bytes of prepared rows that are held in memory. */
  readonly mostInMemory?: number;
}

/** The preparation as a program that runs on batches of raw rows; holds a session until `dispose`. */
export async function preparer(
  { numeric: p, categories: q }: Features,
  preparation: Preparation,
  { engine: choice, ...load }: LoadOptions & { readonly engine?: EngineChoice | undefined },
) {
  const engine = await loadEngine(choice);
  const program = await engine.load(writeProgram(preparationSignature(preparation)), load);
  return {
    /** Prepared rows [rows, width], and the mask of their source columns. */
    async run(batch: Batch): Promise<{ x: Float32Array; mask: Float32Array }> {
      const result = await program.run(tableFeeds(batch, p.length, q.length));
      return {
        x: result.prepared!.data as Float32Array,
        mask: result.mask!.data as Float32Array,
      };
    },
    dispose: () => program.dispose(),
  };
}

/** Runs the preparation over the rows that train or judge, once, in source order. */
export async function prepareRows(
  table: Table,
  features: Features,
  { partOf, counts }: Split,
  preparation: Preparation,
  { engine: choice, outputSize, clean, mostInMemory = usuallyInMemory, ...load }: PrepareOptions,
): Promise<Prepared> {
  const program = await preparer(features, preparation, { engine: choice, ...load });
  const width = widthOf(preparation);
  const columns = features.numeric.length + features.categories.length;
  const weightColumn = table.columns.find(({ role }) => role === "weight")?.name;
  const extras: Extras = {
    ...(hasGaps(clean ?? table) && { mask: columns }),
    ...(clean && { target: outputSize }),
    ...(weightColumn !== undefined && { weight: 1 as const }),
  };
  const cells = Object.values(extras).reduce((a, b) => a + b, width);
  const rows = counts.train + counts.validate;
  const inMemory = rows * cells * 4 <= mostInMemory;
  const store = inMemory ? memoryStore(counts, width, extras) : await fileStore(width, extras);
  // Its cost is cubic in the columns, and its memory square.
  const covariance = outputSize <= mostPcaColumns ? covarianceSum(outputSize) : null;
  const asked = { ...request(features), text: weightColumn === undefined ? [] : [weightColumn] };
  const cleanBatches = clean?.batches(request(features))[Symbol.asyncIterator]();
  try {
    for await (const batch of table.batches(asked)) {
      const { start, rows: count, text } = batch;
      const { x, mask: own } = await program.run(batch);
      const wanted =
        cleanBatches && (await program.run((await cleanBatches.next()).value as Batch));
      const mask = wanted?.mask ?? own;
      for (const part of [parts.train, parts.validate]) {
        const chosen: number[] = [];
        for (let i = 0; i < count; i++) if (partOf[start + i] === part) chosen.push(i);
        const rows = rowsAt(x, width, chosen);
        if (part === parts.train) covariance?.add(firstColumns(rows, chosen.length, outputSize));
        const given = {
          x: rows,
          ...(wanted && {
            target: firstColumns(rowsAt(wanted.x, width, chosen), chosen.length, outputSize),
          }),
          ...(extras.mask && { mask: rowsAt(mask, columns, chosen) }),
          ...(weightColumn !== undefined && {
            weight: weightsOf(table.path, weightColumn, text[0]!, chosen, start),
          }),
        };
        await store.add(given, part === parts.validate);
      }
    }
    return { width, covariance: covariance?.result() ?? null, ...(await store.close()) };
  } catch (error) {
    await store.discard();
    throw error;
  } finally {
    await program.dispose();
    await cleanBatches?.return?.();
  }
}

/** Whether cells of features are missing anywhere: a mask is needed then. */
export const hasGaps = ({ columns }: Table): boolean =>
  columns.some(({ input, profile }) => input !== null && profile.missing > 0);

/** The weights of some rows. Throws `weight_value` for one that is no number of at least 0. */
export function weightsOf(
  path: string,
  column: string,
  cells: readonly string[],
  rows: readonly number[],
  start: number,
): Float32Array {
  return Float32Array.from(rows, (row) => {
    const value = cells[row]!;
    const weight = Number(value);
    if (value === "" || !(weight >= 0 && weight < Number.POSITIVE_INFINITY))
      throw new EspejoError("weight_value", { path, row: start + row + 1, column, value });
    return weight;
  });
}

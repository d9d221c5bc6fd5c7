import type { Table } from "../../data/terms/table.ts";
import { checkArguments, checkOptions } from "../../options.ts";
import { z } from "../../schema.ts";
import { argument } from "../model/arguments.ts";
import { isPca } from "../model/metadata.ts";
import type { RawRows } from "../model/raw-rows.ts";
import type { TableModel } from "../model/table-model.ts";
import { pick, placesOf } from "../rows/pick.ts";
import type { Drift } from "./drift.ts";
import {
  columnsOf,
  type ProbabilityOf,
  type Reason,
  type ReasonContext,
  type RowView,
  reasonsOf,
} from "./reasons.ts";
import { roundingOf } from "./rounding.ts";
import type { Scores } from "./scores.ts";

export interface ScoreOptions {
  /** Columns handed through as written, such as ids. */
  readonly ids?: readonly string[];
  /** Reasons for anomalies only (the default), for all rows, or for none. */
  readonly reasons?: "anomalies" | "all" | "none";
  /** Watches how the rows differ from those that trained. */
  readonly drift?: Drift;
}

/** Consecutive rows with their scores. */
export interface ScoredBatch {
  readonly start: number;
  readonly rows: number;
  /** One array per asked column. */
  readonly ids: readonly (readonly string[])[];
  readonly score: Float32Array;
  readonly isAnomaly: Uint8Array;
  /** Names of features whose cell could not be read, "" for none; absent where all of the table could. */
  readonly unread?: readonly string[];
  /** 1 where such a cell leaves the verdict open: in training no cell of its column was missing. */
  readonly open?: Uint8Array;
  /** The columns that contribute most, for the rows that were asked for. */
  readonly reasons: readonly (readonly Reason[] | null)[];
}

const optional = z.exactOptional;
const scoreOptions: z.ZodMiniObject = z.object({
  ids: optional(z.array(z.string())),
  reasons: optional(z.enum(["anomalies", "all", "none"])),
  drift: optional(z.custom<unknown>((drift) => typeof Object(drift).add === "function", "a Drift")),
});

/** Scores the rows of a table in source order, batch by batch. */
export async function* scoreRows(
  model: TableModel,
  table: Table,
  options: ScoreOptions = {},
): AsyncGenerator<ScoredBatch> {
  checkArguments("scoreRows", {
    model: [model, argument.tableModel],
    table: [table, argument.table],
  });
  checkOptions("scoreRows", scoreOptions, options);
  const { ids = [], reasons = "anomalies", drift } = options;
  const neverMissing = neverMissingOf(model);
  for await (const batch of model.batches(table, ids)) {
    drift?.add(batch);
    const result = await model.run(["score", "is_anomaly"], batch);
    const isAnomaly = result.is_anomaly!.data as Uint8Array;
    const explained: (readonly Reason[] | null)[] = new Array(batch.rows).fill(null);
    if (reasons !== "none") {
      const wanted: number[] = [];
      for (let i = 0; i < batch.rows; i++) if (reasons === "all" || isAnomaly[i]) wanted.push(i);
      const found = await explainRows(model, batch, wanted);
      wanted.forEach((row, i) => {
        explained[row] = found[i]!;
      });
    }
    yield {
      start: batch.start,
      rows: batch.rows,
      ids: batch.text,
      score: result.score!.data as Float32Array,
      isAnomaly,
      ...openRows(batch.unread, neverMissing),
      reasons: explained,
    };
  }
}

/** Names of the columns of which no cell was missing in training. */
function neverMissingOf({ metadata, numericColumns, categoryColumns }: TableModel): Set<string> {
  const { numeric, categories } = metadata.profile;
  const full = [...numeric, ...categories].map(({ missing }) => missing === 0);
  return new Set(
    [...numericColumns, ...categoryColumns].flatMap(({ name }, j) => (full[j] ? [name] : [])),
  );
}

/** Which rows have cells that could not be read, and for which the model then has no verdict. */
function openRows(
  unread: readonly string[] | undefined,
  neverMissing: ReadonlySet<string>,
): Pick<ScoredBatch, "unread" | "open"> {
  if (!unread) return {};
  const open = unread.map((names) =>
    names !== "" && [...neverMissing].some((name) => `, ${names}, `.includes(`, ${name}, `))
      ? 1
      : 0,
  );
  return { unread, open: Uint8Array.from(open) };
}

/** Some rows of a batch, as rows of their own. */
export function someRows(
  { numericColumns, categoryColumns }: Pick<TableModel, "numericColumns" | "categoryColumns">,
  batch: RawRows,
  rows: readonly number[],
): { rows: number; numeric: Float64Array; categories: string[] } {
  const p = numericColumns.length;
  const q = categoryColumns.length;
  const numeric = new Float64Array(rows.length * p);
  const categories: string[] = [];
  rows.forEach((row, i) => {
    numeric.set(batch.numeric.subarray(row * p, (row + 1) * p), i * p);
    for (let j = 0; j < q; j++) categories.push(batch.categories[row * q + j]!);
  });
  return { rows: rows.length, numeric, categories };
}

/** The reasons of some rows of a batch. */
export async function explainRows(
  model: TableModel,
  batch: RawRows,
  rows: readonly number[],
): Promise<readonly (readonly Reason[])[]> {
  if (rows.length === 0) return [];
  const { context, views } = await viewsOf(model, batch, rows);
  return views.map((view) => reasonsOf(context, view, model.numericColumns, model.categoryColumns));
}

/** What a model makes of every column of some rows of a batch, those that contribute most first. */
export async function explainColumns(
  model: TableModel,
  batch: RawRows,
  rows: readonly number[],
): Promise<readonly (readonly Reason[])[]> {
  const { context, views } = await viewsOf(model, batch, rows);
  return views.map((view) => columnsOf(context, view, model.numericColumns, model.categoryColumns));
}

/** Some rows of a batch as their model sees them. */
async function viewsOf(
  model: TableModel,
  batch: RawRows,
  rows: readonly number[],
): Promise<{ readonly context: ReasonContext; readonly views: readonly RowView[] }> {
  const p = model.numericColumns.length;
  const q = model.categoryColumns.length;
  const { numeric, categories } = someRows(model, batch, rows);
  const result = await model.explain({ rows: rows.length, numeric, categories });
  const error = result.error!.data as Float32Array;
  const reconstruction = (result.reconstruction?.data ?? []) as Float64Array;
  const names = (result.reconstruction_categories?.data ?? []) as readonly string[];
  const nearest = result.nearest?.data as Float64Array | undefined;
  const nearestNames = result.nearest_categories?.data as readonly string[] | undefined;
  const similar = nearest !== undefined || nearestNames !== undefined;
  const context: ReasonContext = {
    source: model.metadata.source,
    probabilityOf: probabilityOf(model),
    neverMissing: neverMissingOf(model),
    roundings: model.metadata.profile.numeric.map(roundingOf),
  };
  const views = rows.map((_, i) => ({
    numeric: numeric.subarray(i * p, (i + 1) * p),
    categories: categories.slice(i * q, (i + 1) * q),
    reconstruction: reconstruction.slice(i * p, (i + 1) * p),
    reconstructionCategories: names.slice(i * q, (i + 1) * q),
    error: error.subarray(i * (p + q), (i + 1) * (p + q)),
    ...(similar && {
      similar: {
        numeric: nearest?.subarray(i * p, (i + 1) * p) ?? [],
        categories: nearestNames?.slice(i * q, (i + 1) * q) ?? [],
      },
    }),
  }));
  return { context, views };
}

/** What the error of a category tells of its probability: nothing where it was measured against others. */
function probabilityOf({ metadata }: TableModel): ProbabilityOf {
  const { score } = metadata.training.options;
  if (metadata.kind === "ensemble" || isPca(metadata)) return () => undefined;
  if (score === "absolute") return (error) => 1 - error;
  if (score === "standardised" || score === "mahalanobis") return () => undefined;
  return (error) => Math.exp(-error);
}

/** The highest of the given scores with their reasons, the highest first. */
export async function worstRows(
  model: TableModel,
  table: Table,
  { rows, model: scores }: Scores,
  among: (row: number) => boolean,
  { most = 5, ids = [] }: { readonly most?: number; readonly ids?: readonly string[] } = {},
): Promise<readonly Described[]> {
  const places = placesOf(rows, among)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .subarray(0, most);
  return describeRows(model, table, pick(rows, places), pick(scores, places), ids);
}

/** A row that stands out, by its place in the source, with cells that tell which it is. */
export interface Described {
  readonly row: number;
  readonly score: number;
  readonly reasons: readonly Reason[];
  readonly ids: readonly string[];
}

/** Some rows of a table with their scores, reasons and the cells of `ids`, in the given order. */
export async function describeRows(
  model: TableModel,
  table: Table,
  rows: Uint32Array,
  scores: Float32Array,
  ids: readonly string[] = [],
): Promise<readonly Described[]> {
  const wanted = new Map<number, number>();
  rows.forEach((row, place) => {
    wanted.set(row, place);
  });
  const found = new Array<Described>(rows.length);
  if (rows.length === 0) return found;
  for await (const batch of model.batches(table, ids)) {
    const here: number[] = [];
    for (let i = 0; i < batch.rows; i++) if (wanted.has(batch.start + i)) here.push(i);
    const reasons = await explainRows(model, batch, here);
    here.forEach((i, k) => {
      const row = batch.start + i;
      const place = wanted.get(row)!;
      const cells = batch.text.map((column) => column[i]!);
      found[place] = { row, score: scores[place]!, reasons: reasons[k]!, ids: cells };
    });
  }
  return found;
}

import { columnDates } from "../../data/cells/written-dates.ts";
import type { OutputBatch, OutputColumn } from "../../data/terms/output.ts";
import { otherCategory, placesOfCategory } from "../../preparation/plan.ts";
import { random, weightedPlace } from "../../random.ts";
import type { Block } from "../compress/block.ts";
import { rawRows, unscaling } from "../compress/table-source.ts";
import type { TableModel } from "../model/table-model.ts";

export interface RowsOptions {
  readonly seed?: number;
  /** Numbers may leave the range that they had in training. */
  readonly clip?: boolean;
  /**
   * Noise around the decoded means of numbers, as deviations in scaled units: one for each numeric column. By default
   * none.
   */
  readonly noise?: readonly number[];
  /** Takes the likeliest category instead of drawing one from the probabilities of the decoder. */
  readonly likeliest?: boolean;
}

/**
 * Rows from codes [rows, latentDim]: numbers in their units, within their range in training, with the decimals that
 * most cells of their column have; categories drawn from the probabilities that the decoder gives, never
 * one that training did not have.
 */
export async function rowsFromCodes(
  model: TableModel,
  codes: Float32Array,
  rows: number,
  { seed = 42, clip = true, noise, likeliest = false }: RowsOptions = {},
): Promise<Block> {
  const { numericColumns, metadata } = model;
  const p = numericColumns.length;
  const scaled = await model.decodePrepared(codes, rows);
  const decoded = (await model.decode(codes, rows)).reconstruction?.data as
    | Float64Array
    | undefined;
  const width = scaled.length / rows;
  const source = random(seed, 2);
  const numbers = numericColumns.map((_, j) => {
    const means = Float64Array.from({ length: rows }, (_, i) => decoded![i * p + j]!);
    const back = noise ? unscaling(means, (i) => scaled[i * width + j]!) : null;
    const { minimum, maximum, deciles, decimals } = metadata.profile.numeric[j]!;
    const perUnit = decimals === undefined ? unitsOf([minimum, maximum], deciles) : 10 ** decimals;
    return means.map((mean, i) => {
      const value = back ? back(scaled[i * width + j]! + noise![j]! * source.normal()) : mean;
      const held = clip ? Math.max(minimum, Math.min(maximum, value)) : value;
      return perUnit === null ? held : Math.round(held * perUnit) / perUnit;
    });
  });
  let at = p;
  const categories = metadata.profile.categories.map(({ values }) => {
    const names = [...values.slice(0, placesOfCategory), otherCategory];
    const from = at;
    at += names.length;
    return Array.from({ length: rows }, (_, i) => {
      const logits = Array.from(
        scaled.subarray(i * width + from, i * width + from + names.length - 1),
      );
      return names[
        likeliest ? logits.indexOf(Math.max(...logits)) : drawn(logits, source.uniform())
      ]!;
    });
  });
  return { rows, numbers, categories, texts: [] };
}

/** A place, drawn with the probabilities that logits stand for. */
function drawn(logits: readonly number[], uniform: number): number {
  const most = Math.max(...logits);
  return weightedPlace(
    logits.map((logit) => Math.exp(logit - most)),
    uniform,
  );
}

/**
 * Units in 1 of which a column's values are whole numbers, as far as its training figures tell: 1 for whole numbers,
 * 100 for cents; null beyond 6 decimals. Deciles lie between two values, at tenths of the way.
 */
function unitsOf(ends: readonly number[], deciles: readonly number[]): number | null {
  const whole = (value: number): boolean => Math.abs(value - Math.round(value)) < 1e-6;
  for (const units of [1, 10, 100, 1000, 1e4, 1e5, 1e6])
    if (
      ends.every((value) => whole(value * units)) &&
      deciles.every((value) => whole(value * units * 10))
    )
      return units;
  return null;
}

/** The features of a model as output columns; dates are text. */
export const newColumns = ({ metadata }: TableModel): readonly OutputColumn[] =>
  metadata.columns
    .filter(({ input }) => input !== null)
    .map(({ name, type, input }) => ({
      name,
      type: input === "numeric" && type !== "date" ? "double" : "text",
    }));

/** Rows as those columns. */
export function newCells(
  { metadata, numericColumns, categoryColumns }: TableModel,
  { rows, numbers, categories }: Block,
): OutputBatch {
  return {
    rows,
    columns: metadata.columns
      .filter(({ input }) => input !== null)
      .map((column) => {
        if (column.input === "categories") return categories[categoryColumns.indexOf(column)]!;
        const values = numbers[numericColumns.indexOf(column)]!;
        if (column.type !== "date") return values;
        return Array.from(values, columnDates(metadata.source, column.name));
      }),
  };
}

/** Deviations, in scaled units, of what the model leaves unexplained in each numeric column of rows. */
export async function residualNoise(model: TableModel, raw: Block): Promise<readonly number[]> {
  const rows = rawRows(raw);
  const { prepared } = await model.run(["prepared"], rows);
  const { latent } = await model.run(["latent"], rows);
  const scaled = await model.decodePrepared(latent!.data as Float32Array, raw.rows);
  const x = prepared!.data as Float32Array;
  const [from, to] = [x.length / raw.rows, scaled.length / raw.rows];
  return raw.numbers.map((values, j) => {
    let [squares, count] = [0, 0];
    values.forEach((value, i) => {
      if (Number.isNaN(value)) return;
      squares += (x[i * from + j]! - scaled[i * to + j]!) ** 2;
      count++;
    });
    return Math.sqrt(squares / Math.max(1, count));
  });
}

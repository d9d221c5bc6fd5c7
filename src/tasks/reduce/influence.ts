import type { Table } from "../../data/terms/table.ts";
import { checkArguments, checkOptions } from "../../options.ts";
import { permutation, random } from "../../random.ts";
import { z } from "../../schema.ts";
import { argument } from "../model/arguments.ts";
import { categoryValues } from "../model/category-values.ts";
import type { TableModel } from "../model/table-model.ts";
import { runningMoments } from "../rows/moments.ts";
import { firstColumns } from "../score/scores.ts";
import { probabilities } from "../workbench/bench-errors.ts";

/** What a latent variable does to a column, in deviations of the column per deviation of the variable. */
export interface Influence {
  readonly column: string;
  /** Of a category: the value whose probability moves; else null. */
  readonly value: string | null;
  /** The derivative, averaged over rows: its sign says which way the column goes. */
  readonly mean: number;
  /** The size of the derivative, averaged over rows: greater than that of `mean` where the way changes. */
  readonly strength: number;
}

/** What a latent variable means. */
export interface LatentInfluence {
  /** From 1. */
  readonly latent: number;
  /** Its share of all movement: of the sum of squared derivatives over columns, rows and variables. */
  readonly share: number;
  /** All columns, the most moved first. */
  readonly columns: readonly Influence[];
}

/** Step of the differences, in deviations of the variable: rounding and curvature both cost about 1e-5. */
const step = 0.01;
const mostRows = 1000;
const influenceOptions: z.ZodMiniObject = z.object({ seed: z.exactOptional(z.int()) });

/**
 * Which columns each latent variable moves: the Jacobian of the decoder at the codes of up to 1,000 rows, by
 * central differences through the model file, averaged over the rows. For a linear autoencoder it is the
 * decoder's weights, for PCA the loadings: the correlations of column and component.
 */
export async function influence(
  model: TableModel,
  table: Table,
  options: { readonly seed?: number } = {},
): Promise<readonly LatentInfluence[]> {
  checkArguments("influence", {
    model: [model, argument.tableModel],
    table: [table, argument.table],
  });
  checkOptions("influence", influenceOptions, options);
  const { seed = 42 } = options;
  const { latentDim } = model;
  const sample = await sampleRows(model, table, seed);
  const columns = cellsOf(model);
  const rows = sample.codes.length / latentDim;
  const { deviations, spread } = sample;
  const decoded = async (latent: number, distance: number): Promise<Float32Array> => {
    const codes = sample.codes.slice();
    for (let i = 0; i < rows; i++) codes[i * latentDim + latent]! += distance;
    const y = await model.decodePrepared(codes, rows);
    probabilities(sample.blocks, y);
    return y;
  };
  const found: { latent: number; squares: number; columns: Influence[] }[] = [];
  for (let latent = 0; latent < latentDim; latent++) {
    const distance = step * deviations[latent]!;
    const above = await decoded(latent, distance);
    const below = await decoded(latent, -distance);
    const width = above.length / rows;
    let squares = 0;
    const influences = columns.map((column, j): Influence => {
      let [sum, size] = [0, 0];
      const scale = 1 / (2 * step * spread[j]!);
      for (let i = 0; i < rows && distance > 0 && spread[j]! > 0; i++) {
        const slope = (above[i * width + j]! - below[i * width + j]!) * scale;
        sum += slope;
        size += Math.abs(slope);
        squares += slope * slope;
      }
      return { ...column, mean: sum / rows, strength: size / rows };
    });
    influences.sort((a, b) => b.strength - a.strength);
    found.push({ latent: latent + 1, squares, columns: influences });
  }
  const all = found.reduce((total, { squares }) => total + squares, 0);
  return found.map(({ latent, squares, columns: moved }) => ({
    latent,
    share: all > 0 ? squares / all : 0,
    columns: moved,
  }));
}

/** The cells that a decoder gives, by what they are called. */
function cellsOf(model: TableModel): readonly { column: string; value: string | null }[] {
  const numbers = model.numericColumns.map(({ name }) => ({ column: name, value: null }));
  const places = model.categoryColumns.flatMap(({ name }, j) =>
    categoryValues(model, j).map((value) => ({ column: name, value })),
  );
  return [...numbers, ...places];
}

/** Codes of some rows, drawn from the seed, and the deviations of codes and prepared cells over all rows. */
async function sampleRows(model: TableModel, table: Table, seed: number) {
  const wanted = new Uint8Array(table.rows);
  for (const row of permutation(table.rows, random(seed, 32)).subarray(0, mostRows))
    wanted[row] = 1;
  const codes: number[] = [];
  const ofCodes = runningMoments(model.latentDim);
  const cells = cellsOf(model).length;
  const ofCells = runningMoments(cells);
  for await (const batch of model.batches(table)) {
    const { latent, prepared } = await model.run(["latent", "prepared"], batch);
    const given = latent!.data as Float32Array;
    given.forEach((code, i) => {
      ofCodes.add(i % model.latentDim, code);
      if (wanted[batch.start + Math.floor(i / model.latentDim)] === 1) codes.push(code);
    });
    // a few far values make the deviation of a column, and a sample could miss them
    const x = firstColumns(prepared!.data as Float32Array, batch.rows, cells);
    x.forEach((cell, i) => {
      ofCells.add(i % cells, cell);
    });
  }
  return {
    codes: Float32Array.from(codes),
    deviations: ofCodes.deviations(),
    spread: ofCells.deviations(),
    blocks: {
      numeric: model.numericColumns.length,
      categories: model.categoryColumns.map((_, j) => categoryValues(model, j).length),
    },
  };
}

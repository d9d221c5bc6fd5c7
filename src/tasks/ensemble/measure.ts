import { loadEngine } from "#engine";
import type { EngineChoice } from "../../engine/engine.ts";
import { input, type Tensor } from "../../graph/index.ts";
import type { Ensemble } from "../../models/ensemble.ts";
import { inference } from "../../nn/index.ts";
import { writeProgram } from "../../onnx/index.ts";
import { permutation, random } from "../../random.ts";
import { parameterConstants } from "../../training/layout.ts";
import type { Vectors } from "../../training/state.ts";
import type { KeptRows } from "./kept-rows.ts";
import type { SourceColumns } from "./source-columns.ts";
import { type Tails, tailsOf } from "./tails.ts";
import { type Bank, type Rows, terms } from "./terms.ts";

/** How the terms of the score are weighed, and what the banks hold. */
export interface Recipe {
  /** Rows of each bank; bank j is of network j, starting again after the last. */
  readonly banks: readonly number[];
  /** The network of the first bank. */
  readonly first: number;
  /** The share of the kept rows, those of the highest first score, that no bank takes. */
  readonly trimmed: number;
  readonly likeness: number;
  readonly error: number;
  readonly tail: number;
}

/** All that the score needs beside the weights of the networks. */
export interface Measured {
  readonly columns: SourceColumns;
  /** [columns] of each network: the spread of its residuals. */
  readonly deviations: readonly Float32Array[];
  readonly tails: Tails;
  readonly banks: readonly Bank[];
  /** Means over the kept rows, by which the terms are divided. */
  readonly means: {
    readonly errors: readonly number[];
    readonly tail: number;
    readonly distances: readonly number[];
  };
}

/** Measures on the kept rows what the score divides by, and chooses the rows of the banks. */
export async function measure(
  model: Ensemble,
  parameters: Vectors,
  kept: KeptRows,
  columns: SourceColumns,
  { banks: sizes, first, trimmed }: Recipe,
  { seed, engine }: { readonly seed: number; readonly engine?: EngineChoice | undefined },
): Promise<Measured> {
  const { rows, x, mask, sure } = kept;
  const width = columns.owner.length;
  const inputs = x.length / rows;
  /** Runs graphs of the kept rows. */
  const compute = async (
    outputs: (rows: Rows) => Readonly<Record<string, Tensor>>,
  ): Promise<Record<string, Float32Array>> => {
    const inputs = {
      x: input("x", "float32", ["rows", x.length / rows]),
      mask: input("mask", "float32", ["rows", columns.count]),
    };
    const weights = parameterConstants(model, parameters);
    const rebuilt = model.rebuild(weights, model.encode(weights, inputs.x, inference));
    const signature = {
      inputs: Object.values(inputs),
      outputs: outputs({ ...inputs, rebuilt }),
    };
    const program = await (await loadEngine(engine)).load(writeProgram(signature), {});
    try {
      const values = await program.run({
        x: { dtype: "float32", shape: [rows, x.length / rows], data: x },
        mask: { dtype: "float32", shape: [rows, columns.count], data: mask },
      });
      return Object.fromEntries(
        Object.entries(values).map(([name, { data }]) => [name, data as Float32Array]),
      );
    } finally {
      await program.dispose();
    }
  };

  const networks = (await compute(({ rebuilt }) => named("y", rebuilt))) as Record<
    string,
    Float32Array
  >;
  const deviations = Object.values(networks).map((y) => spreads(y, kept, columns));
  const tails = tailsOf(x, rows, columns);
  const found = await compute((given) => {
    const { error, tail, placeOf } = terms(given, columns, deviations);
    return {
      ...named(
        "error",
        given.rebuilt.map((_, k) => error(k).value),
      ),
      ...named(
        "place",
        given.rebuilt.map((_, k) => placeOf(k)),
      ),
      tail: tail(tails).value,
    };
  });
  const errors = deviations.map((_, k) => found[`error${k}`]!);
  const means = { errors: errors.map(meanOf), tail: meanOf(found.tail!) };
  const score = Float64Array.from({ length: rows }, (_, i) => {
    const error = errors.reduce((sum, each, k) => sum + each[i]! / means.errors[k]!, 0);
    return error / errors.length + (0.5 * found.tail![i]!) / means.tail;
  });
  const pool = Uint32Array.from({ length: rows }, (_, i) => i)
    .sort((a, b) => score[a]! - score[b]!)
    .subarray(0, Math.max(2, Math.ceil(rows * (1 - trimmed))));
  const banks = sizes.map((size, j): Bank => {
    const network = (first + j) % deviations.length;
    const places = found[`place${network}`]!;
    const chosen = bankOf(pool, sure, permutation(pool.length, random(seed, 9, j)), size);
    const bank = new Float32Array(chosen.length * 2 * width);
    const prepared = new Float32Array(chosen.length * width);
    chosen.forEach((from, i) => {
      bank.set(places.subarray(from * 2 * width, (from + 1) * 2 * width), i * 2 * width);
      for (let c = 0; c < width; c++) {
        const missing = c < columns.numeric && mask[from * columns.count + c] === 0;
        prepared[i * width + c] = missing ? Number.NaN : x[from * inputs + c]!;
      }
    });
    return { network, rows: bank, prepared };
  });
  const distances =
    banks.length === 0
      ? {}
      : await compute((given) => {
          const { distance } = terms(given, columns, deviations);
          return named(
            "distance",
            banks.map((bank) => distance(bank).value),
          );
        });
  return {
    ...{ columns, deviations, tails, banks },
    means: { ...means, distances: Object.values(distances).map(meanOf) },
  };
}

/** Rows of a bank: in half of it at most those that are known to be normal, however odd, else such as are drawn of a pool. */
function bankOf(
  pool: Uint32Array,
  sure: readonly number[],
  order: Uint32Array,
  size: number,
): readonly number[] {
  const first = sure.slice(0, Math.floor(size / 2));
  const known = new Set(first);
  const others = Array.from(order, (place) => pool[place]!).filter((row) => !known.has(row));
  return [...first, ...others].slice(0, size);
}

const named = (name: string, values: readonly Tensor[]): Record<string, Tensor> =>
  Object.fromEntries(values.map((value, i) => [`${name}${i}`, value]));

/** The mean, or 1 where it is 0 and nothing can be divided by it. */
function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum > 0 ? sum / values.length : 1;
}

/**
 * The spread of the residuals of each source column, at each of its columns: sqrt(v + 0.1 mean v + 1e-3),
 * v the mean square of the residuals of observed cells.
 */
function spreads(
  y: Float32Array,
  { x, mask, rows }: KeptRows,
  { owner, scale, count }: SourceColumns,
): Float32Array {
  const width = owner.length;
  const inputs = x.length / rows;
  const squares = new Float64Array(count);
  const seen = new Float64Array(count);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < count; j++) seen[j]! += mask[i * count + j]!;
    for (let c = 0; c < width; c++) {
      const residual = scale[c]! * (x[i * inputs + c]! - y[i * width + c]!);
      squares[owner[c]!]! += residual * residual * mask[i * count + owner[c]!]!;
    }
  }
  const v = squares.map((sum, j) => sum / Math.max(1, seen[j]!));
  const mean = v.reduce((a, b) => a + b, 0) / count;
  return Float32Array.from(owner, (j) => Math.sqrt(v[j]! + 0.1 * mean + 1e-3));
}

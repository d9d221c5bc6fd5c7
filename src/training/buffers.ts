import type { Value } from "../engine/engine.ts";
import { cellsOf } from "../graph/index.ts";
import { fillNoise, type NoiseStream } from "./noise.ts";
import { allRowsInput, orderInput } from "./program.ts";
import type { RowSource } from "./rows.ts";
import type { NoiseInput, RowShapes } from "./sketch.ts";

/** Cells that a call of the engine is fed at most. */
const largestBuffer = 16_000_000;

/** What is fed beside the state. */
export interface Feeding {
  readonly rows: RowShapes;
  readonly noise: readonly NoiseInput[];
  readonly noiseStream: NoiseStream;
  readonly seed: number;
}

/** Buffers for the rows, scalars and noise of a call, allocated once and reused. */
export class Buffers {
  /** Steps that fit into a call. */
  readonly steps: number;
  readonly #feeding: Feeding;
  readonly #arrays = new Map<string, Float32Array>();
  readonly #gathers: boolean;

  constructor(feeding: Feeding, batchSize: number, gathers: boolean) {
    this.#feeding = feeding;
    this.#gathers = gathers;
    const total = (shapes: readonly (readonly number[])[]): number =>
      shapes.reduce((sum, shape) => sum + cellsOf(shape), 0);
    const perRow = total(Object.values(feeding.rows));
    const noise = total(feeding.noise.map(({ shape }) => shape));
    this.steps = Math.max(1, Math.floor(largestBuffer / ((perRow + noise) * batchSize)));
  }

  async fill(
    source: RowSource,
    steps: number,
    size: number,
    firstStep: number,
    scalarsAt: (step: number) => Readonly<Record<string, number>>,
  ): Promise<Record<string, Value>> {
    const feeds: Record<string, Value> = {};
    const take = (name: string, shape: readonly number[]): Float32Array => {
      const cells = cellsOf(shape);
      let array = this.#arrays.get(name);
      if (!array || array.length < cells) {
        array = new Float32Array(cells);
        this.#arrays.set(name, array);
      }
      const data = array.subarray(0, cells);
      feeds[name] = { dtype: "float32", shape, data };
      return data;
    };
    const { rows, noise: inputs, noiseStream, seed } = this.#feeding;
    if (this.#gathers) {
      const { arrays, rows: count, next } = source.whole!;
      const order = next(steps * size);
      feeds[orderInput] = { dtype: "int32", shape: [steps, size], data: order };
      for (const [name, { data }] of Object.entries(arrays)) {
        const row = rows[name as keyof typeof rows]!;
        feeds[allRowsInput(name)] = { dtype: "float32", shape: [count, ...row], data };
      }
    } else {
      const targets: Record<string, Float32Array> = {};
      for (const [name, shape] of Object.entries(rows))
        targets[name] = take(name, [steps, size, ...(shape as readonly number[])]);
      await source.fill(targets, steps * size);
    }
    for (let i = 0; i < steps; i++)
      for (const [name, value] of Object.entries(scalarsAt(firstStep + i))) {
        if (i === 0) take(name, [steps]);
        (feeds[name]!.data as Float32Array)[i] = value;
      }
    inputs.forEach((noise, index) => {
      const data = take(noise.name, [steps, ...(noise.perRow ? [size] : []), ...noise.shape]);
      const length = data.length / steps;
      for (let i = 0; i < steps; i++)
        fillNoise(data.subarray(i * length, (i + 1) * length), noise.kind, seed, [
          noiseStream,
          firstStep + i,
          index,
        ]);
    });
    return feeds;
  }
}

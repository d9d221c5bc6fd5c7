import type { Value } from "../engine/engine.ts";
import type { Job } from "./job.ts";
import { fillNoise } from "./noise.ts";
import { allRowsInput, orderInput } from "./program.ts";
import type { RowSource } from "./rows.ts";

/** Cells that a call of the engine is fed at most. */
const largestBuffer = 16_000_000;

/** Buffers for the rows, scalars and noise of a call, allocated once and reused. */
export class Buffers {
  /** Steps that fit into a call. */
  readonly steps: number;
  readonly #job: Job;
  readonly #widths: Readonly<Record<string, number>>;
  readonly #arrays = new Map<string, Float32Array>();

  readonly #gathers: boolean;

  constructor(job: Job, batchSize: number, gathers: boolean) {
    this.#job = job;
    this.#gathers = gathers;
    const cells = (shape: readonly number[]): number =>
      shape.reduce((product, n) => product * n, 1);
    this.#widths = Object.fromEntries(
      Object.entries(job.rows).map(([name, shape]) => [name, cells(shape as readonly number[])]),
    );
    const perRow = Object.values(this.#widths).reduce((a, b) => a + b, 0);
    const noise = job.program.noise.reduce((total, { shape }) => total + cells(shape), 0);
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
      const cells = shape.reduce((product, n) => product * n, 1);
      let array = this.#arrays.get(name);
      if (!array || array.length < cells) {
        array = new Float32Array(cells);
        this.#arrays.set(name, array);
      }
      const data = array.subarray(0, cells);
      feeds[name] = { dtype: "float32", shape, data };
      return data;
    };
    const { rows, program, options } = this.#job;
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
    program.noise.forEach((noise, index) => {
      const data = take(noise.name, [steps, ...(noise.perRow ? [size] : []), ...noise.shape]);
      const length = data.length / steps;
      for (let i = 0; i < steps; i++)
        fillNoise(
          data.subarray(i * length, (i + 1) * length),
          noise,
          options.seed,
          firstStep + i,
          index,
        );
    });
    return feeds;
  }
}

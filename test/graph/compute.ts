import type { Values } from "../../src/engine/engine.ts";
import { loadEngine } from "../../src/engine/node.ts";
import { dataOf, type Tensor } from "../../src/graph/index.ts";
import { writeProgram } from "../../src/onnx/index.ts";
import { type Random, random } from "../../src/random.ts";

/** Cells of one input, with the sizes that they really have. */
export interface Given {
  readonly shape: readonly number[];
  readonly cells: readonly number[] | readonly string[];
}

/** Runs a graph, again and again, with other cells. */
export interface Computation {
  (given: readonly Given[]): Promise<Record<string, number[]>>;
  dispose(): Promise<void>;
}

/** Compiles a graph on the engine under test. */
export async function compile(
  inputs: readonly Tensor[],
  outputs: Readonly<Record<string, Tensor>>,
): Promise<Computation> {
  const engine = await loadEngine();
  const program = await engine.load(writeProgram({ inputs, outputs }));
  const run = async (given: readonly Given[]): Promise<Record<string, number[]>> => {
    const feeds: Record<string, Values[string]> = {};
    inputs.forEach(({ node, dtype }, i) => {
      const { shape, cells } = given[i]!;
      const data = dtype === "string" ? (cells as string[]) : dataOf(dtype, cells as number[]);
      feeds[node.name!] = { dtype, shape, data };
    });
    const results = await program.run(feeds);
    return Object.fromEntries(
      Object.entries(results).map(([name, { data }]) => [
        name,
        Array.from<number | bigint | string>(data).map((v) =>
          typeof v === "string" ? (v as unknown as number) : Number(v),
        ),
      ]),
    );
  };
  return Object.assign(run, { dispose: () => program.dispose() });
}

/** One run of a graph. */
export async function compute(
  inputs: readonly Tensor[],
  outputs: Readonly<Record<string, Tensor>>,
  given: readonly Given[],
): Promise<Record<string, number[]>> {
  const computation = await compile(inputs, outputs);
  const results = await computation(given);
  await computation.dispose();
  return results;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/**
 * Uniform cells from a seed, none of them nearer than 0.05 to a whole number: no kink is met. The first is
 * positive, so that a rectifier always lets something through.
 */
export function drawCells(shape: readonly number[], low: number, high: number, source: Random) {
  return Array.from({ length: sizeOf(shape) }, (_, i) => {
    for (;;) {
      const value = low + (high - low) * source.uniform();
      if (Math.abs(value - Math.round(value)) > 0.05) return i === 0 ? Math.abs(value) : value;
    }
  });
}

/** How far numbers are from what was expected, relative to the larger of them and 1. */
export function farthest(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < got.length; i++) {
    if (Object.is(got[i], expected[i])) continue;
    const distance = Math.abs(got[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    most = Math.max(most, Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance);
  }
  return most;
}

/**
 * The gradient of sum(weights * y) beside its difference along one random direction: `slope` is what the
 * graph says, `difference` what two runs of y say, summed in double.
 */
export async function directional(
  inputs: readonly Tensor[],
  wrt: readonly number[],
  y: Tensor,
  gradients: readonly Tensor[],
  given: readonly Given[],
  weights: readonly number[],
  step: number,
): Promise<{ readonly slope: number; readonly difference: number; readonly value: number[] }> {
  const source = random(5);
  const outputs = Object.fromEntries(gradients.map((g, i) => [`g${i}`, g]));
  const run = await compile(inputs, { y, ...outputs });
  const directions = given.map(({ cells }, i) =>
    cells.map(() => (wrt.includes(i) ? source.normal() : 0)),
  );
  const moved = (t: number): Given[] =>
    given.map(({ shape, cells }, i) => ({
      shape,
      cells: wrt.includes(i)
        ? (cells as readonly number[]).map((v, k) => v + t * directions[i]![k]!)
        : cells,
    }));
  const here = await run(given);
  const total = (cells: readonly number[]): number =>
    cells.reduce((sum, v, i) => sum + v * weights[i]!, 0);
  const [after, before] = [await run(moved(step)), await run(moved(-step))];
  await run.dispose();
  let slope = 0;
  wrt.forEach((input, i) => {
    here[`g${i}`]!.forEach((g, k) => {
      slope += g * directions[input]![k]!;
    });
  });
  return { slope, difference: (total(after.y!) - total(before.y!)) / (2 * step), value: here.y! };
}

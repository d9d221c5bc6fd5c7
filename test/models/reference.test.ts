import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { gradient, input, type Tensor } from "../../src/graph/index.ts";
import { type KindOptions, kinds, makeModel, type NetworkOptions } from "../../src/models/kinds.ts";
import { type LossName, losses, smoothL1 } from "../../src/nn/index.ts";
import { layoutsOf } from "../../src/training/layout.ts";
import { noiseRecorder } from "../../src/training/sketch.ts";
import { compute } from "../graph/compute.ts";

/** What PyTorch computed in double precision: test/golden/kinds.py. */
interface Case {
  readonly name: string;
  readonly options: NetworkOptions & KindOptions;
  readonly loss: LossName | "smoothL1";
  readonly rows: number;
  readonly x: readonly number[];
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  readonly noise: readonly (readonly number[])[];
  readonly step?: number;
  readonly objectives: readonly {
    readonly name: string;
    readonly value: number;
    readonly gradients: Readonly<Record<string, readonly number[]>>;
  }[];
}
const file = new URL("../golden/kinds.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(file, "utf8")) as { readonly cases: readonly Case[] };

const tolerance = 1e-5;
const length = (values: readonly number[]): number => Math.hypot(...values);
/** How far vectors are apart, as a share of the length of the wanted one. */
const distance = (got: readonly number[], wanted: readonly number[]): number =>
  length(got.map((value, i) => value - wanted[i]!)) / Math.max(length(wanted), 1e-3);

/** The values of all objectives and their gradients, computed by the engine. */
async function ours({ options, loss, rows, x, parameters, noise, step }: Case) {
  const model = makeModel(options);
  expect(Object.keys(model.parameters).sort()).toEqual(Object.keys(parameters).sort());
  const entries = Object.entries(model.parameters);
  const tensors = entries.map(([name, { shape }]) => input(name, "float32", shape));
  const named = Object.fromEntries(entries.map(([name], i) => [name, tensors[i]!]));
  const batch = input("x", "float32", ["batch", ...model.inputShape]);
  const { context, recorded } = noiseRecorder(true);
  const objectives = model.objectives(
    named,
    { x: batch, target: batch, mask: null, weight: null },
    loss === "smoothL1"
      ? smoothL1({ numeric: x.length / rows, categories: [] }, [])
      : losses[loss]!,
    context,
  );
  const outputs: Record<string, Tensor> = {};
  for (const { name, loss: value, groups } of objectives) {
    outputs[name] = value;
    const own = layoutsOf(model).filter(({ group }) => groups.includes(group));
    const names = own.flatMap((layout) => layout.names);
    gradient(
      value,
      names.map((each) => named[each]!),
    ).forEach((g, i) => {
      outputs[`${name} by ${names[i]}`] = g;
    });
  }
  const draws = recorded.filter(({ noise: { kind } }) => kind !== "step");
  expect(draws).toHaveLength(noise.length);
  return compute([...tensors, batch, ...recorded.map(({ tensor }) => tensor)], outputs, [
    ...entries.map(([name, { shape }]) => ({ shape, cells: parameters[name]! })),
    { shape: [rows, ...model.inputShape], cells: x },
    ...recorded.map(({ noise: { kind, shape } }) =>
      kind === "step"
        ? { shape: [], cells: [step!] }
        : {
            shape: [rows, ...shape],
            cells: noise[draws.findIndex((d) => d.noise.shape === shape)]!,
          },
    ),
  ]);
}

describe.each(cases)("$name", (reference) => {
  test("has the value of its formula", async () => {
    const results = await ours(reference);
    for (const { name, value } of reference.objectives)
      expect(distance(results[name]!, [value])).toBeLessThan(tolerance);
  });

  test("has the gradient of its formula", async () => {
    const results = await ours(reference);
    for (const { name, gradients } of reference.objectives) {
      const all = Object.entries(gradients);
      const got = all.flatMap(([parameter]) => results[`${name} by ${parameter}`] ?? []);
      expect(
        distance(
          got,
          all.flatMap(([, wanted]) => wanted),
        ),
      ).toBeLessThan(tolerance);
    }
  });
});

test("every kind has a reference", () => {
  const met = new Set(cases.flatMap(({ options }) => makeModel(options).kind.split("+")));
  expect(kinds.map(({ name }) => name).filter((name) => !met.has(name))).toEqual([]);
});

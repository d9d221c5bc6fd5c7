import { expect, test } from "vitest";
import { encoderStages, type Stage } from "../../src/keras/halves.ts";
import type { Layer } from "../../src/nn/index.ts";

const dense = (units: number): Layer => ({ layer: "dense", units });
const stage = (name: string, layer: Layer, ...shape: readonly number[]): Stage => ({
  ...{ name, layers: [layer], shape },
});
const noise: Layer = { layer: "gaussianNoise", deviation: 0.1 };
const scaled: Layer = { layer: "rescaling", scale: 2 };

test.each<[what: string, input: readonly number[], stages: readonly Stage[]]>([
  ["the narrowest layer", [9], [stage("code", dense(2), 2), stage("out", dense(9), 9)]],
  [
    "one that is wider than the rows, behind what prepares them",
    [9],
    [
      stage("noise", noise, 9),
      stage("scaled", scaled, 9),
      stage("code", dense(20), 20),
      stage("out", dense(9), 9),
    ],
  ],
  [
    "one that is wider than images laid flat",
    [3, 3, 1],
    [
      stage("flat", { layer: "flatten" }, 9),
      stage("code", dense(20), 20),
      stage("out", dense(9), 9),
      stage("image", { layer: "reshape", shape: [3, 3, 1] }, 3, 3, 1),
    ],
  ],
  [
    "one that is wider than rows which are scaled back behind it",
    [9],
    [stage("code", dense(20), 20), stage("out", dense(9), 9), stage("back", scaled, 9)],
  ],
  [
    "the one that finishes it",
    [9],
    [stage("before", dense(2), 2), stage("code", scaled, 2), stage("out", dense(9), 9)],
  ],
])("the code is the output of %s", (_, inputShape, stages) => {
  const end = encoderStages(stages, inputShape, { first: null, path: "m" });
  expect(stages[end - 1]?.name).toBe("code");
});

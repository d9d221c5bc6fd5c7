import { expect, test } from "vitest";
import { ensemble } from "../../../src/models/ensemble.ts";
import type { AnyMetadata } from "../../../src/tasks/model/metadata.ts";
import { drawnNetwork } from "../../../src/tasks/report/network.ts";

test("an ensemble is drawn as its network with the widest code, and all parameters are counted", () => {
  const model = ensemble({ input: 12, outputSize: 10 });
  const drawn = drawnNetwork({ architecture: model.architecture } as unknown as AnyMetadata)!;
  expect(drawn.networks).toBe(4);
  expect(drawn.layers.map(({ shape }) => shape)).toEqual([[12], [32], [4], [32], [10]]);
  // codes of 1 to 4: 2 p 32 weights and biases each, and those of the code
  const one = (code: number): number => 13 * 32 + 33 * code + (code + 1) * 32 + 33 * 10;
  expect(drawn.parameters).toBe([1, 2, 3, 4].reduce((sum, code) => sum + one(code), 0));
});

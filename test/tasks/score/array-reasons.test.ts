import { afterAll, expect, test } from "vitest";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import type { ArrayModel } from "../../../src/tasks/model/array-model.ts";
import { explainArrays, worstPlace } from "../../../src/tasks/score/array-reasons.ts";
import { errorBeyond } from "../../../src/tasks/score/error-beyond.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});
async function trained(data: Float32Array, shape: number[], kind: string): Promise<ArrayModel> {
  const { model, fitted } = await trainArrays(arraysFromData({ data, shape }), {
    ...{ kind, epochs: 3, seed: 1, latentDim: 2 },
  });
  open.push(model, fitted);
  return model;
}

test("the quarter of an image that holds most of the error is found, with its share", () => {
  const error = new Float64Array(8 * 12);
  for (const [row, column] of [
    [3, 7],
    [4, 8],
    [4, 9],
  ] as const)
    error[row * 12 + column] = 2;
  error[0] = 2;
  expect(worstPlace(error, 8, 12)).toEqual({ top: 3, bottom: 4, left: 7, right: 9, share: 0.75 });
  expect(worstPlace(new Float64Array(96), 8, 12)).toBeNull();
  expect(worstPlace([5], 1, 1)).toEqual({ top: 0, bottom: 0, left: 0, right: 0, share: 1 });
});

test("a spot in an image is placed where it is", async () => {
  const cells = 12 * 16;
  const images = Float32Array.from({ length: 60 * cells }, (_, i) => 100 + ((i * 7) % 11));
  const model = await trained(images, [60, 12, 16, 1], "basic");
  const odd = images.slice(0, 2 * cells);
  odd[cells + 10 * 16 + 2] = 255;
  const [reason] = await explainArrays(model, odd, [1]);
  expect(reason).toMatchObject({ top: expect.any(Number) });
  const { top, bottom, left, right } = reason as NonNullable<ReturnType<typeof worstPlace>>;
  expect(top <= 10 && 10 <= bottom && left <= 2 && 2 <= right).toBe(true);
});

test("of a sequence the variable and the step are told, with what was there and what was expected", async () => {
  const waves = Float32Array.from({ length: 60 * 16 }, (_, i) => Math.sin(Math.floor(i / 2) / 3));
  const model = await trained(waves, [60, 8, 2], "recurrent");
  const odd = Float64Array.from(waves.slice(0, 16));
  odd[5 * 2 + 1] = 40;
  odd[0] = Number.NaN;
  const [reason] = await explainArrays(model, odd, [0]);
  expect(reason).toMatchObject({ feature: 1, step: 5, actual: 40 });
  const { expected, share } = reason as { expected: number; share: number };
  expect(Math.abs(expected)).toBeLessThan(5);
  expect(share).toBeGreaterThan(0.9);
  expect(await explainArrays(model, odd, [])).toEqual([]);
});

test("what even an exact reconstruction of a grey pixel costs is no error of it", () => {
  const metadata = {
    ...{ kind: "basic", architecture: {}, training: { options: {} } },
    source: { content: "images" },
  } as never;
  const entropy = (p: number): number => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
  const original = Float32Array.from([0, 51, 127.5, Number.NaN]);
  const error = Float32Array.from([0, entropy(0.2), entropy(0.5) + 0.25, Number.NaN]);
  const found = errorBeyond(metadata, original, error);
  [0, 0, 0.25, 0].forEach((expected, i) => {
    expect(found[i]).toBeCloseTo(expected, 6);
  });
  // squares are 0 where a cell is rebuilt
  const series = { ...(metadata as object), source: { content: "sequences" } } as never;
  expect(errorBeyond(series, original, error)[2]).toBeCloseTo(entropy(0.5) + 0.25, 6);
});

import { expect, test } from "vitest";
import { fillNoise, noiseStreams } from "../../src/training/noise.ts";

const draw = (kind: "uniform" | "normal", seed: number, step: number, index: number, size = 50) => {
  const to = new Float32Array(size);
  fillNoise(to, kind, seed, [noiseStreams.training, step, index]);
  return to;
};

test("noise is the same for the same seed, step and input, and other for any other", () => {
  const one = draw("uniform", 1, 2, 3);
  expect(draw("uniform", 1, 2, 3)).toEqual(one);
  const others = [
    [2, 2, 3],
    [1, 3, 3],
    [1, 2, 4],
    [1, 3, 2],
  ] as const;
  for (const [seed, step, index] of others) {
    const other = draw("uniform", seed, step, index);
    expect(other.filter((v, i) => v === one[i])).toHaveLength(0);
  }
});

test("noise has the moments of its distribution", () => {
  const momentsOf = (values: Float32Array): [number, number] => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return [mean, values.reduce((total, v) => total + (v - mean) ** 2, 0) / values.length];
  };
  const uniform = draw("uniform", 1, 0, 0, 100_000);
  const [mean, variance] = momentsOf(uniform);
  expect(mean).toBeCloseTo(0.5, 2);
  expect(variance).toBeCloseTo(1 / 12, 2);
  expect(uniform.every((v) => v >= 0 && v <= 1)).toBe(true);
  const [center, spread] = momentsOf(draw("normal", 1, 0, 0, 100_000));
  expect(center).toBeCloseTo(0, 2);
  expect(spread).toBeCloseTo(1, 1);
});

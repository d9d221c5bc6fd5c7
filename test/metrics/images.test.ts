import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { psnr, ssim } from "../../src/metrics/index.ts";

const { pairs } = JSON.parse(
  readFileSync(new URL("../golden/images.json", import.meta.url), "utf8"),
) as {
  readonly pairs: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly peak: number;
    readonly x: readonly number[];
    readonly y: readonly number[];
    readonly ssim: readonly number[];
    readonly psnr: readonly number[];
  }[];
};

describe.each(pairs)("$name, as in TensorFlow", ({ shape, peak, ...expected }) => {
  const x = expected.x.map((value) => (value * peak) / 100);
  const y = expected.y.map((value) => (value * peak) / 100);
  const cells = shape.reduce((n, size) => n * size, 1);

  test("structural similarity and noise of each image agree", () => {
    expected.ssim.forEach((wanted, i) => {
      const [a, b] = [x, y].map((all) => all.slice(i * cells, (i + 1) * cells)) as [
        number[],
        number[],
      ];
      expect(ssim(a, b, shape, { peak })).toBeCloseTo(wanted, 6);
      expect(psnr(a, b, { peak })).toBeCloseTo(expected.psnr[i]!, 5);
    });
  });

  test("the similarity of several images is the mean of theirs, and of equal ones 1", () => {
    const mean = expected.ssim.reduce((a, b) => a + b) / expected.ssim.length;
    expect(ssim(x, y, shape, { peak })).toBeCloseTo(mean, 6);
    expect(ssim(x, x, shape, { peak })).toBeCloseTo(1, 12);
  });
});

test("images must hold a window, and arrays whole images", () => {
  expect(() => ssim([], [], [10, 28])).toThrow(/sides of 11 or more, got \[10, 28\]/);
  expect(() => ssim([1], [1, 2], [11, 11])).toThrow(/images of 121 values, got 1 and 2/);
});

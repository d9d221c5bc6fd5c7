import fc from "fast-check";
import { expect, test } from "vitest";
import { throughTiles } from "../../../src/tasks/denoise/tiles.ts";

const imageOf = (height: number, width: number, channels: number) => ({
  ...{ height, width, channels },
  x: Float32Array.from({ length: height * width * channels }, (_, k) => (k * k * 31 + 7 * k) % 256),
});

test("an image of any size comes back as it was where nothing is done to its tiles", async () => {
  const side = fc.integer({ min: 1, max: 40 });
  await fc.assert(
    fc.asyncProperty(side, side, fc.constantFrom(1, 3), side, side, async (h, w, c, th, tw) => {
      const image = imageOf(h, w, c);
      const back = await throughTiles(image, [th, tw], async (tiles) => tiles);
      back.forEach((value, k) => {
        expect(value).toBeCloseTo(image.x[k]!, 3);
      });
    }),
    { numRuns: 60 },
  );
});

test("what tiles add at their rims does not show as seams", async () => {
  const image = { ...imageOf(50, 70, 1), x: new Float32Array(3500) };
  const back = await throughTiles(image, [16, 16], async (tiles) =>
    // 100 in the first column of each tile, 0 elsewhere
    tiles.map((_, k) => (k % 16 === 0 ? 100 : 0)),
  );
  expect(Math.max(...back)).toBeLessThan(2);
});

test("an image of the model's own size is one tile", async () => {
  let calls = 0;
  await throughTiles(imageOf(8, 8, 1), [8, 8], async (tiles, rows) => {
    calls += rows;
    return tiles;
  });
  expect(calls).toBe(1);
});

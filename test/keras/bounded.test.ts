import { expect, test } from "vitest";
import { bounded } from "../../src/keras/bounded-node.ts";
import { readKeras } from "../../src/keras/read.ts";
import { keptBytes } from "./kept.ts";

test("work is done in this thread, and what it throws is thrown", () => {
  const made = bounded(1000, () => new Float32Array(3));
  expect(made).toBeInstanceOf(Float32Array);
  const mine = new RangeError("mine");
  expect(() =>
    bounded(1000, () => {
      throw mine;
    }),
  ).toThrow(mine);
});

test("what never comes back is ended, and said", () => {
  expect(() =>
    bounded(20, () => {
      for (;;);
    }),
  ).toThrow("not read within 1 s");
});

test("a length in an HDF5 file that asks for all memory there is gets none", async () => {
  const bytes = Uint8Array.from(keptBytes("deep.h5"));
  // the highest byte of the length of the text that describes the network
  bytes[1043] = 120;
  const before = process.memoryUsage().rss;
  await expect(readKeras(bytes)).rejects.toMatchObject({ code: "keras_file" });
  expect(process.memoryUsage().rss - before).toBeLessThan(600e6);
});

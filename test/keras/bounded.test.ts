import { expect, test } from "vitest";
import { bounded } from "../../src/keras/bounded-node.ts";

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

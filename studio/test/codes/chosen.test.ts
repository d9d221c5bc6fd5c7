import { expect, test } from "vitest";
import { packed, unpacked } from "../../../src/studio/api/packed.ts";
import { Choices } from "../../src/codes/choices.ts";
import { largestFirst } from "../../src/codes/sliders/largest-first.ts";
import { likeliest } from "../../src/codes/sliders/likeliest.ts";

test("rows are chosen alone, added, taken away, and each choice is taken back", () => {
  const chosen = new Choices(10);
  chosen.choose(Int32Array.of(2, 5));
  chosen.choose(Int32Array.of(1, 5), "added");
  expect([...chosen.rows]).toEqual([1, 2, 5]);
  chosen.choose(Int32Array.of(2), "removed");
  expect([...chosen.rows]).toEqual([1, 5]);
  expect([...chosen.mask]).toEqual([0, 1, 0, 0, 0, 1, 0, 0, 0, 0]);
  chosen.clear();
  expect(chosen.rows.length).toBe(0);
  chosen.undo();
  chosen.undo();
  expect([...chosen.rows]).toEqual([1, 2, 5]);
  chosen.undo();
  chosen.undo();
  expect(chosen.canUndo).toBe(false);
});

test("the likeliest value has the share that softmax gives it, whatever the size of the logits", () => {
  expect(likeliest([0, Math.log(3)])).toEqual({ place: 1, probability: expect.closeTo(0.75, 12) });
  expect(likeliest([1000, 999]).probability).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
});

test("variables that vary most come first", () => {
  expect(largestFirst([{ deviation: 1 }, { deviation: 3 }, { deviation: 2 }])).toEqual([1, 2, 0]);
});

test("packed numbers come back bit by bit behind any head", () => {
  const values = Float32Array.of(1.5, Number.NaN, -0, 3e38);
  for (const name of ["", "ñ", "años y más"]) {
    const found = unpacked<{ name: string }>(packed({ name }, values).buffer as ArrayBuffer);
    expect(found.head).toEqual({ name });
    expect(new Uint32Array(found.values.slice().buffer)).toEqual(
      new Uint32Array(values.slice().buffer),
    );
  }
});

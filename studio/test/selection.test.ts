import { expect, test } from "vitest";
import { among, nothing, reach, toggle } from "../src/data/selection.ts";

const all = ["a", "b", "c", "d"];

test("Shift reaches from the column chosen before, in either direction", () => {
  const from = toggle(nothing, "c");
  expect([...reach(from, all, "a").names]).toEqual(["a", "b", "c"]);
  expect([...reach(reach(from, all, "a"), all, "d").names]).toEqual(["c", "d"]);
  expect([...reach(nothing, all, "b").names]).toEqual(["b"]);
});

test("a column is taken in and out by itself", () => {
  const two = toggle(toggle(nothing, "a"), "d");
  expect([...two.names]).toEqual(["a", "d"]);
  expect([...toggle(two, "a").names]).toEqual(["d"]);
});

test("columns that are gone are chosen no more", () => {
  const two = toggle(toggle(nothing, "a"), "d");
  expect(among(two, all)).toBe(two);
  expect([...among(two, ["d", "e"]).names]).toEqual(["d"]);
});

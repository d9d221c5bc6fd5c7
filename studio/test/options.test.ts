import { expect, test } from "vitest";
import { sameOptions, statedOf, withOption, withRole, withType } from "../src/data/options.ts";

const columns = [
  { name: "order", type: "category", role: "id" },
  { name: "day", type: "date", role: "time" },
  { name: "amount", type: "number", role: "feature" },
  { name: "remark", type: "text", role: "ignore" },
  { name: "odd", type: "boolean", role: "feature" },
] as const;

test("an option is laid over the others, and taken away without a trace", () => {
  const options = withOption({ dates: "dmy" }, "decimal", ",");
  expect(options).toEqual({ dates: "dmy", decimal: "," });
  expect(withOption(options, "decimal", undefined)).toEqual({ dates: "dmy" });
});

test("types are stated in bulk, and taken back by name or number", () => {
  const typed = withType({ types: { "3": "category" } }, columns, ["day", "odd"], "category");
  expect(typed).toEqual({ types: { "3": "category", day: "category", odd: "category" } });
  expect(withType(typed, columns, ["amount", "day", "odd"], null)).toEqual({});
});

test("a column has one role at a time", () => {
  const labelled = withRole({ ignore: ["odd", "amount"] }, columns, ["odd"], "label");
  expect(labelled).toEqual({ ignore: ["amount"], label: "odd" });
  expect(withRole(labelled, columns, ["amount", "odd"], "id")).toEqual({ id: ["amount", "odd"] });
  expect(withRole({ id: "amount" }, columns, ["amount"], null)).toEqual({});
});

test("another label takes the place of the first", () => {
  expect(withRole({ label: "odd" }, columns, ["amount"], "label")).toEqual({ label: "amount" });
});

test("a column that was left out is learnt from by its type, free text as categories", () => {
  const both = withRole({}, columns, ["order", "remark", "amount"], "feature");
  expect(both).toEqual({ types: { order: "category", remark: "category" } });
});

test("a date that tells the time is learnt from where features are named", () => {
  const learnt = withRole({}, columns, ["day"], "feature");
  expect(learnt).toEqual({ features: ["amount", "odd", "day"] });
  expect(withRole(learnt, columns, ["odd"], "ignore")).toEqual({
    features: ["amount", "day"],
    ignore: ["odd"],
  });
});

test("the last feature that goes leaves none, not all", () => {
  expect(withRole({ features: ["odd"] }, columns, ["odd"], "weight")).toEqual({
    features: [],
    weight: "odd",
  });
});

test("what a person stated of a column is known", () => {
  const options = { types: { "3": "number" }, id: "order" };
  expect(statedOf(options, columns, "amount")).toEqual({ type: true, role: false });
  expect(statedOf(options, columns, "order")).toEqual({ type: false, role: true });
});

test("options that say the same are the same in any order", () => {
  expect(
    sameOptions(
      { a: 1, types: { x: "number", y: "date" } },
      { types: { y: "date", x: "number" }, a: 1 },
    ),
  ).toBe(true);
  expect(sameOptions({ ignore: ["a", "b"] }, { ignore: ["b", "a"] })).toBe(false);
});

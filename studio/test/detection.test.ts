import { expect, test } from "vitest";
import {
  type DetectionFields,
  detectionOptions,
  faultsOf,
  labelValues,
  noFields,
} from "../src/data/detection.ts";

test("what is not said is not asked for", () => {
  expect(detectionOptions(noFields, true)).toEqual({});
  expect(Object.values(faultsOf(noFields))).not.toContain(true);
});

test("fields become options as the command line calls them", () => {
  const fields: DetectionFields = {
    ...{ normal: "no", clean: true, value: "0,02", epochs: "5", seed: "0" },
    rule: "contamination",
  };
  const options = { threshold: "contamination:0.02", epochs: 5, seed: 0 };
  expect(detectionOptions(fields, true)).toEqual({ ...options, normal: ["no"] });
  expect(detectionOptions(fields, false)).toEqual({ ...options, normalOnly: true });
});

test("a rule without a number has none, one without its number the usual one", () => {
  expect(detectionOptions({ ...noFields, rule: "f1", value: "3" }, true)).toEqual({
    threshold: "f1",
  });
  expect(detectionOptions({ ...noFields, rule: "budget" }, false)).toEqual({
    threshold: "budget:50",
  });
});

test("a rule that needs a label is not asked for without one", () => {
  expect(detectionOptions({ ...noFields, rule: "recall" }, false)).toEqual({});
});

test("what is no number is said before the studio is asked", () => {
  expect(faultsOf({ ...noFields, rule: "budget", value: "2,5" }).value).toBe(true);
  expect(faultsOf({ ...noFields, rule: "sd", value: "2,5" }).value).toBe(false);
  expect(faultsOf({ ...noFields, rule: "sd", value: "two" }).value).toBe(true);
  expect(faultsOf({ ...noFields, epochs: "0" }).epochs).toBe(true);
  expect(faultsOf({ ...noFields, seed: "-1" }).seed).toBe(true);
});

test("a label of whole numbers has their values, each once", () => {
  const shares = {
    name: "Class",
    edges: [-0.5, 0.5, 1.5, 2.5],
    part: 1,
    counts: [9, 0, 1],
    values: null,
  };
  expect(labelValues({ ...shares, others: 0 }, ["0"], ["0"])).toEqual(["0", "2"]);
  const wide = { ...shares, edges: [0, 0.4, 0.8, 1.2], others: 0 };
  expect(labelValues(wide, ["0", "1"], [])).toEqual(["0", "1"]);
  expect(labelValues(undefined, ["yes"], ["no"])).toEqual(["no", "yes"]);
});

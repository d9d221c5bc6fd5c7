import { expect, test } from "vitest";
import { checkLabels } from "../../../src/tasks/lesson/train-notes.ts";
import { labelRecord, labelsOf } from "../../../src/tasks/rows/labels.ts";

const values = ["X", "", "", "", "X", ""];

test("empty cells are rows without a label, or the normal class where that is stated", () => {
  expect(labelsOf("t.csv", "c", values)).toMatchObject({ normal: "X", normals: 2, missing: 4 });
  const labels = labelsOf("t.csv", "c", values, "");
  expect(labels).toMatchObject({ normal: "", normals: 4, anomalies: 2, missing: 0 });
  expect([...labels.classes]).toEqual([1, 0, 0, 0, 1, 0]);
});

test("labels of one filled value say how many cells are empty, and what to do", () => {
  expect(() => checkLabels("t.csv", labelsOf("t.csv", "c", values), () => {})).toThrow(
    'every filled cell is "X", and 4 cells are empty; if an empty cell means normal, say --normal ""',
  );
  expect(() => checkLabels("t.csv", labelsOf("t.csv", "c", ["X", "X"]), () => {})).toThrow(
    'every row is "X"',
  );
});

test("no value is the same number as a blank", () => {
  expect(() => labelsOf("t.csv", "c", ["0", "1"], " ")).toThrow("no row has the label");
});

test("several values may be normal together", () => {
  const status = ["Paid", "Current", "Default", "Paid", "", "Late"];
  const labels = labelsOf("t.csv", "status", status, ["Paid", "Current"]);
  expect([...labels.classes]).toEqual([0, 0, 1, 0, 2, 1]);
  expect(labels).toMatchObject({ normal: "Paid, Current", normals: 3, anomalies: 2, missing: 1 });
  expect(labelRecord(labels)?.normal).toEqual(["Paid", "Current"]);
  expect(() => labelsOf("t.csv", "status", status, ["Paid", "paid off"])).toThrow("paid off");
});

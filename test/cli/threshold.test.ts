import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";

/** A folder with a table and a model that learnt from it. */
async function place(): Promise<string> {
  const path = folder();
  fileIn(path, "t.csv", smallTable());
  const words = ["train", "t.csv", "--label", "odd", "--epochs", "3", "-o", "m.onnx"];
  expect((await espejo(words, { in: path })).code).toBe(0);
  return path;
}

test("a rule chooses on the data, and what changes is told in both languages", async () => {
  const path = await place();
  const words = ["threshold", "t.csv", "-m", "m.onnx", "--threshold", "recall:0.5", "-o", "n.onnx"];
  const call = await espejo(words, { in: path });
  expect(call.code, call.err).toBe(0);
  const [change, flagged, auc] = call.out.split("\n");
  expect(change).toMatch(/^threshold [\d.]+ \(quantile:0.99\) becomes [\d.]+ \(recall:0.5\)$/);
  expect(flagged).toMatch(/^of 48 rows it flags \d+; before, \d+$/);
  expect(auc).toMatch(/^ROC AUC [01]\.\d{3} /);
  expect(call.err).toContain(
    "these data trained the model: chosen on 48 rows of them that did not",
  );
  expect(call.err).toContain("saved n.onnx");
  const spanish = await espejo([...words, "--lang", "es"], { in: path });
  expect(spanish.out).toMatch(/^el umbral [\d.]+ \(quantile:0.99\) pasa a [\d.]+ \(recall:0.5\)\n/);
  expect(spanish.out).toMatch(/^de 48 filas señala \d+; antes, \d+$/m);
  expect(spanish.err).toContain("elegido con 48 filas suyas que no entrenaron");
  const told = JSON.parse((await espejo([...words, "--json"], { in: path })).out);
  expect(told).toMatchObject({
    ...{ schemaVersion: 1, output: "n.onnx", trained: true, chosenOn: 48, judged: 48 },
    threshold: { rule: "recall:0.5" },
    evaluation: { threshold: told.threshold.value },
  });
  // the new file decides by it
  const score = ["score", "t.csv", "-m", "n.onnx", "--reasons", "none", "--json"];
  const { rows } = JSON.parse((await espejo(score, { in: path })).out);
  for (const row of rows) expect(row.is_anomaly).toBe(row.score > told.threshold.value);
});

test("a number needs no data, and may go into the same file", async () => {
  const path = await place();
  const words = ["threshold", "-m", "m.onnx", "--threshold", "0.75", "-o", "m.onnx"];
  const call = await espejo(words, { in: path });
  expect(call.code, call.err).toBe(0);
  expect(call.out).toMatch(/^threshold [\d.]+ \(quantile:0.99\) becomes 0.75 \(stated\)\n$/);
  expect((await espejo(["inspect", "m.onnx"], { in: path })).out).toContain(
    "threshold 0.75 (stated)",
  );
});

test.each([
  [
    ["-m", "m.onnx", "--threshold", "f1", "-o", "n.onnx"],
    2,
    "the rule f1 needs rows to choose it on",
  ],
  [["t.csv", "-m", "m.onnx", "-o", "n.onnx"], 2, "--threshold needs a value"],
  [["t.csv", "-m", "m.onnx", "--threshold", "f1"], 2, "-o needs a value"],
  [["t.csv", "--threshold", "f1", "-o", "n.onnx"], 2, "threshold needs a model: -m model.onnx"],
  [
    ["t.csv", "-m", "m.onnx", "--threshold", "f2", "-o", "n.onnx"],
    2,
    "must be one of quantile:0.99",
  ],
  [
    ["bare.csv", "-m", "m.onnx", "--threshold", "max", "-o", "n.onnx"],
    3,
    "nothing tells which of them",
  ],
])("what is wrong is said, and nothing is written: %j", async (words, code, message) => {
  const path = await place();
  const table = readFileSync(join(path, "t.csv"), "utf8");
  fileIn(path, "bare.csv", table.replaceAll(/,(odd|0|1)$/gm, ""));
  const before = namesIn(path);
  const call = await espejo(["threshold", ...words], { in: path });
  expect(call.err).toContain(message);
  expect(call.code).toBe(code);
  expect(namesIn(path)).toEqual(before);
});

import { expect, test } from "vitest";
import { detect, reduce } from "../../src/node.ts";
import { mixedCsv } from "./tables.ts";

test("detect goes from a file to scored rows with reasons, in the order of the file", async () => {
  const detector = await detect(mixedCsv("detect.csv", 800), { label: "class", epochs: 60 });
  const rows = await detector.score(mixedCsv("today.csv", 100, 2));
  expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  for (const { score, isAnomaly, reasons } of rows) {
    expect(isAnomaly).toBe(score > detector.threshold);
    expect(reasons.length > 0).toBe(isAnomaly);
  }
  expect(
    rows.filter(({ isAnomaly }) => isAnomaly).some(({ reasons }) => reasons[0]!.column === "d"),
  ).toBe(true);
  expect(detector.summary()).toMatch(/ROC AUC 0\.\d{3}.*\nPCA, same code size: ROC AUC/);
  await detector.dispose();
});

test("reduce gives codes, and rows back in the units of the source", async () => {
  const path = mixedCsv("reduce.csv", 800);
  const reducer = await reduce(path, { latentDim: 4, epochs: 80, ignore: ["class", "when"] });
  const codes = await reducer.encode(path);
  expect(codes.shape).toEqual([800, 4]);
  const [decoded, rebuilt] = [await reducer.decode(codes), await reducer.reconstruct(path)];
  expect(decoded).toEqual(rebuilt);
  expect(Object.keys(rebuilt[0]!)).toEqual(["a", "b", "c", "d", "kind"]);
  const a = rebuilt.map((row) => row.a as number);
  expect(a.reduce((x, y) => x + y) / a.length).toBeCloseTo(10, 0);
  await reducer.dispose();
});

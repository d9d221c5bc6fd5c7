import { expect, test } from "vitest";
import { detect } from "../../../src/node.ts";
import { mixedCsv } from "../tables.ts";

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
  expect(detector.summary()).toMatch(/ROC AUC [01]\.\d{3}.*\nPCA: ROC AUC/);
  await detector.dispose();
});

test("a detector ranks the anomalies of data, and says what other rules would flag", async () => {
  const path = mixedCsv("rank.csv", 800);
  const detector = await detect(path, { label: "class", beside: true, seed: 2 });
  const { rows, anomalies, ranked } = await detector.rank(path, { ids: ["id"] });
  const scored = await detector.score(path);
  const flagged = scored.filter(({ isAnomaly }) => isAnomaly);
  expect([rows, anomalies, ranked.length]).toEqual([800, flagged.length, flagged.length]);
  const wanted = [...flagged].sort((a, b) => b.score - a.score || a.row - b.row);
  expect(ranked.map(({ row }) => row)).toEqual(wanted.map(({ row }) => row));
  for (const { row, ids, reasons } of ranked) {
    expect(ids).toEqual([`r${row}`]);
    expect(reasons.length).toBeGreaterThan(0);
  }
  const { ranked: three } = await detector.rank(path, { most: 3 });
  expect(three.map(({ row }) => row)).toEqual(
    [...scored]
      .sort((a, b) => b.score - a.score)
      .slice(0, 3)
      .map(({ row }) => row),
  );
  // one row in 20 is odd, and all of them are found first
  expect(detector.evaluation!.rocAuc).toBeGreaterThan(0.97);
  expect(detector.beside.map(({ name }) => name)).toEqual(["basic", "pca"]);
  const tested = detector.trained.split.counts.test;
  for (const { rule, threshold, alarms, rows: judged } of detector.rules) {
    expect(judged).toBe(tested);
    if (!threshold) expect(rule).toMatch(/conformal|pot/);
    else
      expect(alarms).toBe(
        [...detector.trained.held.rows].filter(
          (row, i) =>
            detector.trained.split.partOf[row] === 3 &&
            detector.trained.held.model[i]! > threshold.threshold,
        ).length,
      );
  }
  await detector.dispose();
});

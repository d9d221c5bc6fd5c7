import { expect, test } from "vitest";
import type { Run } from "../../../src/studio/api/runs.ts";
import { sortedRuns } from "../../src/runs/sorted-runs.ts";

const run = (id: string, more: Partial<Run>): Run =>
  ({ id, data: id, epochs: 1, began: null, result: null, kind: null, ...more }) as Run;
const auc = (rocAuc: number | null) =>
  ({ evaluation: { rocAuc, averagePrecision: null, pcaRocAuc: null } }) as Run["result"];
const ids = (runs: readonly Run[]): string => runs.map(({ id }) => id).join("");

test("runs are sorted by a figure, those without it last, whichever way", () => {
  const runs = [
    run("a", { result: auc(0.9) }),
    run("b", {}),
    run("c", { result: auc(0.99) }),
    run("d", { result: auc(null) }),
  ];
  expect(ids(sortedRuns(runs, "auc", true)).slice(0, 2)).toBe("ca");
  expect(ids(sortedRuns(runs, "auc", false)).slice(0, 2)).toBe("ac");
});

test("of equals the newest comes first, whichever way", () => {
  const runs = [
    run("a", { epochs: 5, began: "2026-01-01T00:00:00Z" }),
    run("b", { epochs: 5, began: "2026-02-01T00:00:00Z" }),
    run("c", { epochs: 7, began: "2025-01-01T00:00:00Z" }),
  ];
  expect(ids(sortedRuns(runs, "epochs", true))).toBe("cba");
  expect(ids(sortedRuns(runs, "epochs", false))).toBe("bac");
});

import { expect, test } from "vitest";
import { rocAucInterval } from "../../../src/metrics/index.ts";
import { random } from "../../../src/random.ts";
import { separationOf } from "../../../src/tasks/verdicts/separation.ts";
import { sentenceIn, verdictIn } from "../../../src/tasks/verdicts/verdict.ts";

const judged = (auc: number, low: number, high: number, anomalies = 40) =>
  separationOf({ rows: 400, anomalies, rocAuc: auc, rocAucInterval: [low, high] })!;

test("scores separate where the whole interval is above guessing and the point is of use", () => {
  expect(judged(0.8, 0.72, 0.88).code).toBe("separates");
  expect(judged(0.62, 0.5, 0.74).code).toBe("not_separates");
  expect(judged(0.59, 0.55, 0.63).code).toBe("not_separates");
  expect(judged(0.3, 0.2, 0.4).code).toBe("not_separates");
});

test("of few anomalies it is only told where chance alone would not bring as much", () => {
  expect(judged(0.8, 0.7, 0.9, 3).code).toBe("separates_unknown");
  expect(judged(0.7, 0.4, 1, 3).code).toBe("separates_unknown");
  expect(judged(0.99, 0.97, 1, 3).code).toBe("separates");
  expect(judged(0.5, 0.2, 0.8, 3).code).toBe("not_separates");
});

test("rows of one class have no verdict", () => {
  const none = { rows: 9, rocAuc: Number.NaN, rocAucInterval: [Number.NaN, Number.NaN] } as const;
  expect(separationOf({ ...none, anomalies: 0 })).toBeNull();
  expect(separationOf({ ...none, anomalies: 9 })).toBeNull();
});

test.each([3, 5, 10, 30])("of %i anomalies without signal at most 1 in 20 seem separate", (m) => {
  const found = Array.from({ length: 200 }, (_, seed) => {
    const source = random(seed, m);
    const labels = Array.from({ length: 150 }, (_, i) => (i < m ? 1 : 0));
    const { auc, low, high } = rocAucInterval(
      labels.map(() => source.uniform()),
      labels,
    );
    const told = { rows: 150, anomalies: m, rocAuc: auc, rocAucInterval: [low, high] } as const;
    return separationOf(told)!.code;
  });
  expect(found.filter((code) => code === "separates").length).toBeLessThanOrEqual(10);
});

test("a verdict is a sentence in both languages", () => {
  const verdict = judged(0.512, 0.45, 0.57);
  expect(verdictIn(verdict, "en")).toBe(
    "the scores do not separate anomalies from normal rows: ROC AUC 0.512 (95 % interval 0.450 to 0.570, and 0.5 is guessing); a classifier trained on the label may",
  );
  expect(sentenceIn(verdict, "es")).toMatch(
    /^Las puntuaciones no separan las anomalías de las filas normales: ROC AUC 0\.512 .*\.$/,
  );
});

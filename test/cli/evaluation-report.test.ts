import { expect, test } from "vitest";
import type { Context } from "../../src/cli/context.ts";
import { evaluationLines } from "../../src/cli/evaluation-report.ts";
import { catalogues } from "../../src/cli/language.ts";
import type { TextKey } from "../../src/cli/texts/en.ts";
import { fillText } from "../../src/errors.ts";
import { countText } from "../../src/language.ts";
import { evaluateScores } from "../../src/tasks/evaluate/evaluation.ts";

test.each([
  ["en", "15,555", "predicted anomaly"],
  ["es", "15\u00a0555", "predicho anómalo"],
] as const)(
  "counts of the confusion stand under their heads, apart by thousands: %s",
  (language, many, head) => {
    const scores = [...new Array(15_555).fill(3), ...new Array(20).fill(1)];
    const classes = Uint8Array.from(scores, (score) => Number(score > 2));
    const context = {
      language,
      text: (key: TextKey, values = {}) => fillText(catalogues[language][key], values),
      count: (n: number) => countText(n, language),
      paint: (_: string, text: string) => text,
    } as unknown as Context;
    const lines = evaluationLines(
      evaluateScores(Float32Array.from(scores), null, classes, 2),
      context,
    );
    const at = lines.findIndex((line) => line.endsWith(head));
    const [heads, normal, odd] = lines.slice(at);
    expect(odd).toMatch(new RegExp(` 0 +${many}$`));
    expect(normal).toMatch(/ 20 +0$/);
    expect(new Set([heads, normal, odd].map((line) => line?.length)).size).toBe(1);
  },
);

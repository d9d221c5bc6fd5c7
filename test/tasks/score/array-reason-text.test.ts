import { expect, onTestFinished, test } from "vitest";
import { wordsOf } from "../../../src/charts/words.ts";
import { openArrays } from "../../../src/data/arrays/open-arrays.ts";
import type { Arrays } from "../../../src/data/terms/arrays.ts";
import { detectArrays } from "../../../src/tasks/detect/detect-arrays.ts";
import { buildReport } from "../../../src/tasks/report/report.ts";
import { arrayReasonText } from "../../../src/tasks/score/array-reason-text.ts";
import { file } from "../../data/helpers.ts";

const english = wordsOf("en");
const scale = { mean: [0, 0], deviation: [1, 1] };
const images = { source: { content: "images", shape: [16, 16, 1] } as never, scale };
const none = {} as Arrays;

test("a place that holds little more than its share of an image is said to be hardly one", () => {
  const place = { top: 0, bottom: 3, left: 4, right: 7 };
  expect(arrayReasonText({ ...place, share: 0.5 }, images, none, 0, english)).toBe(
    "rows 1 to 4, columns 5 to 8 (50 % of the error)",
  );
  expect(arrayReasonText({ ...place, share: 0.08 }, images, none, 0, english)).toBe(
    "all over it, most in rows 1 to 4, columns 5 to 8 (8 % of the error)",
  );
  // rows of a picture are rows, whatever the data consist of
  expect(
    arrayReasonText({ ...place, share: 0.5 }, images, none, 0, wordsOf("es", "images")),
  ).toContain("filas 1 a 4");
});

test("a step is told by its time as written, else by its row, else by its number", () => {
  const reason = { feature: 1, share: 0.9, step: 2, actual: 4, expected: 1 };
  const source = { content: "sequences", shape: [5, 2], features: ["a", "b"] } as never;
  const told = (arrays: object): string =>
    arrayReasonText(reason, { source, scale }, arrays as Arrays, 0, english);
  const steps = () => Uint32Array.from([6, 7, 8]);
  expect(told({ steps, timeOf: (row: number) => `day ${row}` })).toContain("b = 4 at day 8 (exp");
  expect(told({ steps, timeOf: () => "" })).toContain("b = 4 in row 9 (");
  expect(told({ steps })).toContain("b = 4 in row 9 (");
  expect(told({})).toContain("b = 4 at step 3 (");
});

test("ranked windows have reasons, in the library and in reports, with times as the source has them", async () => {
  // in no order of time, with an offset and a name that is no ASCII
  const rows = Array.from({ length: 120 }, (_, i) => {
    const at = (i * 7) % 120;
    const day = new Date(Date.UTC(2024, 0, 1 + at)).toISOString().slice(0, 10);
    return `${day} 10:00+02:00,${Math.sin(at / 3).toFixed(3)},${at === 60 ? 30 : (at % 5) / 10}\n`;
  });
  const path = file(`día,a,b\n${rows.join("")}`);
  const arrays = await openArrays(path, { window: 6, stride: 6 });
  const times = Array.from({ length: 120 }, (_, row) => arrays.timeOf!(row));
  expect(times).toEqual(rows.map((line) => line.split(",")[0]));
  const detector = await detectArrays(arrays, { epochs: 3, seed: 1, kind: "basic", hidden: [8] });
  onTestFinished(async () => {
    await detector.dispose();
    await arrays.dispose();
  });
  const { ranked } = await detector.rank(arrays, { most: 2 });
  expect(ranked[0]!.reason).toMatchObject({ feature: 1, step: 0, actual: 30 });
  const said = "b = 30 at 2024-03-01 10:00+02:00 (expected";
  const { metadata } = detector.model;
  const [{ reason, row }] = ranked as [(typeof ranked)[0]];
  expect(arrayReasonText(reason!, metadata, arrays, row, english)).toContain(said);
  const { html } = await buildReport({ arrays, model: detector.model }, { language: "en" });
  expect(html).toContain(said);
  const spanish = await buildReport({ arrays, model: detector.model }, { language: "es" });
  expect(spanish.html).toContain("b = 30 en 2024-03-01 10:00+02:00 (se esperaba");
});

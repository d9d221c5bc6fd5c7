import { expect, test } from "vitest";
import { openArrays } from "../../../src/data/arrays/open-arrays.ts";
import { tableFromColumns } from "../../../src/data/memory/memory.ts";
import { random } from "../../../src/random.ts";
import { detect } from "../../../src/tasks/detect/detect.ts";

const source = random(3);
const rows = Array.from({ length: 300 }, (_, i) => i);
const columns = {
  x: rows.map(() => source.normal()),
  y: rows.map(() => source.normal()),
  anomaly: rows.map((i) => (i % 50 === 0 ? 1 : 0)),
};
const options = { kind: "basic", epochs: 2, hidden: [4], latentDim: 1 };

test("a detector does not learn from a column that says what is an anomaly", async () => {
  const codes: string[] = [];
  const detector = await detect(tableFromColumns(columns), {
    ...{ ...options, onNote: ({ code }) => codes.push(code) },
  });
  expect(detector.model.numericColumns.map(({ name }) => name)).toEqual(["x", "y"]);
  expect(codes).toContain("judgement_left_out");
  await detector.dispose();
});

test("unless a person names it, or it is the label", async () => {
  const named = await detect(tableFromColumns(columns, { features: ["x", "anomaly"] }), options);
  expect(named.model.numericColumns.map(({ name }) => name)).toEqual(["x", "anomaly"]);
  await named.dispose();
  const judged = await detect(tableFromColumns(columns, { label: "anomaly" }), options);
  expect(judged.trained.labels?.anomalies).toBe(6);
  await judged.dispose();
});

test("it is no variable of a series", async () => {
  const lines = rows.map((i) => `${i},${columns.x[i]},${columns.anomaly[i]},${i === 99 ? 1 : 0}`);
  const csv = Buffer.from(`time,x,anomaly,changepoint\n${lines.join("\n")}\n`);
  const arrays = await openArrays(csv, { window: 10 });
  expect(arrays.detected.features).toEqual(["x"]);
  await arrays.dispose();
});

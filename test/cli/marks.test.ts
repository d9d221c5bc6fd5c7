import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTable } from "../../src/data/tables/open.ts";
import { detect } from "../../src/tasks/detect/detect.ts";
import { TableModel } from "../../src/tasks/model/table-model.ts";
import { openRanking } from "../../src/tasks/ranking/kept-ranking.ts";
import { parts } from "../../src/tasks/rows/split.ts";
import { markedThreshold } from "../../src/tasks/threshold/marked-threshold.ts";
import { train } from "../../src/tasks/train/train.ts";
import { espejo, fileIn, folder } from "./helpers.ts";

/** Orders of which every 20th is odd, without a label. */
function orders(rows = 200): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const sales = 100 + ((i * 37) % 90);
    return i % 20 === 19 ? `A${i},9000,3` : `A${i},${sales},${2 * sales + ((i * 13) % 11)}`;
  });
  return `order,sales,visits\n${lines.join("\n")}\n`;
}

const odd = [19, 39, 59, 79, 99, 119];
const quick = ["--epochs", "2", "--alone", "--kind", "basic"];
const marksText = (rows: readonly (readonly [number, string])[]): string =>
  `row,mark\n${rows.map((each) => each.join(",")).join("\n")}\n`;
const someMarks = marksText([
  ...odd.map((row) => [row + 1, "confirmed"] as const),
  ...[3, 7].map((row) => [row + 1, "false_alarm"] as const),
]);

test("confirmed anomalies train nothing and judge; false alarms train", async () => {
  const place = folder();
  const data = fileIn(place, "orders.csv", orders());
  const marks = fileIn(place, "marks.csv", someMarks);
  const table = await openTable(data);
  try {
    const trained = await train(table, { marks, epochs: 2, threshold: "f1" });
    const { partOf } = trained.split;
    const partsOf = (rows: readonly number[]) => rows.map((row) => partOf[row]).sort();
    expect(partsOf(odd)).toEqual([2, 2, 2, 3, 3, 3]);
    expect(partsOf([3, 7])).toEqual([parts.train, parts.train]);
    expect(trained.evaluation?.anomalies).toBe(3);
    // the other rows are presumed normal, and no column is called a label
    expect(trained.model.metadata.training).toMatchObject({
      label: null,
      marks: { confirmed: odd, falseAlarms: [3, 7] },
    });
    // rows in memory that say the same are the same
    const given = [
      ...odd.map((row) => ({ row, mark: "confirmed" as const })),
      ...[3, 7].map((row) => ({ row, mark: "false_alarm" as const })),
    ];
    const again = await train(table, { marks: given, epochs: 2, threshold: "f1" });
    expect(Buffer.from(again.model.bytes).equals(Buffer.from(trained.model.bytes))).toBe(true);
    await trained.model.dispose();
    await again.model.dispose();
  } finally {
    await table.dispose();
  }
});

test("one confirmed anomaly trains nothing, and judges nothing", async () => {
  const place = folder();
  fileIn(place, "orders.csv", orders());
  fileIn(place, "marks.csv", marksText([[20, "confirmed"]]));
  const words = ["train", "orders.csv", "--marks", "marks.csv", ...quick, "-o", "m.onnx"];
  const { code, err, out } = await espejo(
    words.filter((word) => word !== "--alone"),
    {
      in: place,
    },
  );
  expect(code, err).toBe(0);
  expect(err).toContain("1 confirmed anomaly is too few to choose and judge by");
  expect(out).not.toContain("ROC AUC");
  const model = await TableModel.read(join(place, "m.onnx"));
  expect(model.metadata.training.rows).toMatchObject({ out: 1, calibrate: 0 });
  await model.dispose();
});

test("a mark overrules a label, which is said", async () => {
  const place = folder();
  const rows = orders()
    .trim()
    .split("\n")
    .map((line, i) => `${line},${i === 0 ? "fraud" : i % 20 === 0 ? "yes" : "no"}`);
  fileIn(place, "orders.csv", `${rows.join("\n")}\n`);
  fileIn(
    place,
    "marks.csv",
    marksText([
      [20, "false_alarm"],
      [5, "confirmed"],
      [6, "false_alarm"],
    ]),
  );
  const words = ["--label", "fraud", "--marks", "marks.csv", ...quick, "-o", "o.csv"];
  const { code, err } = await espejo(["detect", "orders.csv", ...words], { in: place });
  expect(code, err).toBe(0);
  expect(err).toContain('2 marks overrule the labels in "fraud"');
  const spanish = await espejo(["detect", "orders.csv", ...words, "--lang", "es"], { in: place });
  expect(spanish.err).toContain('2 marcas prevalecen sobre las etiquetas de "fraud"');
});

test("rows may be marked by what names them, and in the log of a studio", async () => {
  const place = folder();
  fileIn(place, "orders.csv", orders());
  const log = odd.map((row) => ({ run: "r", row, mark: "confirmed", at: "2026-01-31T12:00:00Z" }));
  const undone = [
    { run: "r", row: 4, mark: "confirmed", at: "2026-01-31T12:00:01Z" },
    { run: "r", row: 4, mark: null, at: "2026-01-31T12:00:02Z" },
  ];
  fileIn(
    place,
    "reviews.jsonl",
    `${[...log, ...undone].map((line) => JSON.stringify(line)).join("\n")}\n`,
  );
  fileIn(
    place,
    "named.csv",
    `order;mark\n${odd.map((row) => `A${row};confirmed`).join("\n")}\nA3;\n`,
  );
  fileIn(place, "rows.csv", marksText(odd.map((row) => [row + 1, "confirmed"] as const)));
  const models: Buffer[] = [];
  for (const marks of ["rows.csv", "named.csv", "reviews.jsonl"]) {
    const words = ["--id", "order", "--marks", marks, "--epochs", "2", "-o", `${marks}.onnx`];
    const { code, err } = await espejo(["train", "orders.csv", ...words], { in: place });
    expect(code, err).toBe(0);
    models.push(readFileSync(join(place, `${marks}.onnx`)));
  }
  expect(models[1]!.equals(models[0]!)).toBe(true);
  expect(models[2]!.equals(models[0]!)).toBe(true);
});

test.each([
  [
    "row,mark\n5,confirmed\n999,confirmed\n",
    "line 3: row 999 is marked, and orders.csv has 200 rows",
  ],
  [
    "row,mark\n5,confirmed\n6,false_alarm\n5,false_alarm\n",
    "row 5 is confirmed on line 2 and false_alarm on line 4",
  ],
  ["row,mark\n5,fine\n", 'line 2: a mark is confirmed, false_alarm or empty, and this is "fine"'],
  ["row,mark\n0,confirmed\n", 'line 2: row must be the number of a row, from 1, and is "0"'],
  ["row,mark\n5,\n6,\n", "no row has a mark"],
  ["place,mark\n5,confirmed\n", "marks need a column mark, and one row"],
  ["order,mark\nB5,confirmed\n", 'line 2: no row of orders.csv has order = "B5"'],
])("marks that cannot be are refused with their line: %j", async (text, message) => {
  const place = folder();
  fileIn(place, "orders.csv", orders());
  fileIn(place, "marks.csv", text);
  const words = ["train", "orders.csv", "--id", "order", "--marks", "marks.csv", "-o", "m.onnx"];
  const { code, err } = await espejo(words, { in: place });
  expect(err).toContain("marks.csv");
  expect(err).toContain(message);
  expect(code).toBe(3);
});

test("a run with marks goes on to the same bytes, and not with other marks", async () => {
  const place = folder();
  fileIn(place, "orders.csv", orders());
  fileIn(place, "marks.csv", someMarks);
  const words = ["detect", "orders.csv", "--marks", "marks.csv", ...quick];
  expect((await espejo([...words, "--run", "r", "-o", "a.csv"], { in: place })).code).toBe(0);
  const before = readFileSync(join(place, "r", "model.onnx"));
  const config = JSON.parse(readFileSync(join(place, "r", "config.json"), "utf8"));
  expect(config.options.marks).toBe("marks.csv");
  const again = await espejo(["detect", "--resume", "r", "-o", "a.csv"], { in: place });
  expect(again.code, again.err).toBe(0);
  expect(readFileSync(join(place, "r", "model.onnx")).equals(before)).toBe(true);
  fileIn(
    place,
    "marks.csv",
    marksText([
      [20, "confirmed"],
      [40, "confirmed"],
    ]),
  );
  const other = await espejo(["detect", "--resume", "r", "-o", "a.csv"], { in: place });
  expect(other.code).toBe(3);
});

test("marks in memory of a detection are kept in its run", async () => {
  const place = folder();
  const data = fileIn(place, "orders.csv", orders());
  const run = join(place, "r");
  const marks = odd.map((row) => ({ row, mark: "confirmed" as const }));
  const detector = await detect(data, { marks, kind: "basic", epochs: 2, run });
  await detector.dispose();
  const config = JSON.parse(readFileSync(join(run, "config.json"), "utf8"));
  expect(config).toMatchObject({ program: true, options: { marks } });
  await expect(detect(data, { marks: [{ row: 999, mark: "confirmed" }] })).rejects.toMatchObject({
    code: "argument_value",
  });
});

test("marked rows choose a threshold, not below the lowest of them, and few are refused", async () => {
  const place = folder();
  fileIn(place, "orders.csv", orders());
  const trained = await espejo(["train", "orders.csv", "--epochs", "2", "-o", "m.onnx"], {
    in: place,
  });
  expect(trained.code, trained.err).toBe(0);
  const all = (
    await espejo(["score", "orders.csv", "-m", "m.onnx", "-o", "-", "--format", "ndjson"], {
      in: place,
    })
  ).out;
  const scores = all
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).score as number);
  const order = scores.map((_, row) => row).sort((a, b) => scores[b]! - scores[a]!);
  const looked = order.slice(0, 12);
  const marked = looked.map((row) => [row + 1, row % 20 === 19 ? "confirmed" : "false_alarm"]);
  fileIn(place, "marks.csv", marksText(marked as [number, string][]));
  const choose = async (rule: string) => {
    const words = ["-m", "m.onnx", "--marks", "marks.csv", "--threshold", rule, "-o", "n.onnx"];
    const { out, err, code } = await espejo(["threshold", "orders.csv", ...words, "--json"], {
      in: place,
    });
    expect(code, err).toBe(0);
    return JSON.parse(out);
  };
  const found = marked.filter(([, mark]) => mark === "confirmed").length;
  const lowest = scores[looked.at(-1)!]!;
  const next = scores[order[12]!]!;
  const everything = await choose("recall:1");
  expect(everything.marks).toMatchObject({
    rows: 12,
    confirmed: found,
    above: { confirmed: found },
  });
  expect(everything.threshold.value).toBeGreaterThanOrEqual(next);
  expect(everything.chosenOn).toBe(12);
  const sure = await choose("precision:1");
  expect(sure.marks.above.falseAlarms).toBe(0);
  expect(sure.threshold.value).toBeGreaterThanOrEqual(everything.threshold.value);
  expect(everything.marks.lowest).toBeCloseTo(lowest, 5);

  const words = ["-m", "m.onnx", "--marks", "marks.csv", "-o", "n.onnx", "--threshold"];
  const idle = await espejo(["threshold", "orders.csv", ...words, "quantile:0.9"], { in: place });
  expect([idle.code, idle.err]).toEqual([2, expect.stringContaining("does not look at marks")]);
  fileIn(place, "marks.csv", marksText(marked.slice(0, 4) as [number, string][]));
  const few = await espejo(["threshold", "orders.csv", ...words, "f1"], { in: place });
  expect([few.code, few.err]).toEqual([3, expect.stringContaining("4 rows are marked")]);
});

test("where all marked rows are confirmed, the threshold lies just below them", () => {
  const scores = Float32Array.from({ length: 12 }, (_, i) => 20 - i);
  const marked = { path: "x.csv", scores, classes: new Uint8Array(12).fill(1), below: 8 };
  const { threshold, marks } = markedThreshold("f1", marked);
  expect(threshold.threshold).toBe(8.5);
  expect(marks).toMatchObject({ lowest: 9, above: { confirmed: 12, falseAlarms: 0 } });
});

test("false alarms sink below confirmed anomalies when an ensemble is trained again", async () => {
  const place = folder();
  // of two rare kinds of row one is an error, the other only large
  const lines = Array.from({ length: 400 }, (_, i) => {
    const sales = 100 + ((i * 37) % 90);
    const visits = 2 * sales + ((i * 13) % 11);
    if (i % 50 === 49) return `A${i},${9000 + i},3`;
    return i % 40 === 7 ? `A${i},${sales * 5},${visits * 5}` : `A${i},${sales},${visits}`;
  });
  fileIn(place, "t.csv", `order,sales,visits\n${lines.join("\n")}\n`);
  const large = Array.from({ length: 10 }, (_, i) => 40 * i + 7);
  const errors = [49, 99, 149, 199, 249, 299, 349, 399];
  fileIn(
    place,
    "marks.csv",
    marksText([
      ...large.slice(0, 7).map((row) => [row + 1, "false_alarm"] as const),
      ...errors.slice(0, 6).map((row) => [row + 1, "confirmed"] as const),
    ]),
  );
  const words = ["detect", "t.csv", "--id", "order", "--alone", "--marks", "marks.csv"];
  const { code, err } = await espejo([...words, "--run", "r", "-o", "a.csv"], { in: place });
  expect(code, err).toBe(0);
  const ranking = await openRanking(join(place, "r"));
  const { rows } = await ranking.page({ rows: 400 });
  ranking.dispose();
  const rankOf = new Map(rows.map(({ row, rank }) => [row, rank]));
  const lowestError = Math.max(...errors.map((row) => rankOf.get(row)!));
  for (const row of large) expect(rankOf.get(row)).toBeGreaterThan(lowestError);
});

test.each([[""], ["--label fraud"]])(
  "another rule chooses for a model of marked rows what training with it chooses %s",
  async (label) => {
    const place = folder();
    const rows = orders()
      .trim()
      .split("\n")
      .map((line, i) => `${line},${i === 0 ? "fraud" : i % 20 === 0 ? "yes" : "no"}`);
    fileIn(
      place,
      "orders.csv",
      `${(label ? rows : rows.map((row) => row.replace(/,\w+$/, ""))).join("\n")}\n`,
    );
    fileIn(place, "marks.csv", someMarks);
    const told = label === "" ? [] : label.split(" ");
    const trained = async (rule: string, output: string) => {
      const words = [...told, "--marks", "marks.csv", "--epochs", "2", "--threshold", rule];
      const call = ["train", "orders.csv", ...words, "-o", output];
      expect((await espejo(call, { in: place })).code).toBe(0);
    };
    await trained("quantile:0.95", "a.onnx");
    await trained("f1", "b.onnx");
    const words = ["-m", "a.onnx", "--threshold", "f1", "-o", "c.onnx", "--json"];
    const { out, err, code } = await espejo(["threshold", "orders.csv", ...words], { in: place });
    expect(code, err).toBe(0);
    const model = await TableModel.read(join(place, "b.onnx"));
    expect(JSON.parse(out).trained).toBe(true);
    expect(JSON.parse(out).threshold.value).toBe(model.metadata.threshold.value);
    await model.dispose();
    const report = await espejo(["report", "orders.csv", "-m", "a.onnx", "-o", "r.html"], {
      in: place,
    });
    expect(report.code, report.err).toBe(0);
  },
);

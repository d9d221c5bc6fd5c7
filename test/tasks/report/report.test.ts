import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { esFormulas } from "../../../src/charts/texts/formulas.ts";
import { wordsOf } from "../../../src/charts/words.ts";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { openTable } from "../../../src/data/tables/open.ts";
import { note } from "../../../src/data/terms/notes.ts";
import type { Table } from "../../../src/data/terms/table.ts";
import { operatorNames } from "../../../src/graph/index.ts";
import { shellOf } from "../../../src/invocation/shell.ts";
import { kinds } from "../../../src/models/kinds.ts";
import { readModel, writeModel } from "../../../src/onnx/index.ts";
import { random } from "../../../src/random.ts";
import { epochsOf } from "../../../src/tasks/model/history.ts";
import { TableModel } from "../../../src/tasks/model/table-model.ts";
import { likelySplit } from "../../../src/tasks/report/acquaintance.ts";
import { numberSpark } from "../../../src/tasks/report/profile.ts";
import { buildReport, report, saveFigures, saveReport } from "../../../src/tasks/report/report.ts";
import { shownName, trainingCalls } from "../../../src/tasks/report/reproduce.ts";
import { drawRows, highest, highestApart, middling } from "../../../src/tasks/report/rows.ts";
import { sumVariation } from "../../../src/tasks/report/variation.ts";
import { type TrainedTable, train } from "../../../src/tasks/train/train.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { mixedCsv, scratch } from "../tables.ts";

const path = mixedCsv("reported.csv", 900);
let table: Table;
let trained: TrainedTable;
beforeAll(async () => {
  table = await openTable(path, { label: "class" });
  trained = await train(table, { epochs: 25, seed: 3 });
});
afterAll(async () => {
  await trained.model.dispose();
  await trained.fitted.dispose();
  await table.dispose();
});

const textOf = (html: string): string => html.replace(/<(script|style)>[\s\S]*?<\/\1>/g, "");

describe("on the data that trained", () => {
  test("quality is that of the test part, as the training told it", async () => {
    const { evaluation, html, rows, flagged } = await report(path, trained.model);
    expect(evaluation).toEqual(trained.evaluation);
    expect(rows).toBe(900);
    expect(flagged).toBeGreaterThanOrEqual(evaluation!.confusion.truePositives);
    expect(html).toContain("These are the very data");
    expect(textOf(html)).toMatch(
      /<li>The scores tell anomalies from normal rows: ROC AUC 0\.\d{3} \(95 % interval/,
    );
    const spanish = await report(path, trained.model, {
      language: "es",
      verdicts: [{ code: "kept_stated", parameters: { method: "pca" } }],
    });
    expect(textOf(spanish.html)).toMatch(/<li>Las puntuaciones distinguen las anomalías/);
    expect(textOf(spanish.html)).toContain("Se conserva PCA, como se indicó.");
  });

  test("the same report comes twice, byte by byte, and with the split that the caller knows", async () => {
    const first = await report(path, trained.model);
    const again = await report(path, trained.model);
    expect(again.html).toBe(first.html);
    const { split } = trained;
    const told = await report(path, trained.model, { split });
    expect(told.html).toBe(first.html);
  });

  test("every epoch of the training stands in the file", () => {
    const kept = epochsOf(trained.model.metadata.training);
    expect(kept.map(({ loss }) => loss)).toEqual(
      trained.fitted.history.map(({ loss }) => Number(loss.toPrecision(6))),
    );
  });

  test("a threshold that was changed has a command of its own", () => {
    const { metadata } = trained.model;
    const commands = (rule: string) => {
      const threshold = { value: 2.5, rule, parameters: {} };
      const calls = trainingCalls({ ...metadata, threshold }, "d.csv", "m.onnx");
      return calls.map((each) => shellOf(each));
    };
    expect(commands(metadata.threshold.rule)).toHaveLength(1);
    expect(commands("f1")[1]).toBe("espejo threshold DATA -m m.onnx --threshold f1 -o m.onnx");
    expect(commands("stated")[1]).toBe("espejo threshold -m m.onnx --threshold 2.5 -o m.onnx");
  });

  test("the command that it names makes the same model", async () => {
    const { metadata } = trained.model;
    const command = shellOf(trainingCalls(metadata, "d.csv", "m.onnx")[0]!);
    expect(command).toMatch(/^espejo train d\.csv --label class --normal fine --id id --hidden/);
    const { architecture } = metadata;
    const again = await train(table, {
      hidden: architecture.hidden as number[],
      latentDim: Number(/--latent (\d+)/.exec(command)![1]),
      activation: /--activation (\w+)/.exec(command)![1] as "tanh",
      epochs: Number(/--epochs (\d+)/.exec(command)![1]),
      batchSize: Number(/--batch-size (\d+)/.exec(command)![1]),
      seed: Number(/--seed (\d+)/.exec(command)![1]),
      threshold: /--threshold (\S+)/.exec(command)![1]!,
    });
    expect(Buffer.from(again.model.bytes).equals(trained.model.bytes)).toBe(true);
    await again.model.dispose();
    await again.fitted.dispose();
  });
});

test("on other data all rows are judged, and it is said", async () => {
  const { evaluation, html } = await report(mixedCsv("others.csv", 300, 9), trained.model);
  expect(evaluation!.rows).toBe(300);
  expect(html).toContain("These are not the same data");
});

test("a split is only believed when its counts are those of the training", () => {
  const { training } = trained.model.metadata;
  expect(likelySplit(training, 900, trained.labels!.classes)!.counts).toEqual(trained.split.counts);
  expect(likelySplit(training, 901, trained.labels!.classes)).toBeNull();
  expect(likelySplit(training, 900, null)).toBeNull();
  expect(likelySplit(training, 900, new Uint8Array(900))).toBeNull();
});

test("column names, categories and file names from data never become markup", async () => {
  const evil = "<script>alert(1)</script>";
  const attribute = `"onload=alert(2) x='`;
  const file = join(scratch, "<img src=x onerror=alert(3)>.csv");
  const source = random(4);
  const rows = Array.from({ length: 120 }, (_, i) => {
    const cells = [source.normal(), source.normal(), source.normal()].map((v) => v.toFixed(3));
    return [...cells, `"${i % 3 ? evil : attribute.replaceAll('"', '""')}"`].join(",");
  });
  const quoted = `"${attribute.replaceAll('"', '""')}"`;
  writeFileSync(file, `"${evil}",${quoted},c,kind\n${rows.join("\n")}\n`);
  const open = await openTable(file);
  const { model, fitted } = await train(open, { epochs: 2 });
  const figuresFolder = join(scratch, "evil");
  const made = await buildReport({ table: open, model }, { color: "kind" });
  expect(made.html.match(/<script/g)).toHaveLength(1);
  expect(made.html).not.toMatch(/<img|<[^>]* onload=alert\(2\)/);
  expect(made.html).toContain("&lt;script&gt;alert(1)");
  expect(made.html).toContain("&lt;img src=x");
  await saveFigures(made, figuresFolder);
  for (const name of readdirSync(figuresFolder).filter((n) => n.endsWith(".svg")))
    expect(readFileSync(join(figuresFolder, name), "utf8"), name).not.toContain("<script");
  await Promise.all([model.dispose(), fitted.dispose(), open.dispose()]);
});

/** A model whose file tells less, or other things. */
async function retold(change: Readonly<Record<string, (value: string) => string | null>>) {
  const proto = readModel(trained.model.bytes, "m.onnx", operatorNames);
  const metadataProps = (proto.metadataProps ?? []).flatMap(({ key, value }) => {
    const told = change[key!] ? change[key!]!(value!) : value!;
    return told === null ? [] : [{ key: key!, value: told }];
  });
  return TableModel.from(writeModel({ ...proto, metadataProps }), "m.onnx");
}

test("a model without PCA or losses is reported as far as it can be", async () => {
  const model = await retold({
    "espejo.pca": () => "null",
    "espejo.training": (text) => JSON.stringify({ ...JSON.parse(text), history: undefined }),
  });
  const { html, figures, evaluation } = await report(path, model);
  expect(evaluation!.pca).toBeNull();
  expect(figures.map(({ name }) => name)).toEqual([
    "scores",
    "confusion",
    "roc",
    "precision",
    "map",
    "network",
  ]);
  expect(html).toContain("keeps no losses");
  await model.dispose();
});

test("figures become files that show something", async () => {
  const made = await report(path, trained.model);
  const names = await saveFigures(made, join(scratch, "figures", "deep"));
  expect(names).toHaveLength(2 * made.figures.length);
  for (const name of names.filter((each) => each.endsWith(".png"))) {
    const { channels } = await sharp(join(scratch, "figures", "deep", name)).stats();
    expect(channels[0]!.stdev, name).toBeGreaterThan(3);
  }
  await saveReport(made, join(scratch, "r.html"));
  expect(readFileSync(join(scratch, "r.html"), "utf8")).toBe(made.html);
});

test("the map can be coloured by any column, and an unknown one is refused with the nearest name", async () => {
  const dated = await report(path, trained.model, { color: "when" });
  expect(dated.html).toContain("the column when");
  await expect(report(path, trained.model, { color: "knid" })).rejects.toMatchObject({
    code: "column_unknown",
    parameters: { nearest: "kind" },
  });
});

test("a label may be called by its number, and an unknown one is refused", async () => {
  const { html } = await report(path, trained.model, { label: "8" });
  expect(html).toContain("Normal is class = fine");
  await expect(report(path, trained.model, { label: "clas" })).rejects.toMatchObject({
    code: "label_missing",
  });
});

test("a report in Spanish has no English sentence of ours", async () => {
  const { html } = await report(path, trained.model, { language: "es" });
  expect(html).toContain('<html lang="es">');
  // what stands in the file and in commands is no sentence
  const said = textOf(html).replace(/<code>[\s\S]*?<\/code>|<dd>\{[^<]*<\/dd>/g, "");
  expect(/\b(the rows|threshold|flagged|the model|score)\b.{0,40}/.exec(said)?.[0]).toBeUndefined();
});

test("what was said of the data is told in the language of the report", async () => {
  const notes = [note("decimal_comma"), note("left_out", { column: "x", why: note("why_empty") })];
  const read = { table: { ...table, notes }, model: trained.model };
  const { html } = await buildReport(read, { language: "es" });
  expect(html).toContain("coma decimal");
  expect(textOf(html)).toContain("se deja fuera: todas las celdas están ausentes");
});

describe("images and sequences", () => {
  const cells = (
    rows: number,
    shape: readonly number[],
    make: (i: number, k: number) => number,
  ) => {
    const size = shape.reduce((a, b) => a * b, 1);
    return {
      data: Float32Array.from({ length: rows * size }, (_, at) =>
        make(Math.floor(at / size), at % size),
      ),
      shape: [rows, ...shape],
    };
  };
  test.each([
    ["images", [6, 5, 1], (i: number, k: number) => ((i * 7 + k * 3) % 11) * 23],
    ["images", [4, 4, 3], (i: number, k: number) => ((i + k) % 6) * 50],
    ["sequences", [12, 1], (i: number, k: number) => ((i * i + 3 * k * k + i * k) % 17) / 5],
    ["sequences", [9, 6], (i: number, k: number) => (k % 6) * 100 + Math.cos(i * k)],
  ] as const)(
    "%s of %j: the worst and middling rows are pictured",
    async (content, shape, make) => {
      const labels = Array.from({ length: 60 }, (_, i) => (i % 6 === 0 ? "odd" : "fine"));
      const arrays = arraysFromData({ ...cells(60, shape, make), labels });
      const { model, fitted, evaluation } = await trainArrays(arrays, {
        ...{ epochs: 2, labelled: true, normal: "fine" },
      });
      const made = await report(arrays, model);
      expect(made.evaluation).toEqual(evaluation);
      expect(made.figures.filter(({ name }) => name.startsWith("worst-"))).toHaveLength(8);
      expect(made.figures.filter(({ name }) => name.startsWith("typical-"))).toHaveLength(4);
      expect(made.html.includes('href="data:image/png;base64,')).toBe(content === "images");
      await expect(report(arrays, model, { color: "size" })).rejects.toMatchObject({
        code: "column_unknown",
      });
      await Promise.all([model.dispose(), fitted.dispose()]);
    },
  );

  test("a table is no data for a model of sequences, nor the other way round", async () => {
    const arrays = arraysFromData(cells(20, [5, 1], (i, k) => i + k));
    const { model, fitted } = await trainArrays(arrays, { epochs: 1 });
    await expect(report(table, model)).rejects.toMatchObject({ code: "model_content" });
    await expect(report(arrays, trained.model)).rejects.toMatchObject({ code: "model_content" });
    await Promise.all([model.dispose(), fitted.dispose()]);
  });
});

describe("rows are chosen", () => {
  test("at random from the seed, rising, each once, all where they are few", () => {
    const drawn = drawRows(5000, 300, 7);
    expect(new Set(drawn).size).toBe(300);
    expect([...drawn].sort((a, b) => a - b)).toEqual([...drawn]);
    expect(drawRows(5000, 300, 7)).toEqual(drawn);
    expect(drawRows(5000, 300, 8)).not.toEqual(drawn);
    expect([...drawRows(4, 9, 1)]).toEqual([0, 1, 2, 3]);
  });

  test("by the greatest values, the earlier first where they tie, never what is no number", () => {
    expect(highest([1, 5, Number.NaN, 5, 9, 0], 3)).toEqual([4, 1, 3]);
    expect(highest([2], 5)).toEqual([0]);
  });

  test("by the middle value", () => {
    expect(middling(Float32Array.of(100, 1, 2, 3, 50), 2)).toEqual([3, 2]);
  });
});

test("the share of variation is 1 - squares missed / squares around the mean", () => {
  const [each, pooled] = [sumVariation(2, false), sumVariation(2, true)];
  for (const sum of [each, pooled]) {
    for (const value of [1, 2, 3]) sum.add(0, value, 0.5);
    for (const value of [10, 20, 30]) sum.add(1, value, 0);
    sum.add(1, Number.NaN, 7);
  }
  expect(each.share()).toBeCloseTo((1 - 1.5 / 2 + 1) / 2, 12);
  expect(pooled.share()).toBeCloseTo(1 - 1.5 / 202, 12);
  expect(sumVariation(3, true).share()).toBeNull();
});

test("absolute paths and hosts are not shown", () => {
  expect(shownName("/home/someone/data/x.csv")).toBe("x.csv");
  expect(shownName("C:\\Users\\someone\\x.csv")).toBe("x.csv");
  expect(shownName("data/x.csv")).toBe("data/x.csv");
  expect(shownName("postgres://me:secret@host:5432/sales?x=1")).toBe("postgres://…/sales");
});

test("no path of the machine is in a report", async () => {
  expect(existsSync(path)).toBe(true);
  const { html } = await report(path, trained.model);
  expect(html).not.toContain(scratch);
});

test("a small histogram of one bar is left out", () => {
  const words = wordsOf("en");
  expect(numberSpark([3, 3, Number.NaN, 3], String, words)).toBe("");
  expect(numberSpark([3, 4], String, words)).toMatchObject({
    markup: expect.stringContaining("<svg"),
  });
});

test("of windows that overlap only the oddest is pictured", () => {
  const scores = [0, 9, 8, 7, 1, 1, 6, Number.NaN, 5];
  expect(highestApart(scores, 3, 3)).toEqual([1, 6]);
  expect(highestApart(scores, 3, 1)).toEqual([1, 2, 3]);
  expect(highestApart([1], 3, 9)).toEqual([0]);
});

test("each kind tells in Spanish what it minimises, with the same signs", () => {
  expect(Object.keys(esFormulas).sort()).toEqual(kinds.map(({ name }) => name).sort());
  for (const { name, formula } of kinds) {
    const signs = (text: string): string => text.replace(/[^=^|~()+*/_;-]/g, "");
    if (name !== "ensemble") expect(signs(esFormulas[name]!)).toBe(signs(formula));
    expect(esFormulas[name]).not.toMatch(/\b(mean|sum|with|of|and|over|the|or)\b/);
  }
});

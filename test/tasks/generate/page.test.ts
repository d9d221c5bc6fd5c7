import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { openTable } from "../../../src/data/tables/open.ts";
import type { Table } from "../../../src/data/terms/table.ts";
import { generateArrays, generateRows } from "../../../src/tasks/generate/generate.ts";
import { generationReport } from "../../../src/tasks/generate/page.ts";
import type { TableModel } from "../../../src/tasks/model/table-model.ts";
import { train } from "../../../src/tasks/train/train.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { mixedCsv } from "../tables.ts";

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});

const plain = (html: string): string =>
  html.replace(/<(script|style)>[\s\S]*?<\/\1>|<\/?span[^>]*>/g, "");

describe("a page about generated rows", () => {
  let table: Table;
  let model: TableModel;
  beforeAll(async () => {
    table = await openTable(mixedCsv("shown.csv", 400));
    const trained = await train(table, { epochs: 15, seed: 1 });
    model = trained.model;
    open.push(table, model, trained.fitted);
  });

  test("sets each column, the correlations and the nearest rows beside real ones", async () => {
    const generated = await generateRows(model, table, { rows: 300, seed: 3, quality: true });
    const made = { model, generated, data: "/home/someone/shown.csv" };
    const page = await generationReport(made, { modelName: "m.onnx" });
    const columns = generated.quality!.columns;
    const names = page.figures.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("column-"))).toHaveLength(columns.length);
    expect(names).toEqual(expect.arrayContaining(["correlations", "nearest"]));
    const [worst] = [...columns].sort((a, b) => b.distance - a.distance);
    expect(page.figures[0]).toMatchObject({
      title: worst!.name,
      reading: `distance ${worst!.distance.toFixed(3)}`,
    });
    for (const { svg, alternative } of page.figures) {
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(alternative).not.toMatch(/\{\w+\}/);
    }
    const html = plain(page.html);
    expect(html).toContain(generated.quality!.auc.toFixed(3));
    expect(html).toContain("300 rows like those of shown.csv were made");
    expect(html).not.toContain("/home/someone");
    expect(html).not.toMatch(/\{\w+\}/);
    expect(html).toContain(
      "espejo generate --rows 300 --seed 3 --data shown.csv -m m.onnx --report generated.html",
    );
    expect(page.summary).toHaveLength(3);
    expect((await generationReport(made, { modelName: "m.onnx" })).html).toBe(page.html);
  });

  test("says first that copies, and what is told apart, are not to be shared", async () => {
    const generated = await generateRows(model, table, { rows: 150, quality: true });
    const with_ = (auc: number, copies: number) => {
      const { compared, quality } = generated;
      const nearest = { ...quality!.nearest, copies };
      const other = { ...quality!, auc, nearest };
      return { ...generated, quality: other, compared: { ...compared!, quality: other } };
    };
    const pageOf = (auc: number, copies: number) =>
      generationReport({ model, generated: with_(auc, copies), data: "d.csv" });
    const good = await pageOf(0.55, 0.01);
    expect(good.verdicts).toEqual([]);
    expect(good.summary.join(" ")).toMatch(/hardly tells them from real ones.*They may serve/);
    const apart = await pageOf(0.93, 0);
    expect(apart.verdicts.map(({ code }) => code)).toEqual(["generated_apart"]);
    expect(apart.summary.join(" ")).toMatch(
      /can be told from real ones easily.*Do not pass them on/,
    );
    expect(apart.next.map(({ invocation }) => invocation.verb)).toEqual([
      "train",
      "generate",
      "generate",
    ]);
    const copied = await pageOf(0.55, 0.4);
    expect(copied.summary.join(" ")).toMatch(
      /^[^.]+\.csv were made[^.]+\. 40\.0.% of them are so near/,
    );
  });

  test("speaks Spanish without a word of ours in English", async () => {
    const generated = await generateRows(model, table, { rows: 120, quality: true });
    const { html } = await generationReport(
      { model, generated, data: "d.csv" },
      { language: "es" },
    );
    const said = plain(html).replace(/<code>[\s\S]*?<\/code>/g, "");
    expect(said).toContain("Columna a columna");
    expect(said).not.toMatch(/\b(the|of|rows|real ones|generated|missing|other)\b/);
  });

  test("needs rows that were compared", async () => {
    const generated = await generateRows(model, table, { rows: 20 });
    await expect(generationReport({ model, generated, data: "d.csv" })).rejects.toThrow(
      /generationReport/,
    );
  });
});

test.each([
  ["images", [6, 5, 1]],
  ["sequences", [8, 2]],
] as const)("a page about %s shows pictures of them", async (content, shape) => {
  const cells = shape.reduce<number>((n, size) => n * size, 1);
  const data = Float64Array.from(
    { length: 90 * cells },
    (_, k) => ((k * k * 7) % 256) / (content === "images" ? 1 : 50),
  );
  const arrays = arraysFromData({ data, shape: [90, ...shape] });
  const { model, fitted } = await trainArrays(arrays, { epochs: 2, seed: 1 });
  open.push(arrays, model, fitted);
  const generated = await generateArrays(model, arrays, { rows: 30, quality: true });
  const page = await generationReport({ model, generated, data: "d.npy" });
  expect(page.figures.map(({ name }) => name)).toEqual([
    ...["grid", "nearest", "pairs"],
    ...Array.from({ length: shape.at(-1)! }, (_, f) => `values-${f + 1}`),
  ]);
  const [grid] = page.figures;
  const tiles = content === "images" ? /<image /g : /<path /g;
  expect(grid!.svg.match(tiles)).toHaveLength(44);
  expect(page.html).toContain(`30 ${content} like those of d.npy were made`);
});

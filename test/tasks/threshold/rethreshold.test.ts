import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openArrays } from "../../../src/data/arrays/open-arrays.ts";
import { openTable } from "../../../src/data/tables/open.ts";
import type { OpenOptions } from "../../../src/data/terms/table.ts";
import { random } from "../../../src/random.ts";
import { importKeras } from "../../../src/tasks/keras/import-keras.ts";
import { TableModel } from "../../../src/tasks/model/table-model.ts";
import {
  rethreshold,
  rethresholdArrays,
  withThreshold,
} from "../../../src/tasks/threshold/rethreshold.ts";
import { train } from "../../../src/tasks/train/train.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { keptBytes } from "../../keras/kept.ts";
import { mixedCsv, scratch } from "../tables.ts";

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});
function kept<T extends { dispose(): Promise<void> }>(each: T): T {
  open.push(each);
  return each;
}
const labelled: OpenOptions = { label: "class" };
const settings = { epochs: 3, seed: 4 };

describe("a table with labels", () => {
  const path = mixedCsv("labelled.csv", 600);
  const trained = async (threshold: string, kind = "basic") => {
    const table = kept(await openTable(path, labelled));
    const result = await train(table, { ...settings, kind, threshold });
    kept(result.model);
    return { ...result, table };
  };

  test.each(["basic", "ensemble"])("gets what training with the rule gives: %s", async (kind) => {
    const first = await trained("quantile:0.9", kind);
    const wanted = await trained("recall:0.7", kind);
    const found = await rethreshold(first.model, first.table, { threshold: "recall:0.7" });
    kept(found.model);
    expect(found.threshold).toEqual(wanted.threshold);
    expect(found.before.rule).toBe("quantile:0.9");
    expect(found).toMatchObject({ trained: true, chosenOn: 120, judged: 120 });
    const { pca: _, ...judged } = wanted.evaluation!;
    expect(found.evaluation).toMatchObject(judged);
    const { confusion } = found.evaluation!;
    expect(found.flagged.after).toBe(confusion.truePositives + confusion.falsePositives);
    // but for the rule of the training the file is that of the training
    const { metadata } = found.model;
    const { training, ...rest } = wanted.model.metadata;
    expect({ ...metadata, training }).toEqual({ ...rest, training });
    expect(metadata.training).toEqual(first.model.metadata.training);
    for await (const batch of found.model.batches(first.table)) {
      const run = (model: TableModel) => model.run(["score", "is_anomaly", "error"], batch);
      expect(await run(found.model)).toEqual(await run(wanted.model));
    }
  });

  test("rules about normal rows see these alone", async () => {
    const { model, table } = await trained("max");
    const found = await rethreshold(model, table, { threshold: "quantile:0.9" });
    kept(found.model);
    expect(found.chosenOn).toBe(114);
    expect(found.threshold).toEqual((await trained("quantile:0.9")).threshold);
  });

  test("on other rows all of them choose and are judged", async () => {
    const { model } = await trained("max");
    const source = await openTable(mixedCsv("others.csv", 200, 9), labelled);
    const others = kept(source);
    const found = await rethreshold(model, others, { threshold: "contamination:0.1" });
    kept(found.model);
    expect(found).toMatchObject({ trained: false, chosenOn: 200, judged: 200 });
    expect(found.flagged.after).toBe(20);
    expect(found.evaluation).toMatchObject({ rows: 200, anomalies: 10 });
  });

  test("the rows that trained are refused without the labels that tell which did not", async () => {
    const { model } = await trained("max");
    const text = readFileSync(path, "utf8").replaceAll(/,(class|fine|odd)$/gm, "");
    const bare = join(scratch, "bare.csv");
    writeFileSync(bare, text);
    const { columns, source } = model.metadata;
    const table = kept(await openTable(bare, { expect: columns, prior: source }));
    const found = rethreshold(model, table, { threshold: "quantile:0.9" });
    await expect(found).rejects.toMatchObject({
      code: "threshold_trained",
      parameters: { path: bare, label: "class" },
    });
  });

  test("a rule that weighs labels needs them, and one of a tail needs rows", async () => {
    const { model } = await trained("max");
    const { columns, source } = model.metadata;
    const text = readFileSync(path, "utf8").replaceAll(/,(class|fine|odd)$/gm, "");
    const few = join(scratch, "few.csv");
    writeFileSync(few, `${text.split("\n").slice(0, 21).join("\n")}\n`);
    const table = kept(await openTable(few, { expect: columns, prior: source }));
    const asked = (threshold: string) => rethreshold(model, table, { threshold });
    await expect(asked("f1")).rejects.toMatchObject({ code: "threshold_labels" });
    await expect(asked("pot:0.001")).rejects.toMatchObject({ code: "threshold_rows" });
  });

  test("a stated number needs no data, and changes nothing but verdicts", async () => {
    const { model, table } = await trained("quantile:0.9");
    const changed = kept(await TableModel.from(withThreshold(model, 0.25), "changed"));
    const stated = { value: 0.25, rule: "stated", parameters: {} };
    expect(changed.metadata).toEqual({ ...model.metadata, threshold: stated });
    for await (const batch of model.batches(table)) {
      const before = await model.run(["score"], batch);
      const after = await changed.run(["score", "is_anomaly"], batch);
      expect(after.score).toEqual(before.score);
      const scores = [...(after.score!.data as Float32Array)];
      expect([...(after.is_anomaly!.data as Uint8Array)]).toEqual(
        scores.map((score) => Number(score > 0.25)),
      );
      expect(new Set(after.is_anomaly!.data as Uint8Array).size).toBe(2);
    }
    const found = await rethreshold(model, table, { threshold: 0.25 });
    kept(found.model);
    expect(found.model.bytes).toEqual(changed.bytes);
  });
});

test("without labels the rows that judged when to stop choose, as in training", async () => {
  const table = kept(await openTable(mixedCsv("plain.csv", 300), { ignore: ["class"] }));
  const first = await train(table, { ...settings, threshold: "max" });
  const wanted = await train(table, { ...settings, threshold: "sd:2" });
  kept(first.model);
  kept(wanted.model);
  const found = await rethreshold(first.model, table, { threshold: "sd:2" });
  kept(found.model);
  expect(found.threshold).toEqual(wanted.threshold);
  expect(found).toMatchObject({ trained: true, chosenOn: 30, judged: 30, evaluation: null });
});

test("windows get a threshold for their time stamps too; a stated number leaves it", async () => {
  const source = random(3);
  const lines = Array.from({ length: 240 }, (_, t) =>
    [t, Math.sin(t / 4) + 0.1 * source.normal(), Math.cos(t / 4)].join(","),
  );
  const path = join(scratch, "series.csv");
  writeFileSync(path, `${["step,a,b", ...lines].join("\n")}\n`);
  const cut = { content: "sequences", time: "step", window: 12 } as const;
  const arrays = kept(await openArrays(path, cut));
  const options = { ...settings, kind: "convolutional", latentDim: 2 };
  const first = await trainArrays(arrays, { ...options, threshold: "max" });
  const wanted = await trainArrays(arrays, { ...options, threshold: "quantile:0.8" });
  kept(first.model);
  kept(wanted.model);
  const found = await rethresholdArrays(first.model, arrays, { threshold: "quantile:0.8" });
  kept(found.model);
  expect(found.trained).toBe(true);
  expect(found.model.metadata.threshold).toEqual(wanted.model.metadata.threshold);
  expect(found.model.metadata.stampThreshold).toEqual(wanted.model.metadata.stampThreshold);
  expect(found.stampThreshold!.threshold).toBeLessThan(first.model.metadata.stampThreshold!.value);
  const stated = await rethresholdArrays(first.model, arrays, { threshold: 2 });
  kept(stated.model);
  expect(stated.stampThreshold).toBeNull();
  expect(stated.model.metadata.stampThreshold).toEqual(first.model.metadata.stampThreshold);
});

test("a Keras network that came without a threshold gets one", async () => {
  const file = join(scratch, "m.keras");
  writeFileSync(file, keptBytes("functional-in-functional.keras"));
  const { model } = await importKeras(file);
  kept(model);
  const names = (model as TableModel).numericColumns.map(({ name }) => name);
  const rows = Array.from({ length: 50 }, (_, i) => names.map((_, j) => Math.sin(i * 3 + j * j)));
  const path = join(scratch, "keras-rows.csv");
  writeFileSync(path, `${[names, ...rows].map((row) => row.join(",")).join("\n")}\n`);
  const { columns, source } = (model as TableModel).metadata;
  const table = kept(await openTable(path, { expect: columns, prior: source }));
  const found = await rethreshold(model as TableModel, table, { threshold: "contamination:0.1" });
  kept(found.model);
  expect(found.flagged).toEqual({ before: 0, after: 5 });
});

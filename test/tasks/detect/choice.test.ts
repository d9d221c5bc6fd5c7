import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reconstructionErrors } from "../../../src/metrics/index.ts";
import { detect, openTable, report, TableModel, train } from "../../../src/node.ts";
import { random } from "../../../src/random.ts";
import { pcaFromMetadata } from "../../../src/tasks/model/pca-metadata.ts";
import { mixedCsv, scratch } from "../tables.ts";

/** Eight columns of two hidden factors, linear and far-reaching; anomalies leave the plane a little. */
function linearCsv(name: string, rows: number, seed = 3): string {
  const source = random(seed);
  const lines = ["a,b,c,d,e,f,g,h,class"];
  for (let i = 0; i < rows; i++) {
    // most rows lie near the middle, some very far out, all of them in the plane
    const far = Math.exp(1.5 * source.normal());
    const [u, v] = [far * source.normal(), far * source.normal()];
    const odd = i % 15 === 4;
    const cells = Array.from({ length: 8 }, (_, j) => {
      const plane = Math.cos(j) * u + Math.sin(2 * j) * v;
      return (plane + 0.02 * source.normal() + (odd ? 0.3 * source.normal() : 0)).toFixed(5);
    });
    lines.push([...cells, odd ? "odd" : "fine"].join(","));
  }
  const path = join(scratch, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

const codes = (list: readonly { readonly code: string }[]) => list.map(({ code }) => code);

describe("with a label", () => {
  test("PCA is kept where it is better by more than chance, as a model file", async () => {
    const path = linearCsv("linear.csv", 1500);
    const detector = await detect(path, { label: "class", beside: true, epochs: 20 });
    expect(codes(detector.verdicts)).toEqual(["separates", "kept_better"]);
    expect(detector.method).toBe("pca");
    expect(detector.beside.map(({ name }) => name)).toEqual(["ensemble", "basic"]);
    const [ensemble] = detector.beside;
    expect(detector.evaluation!.averagePrecision).toBeGreaterThan(ensemble!.averagePrecision!);
    const saved = join(scratch, "kept.onnx");
    await detector.save(saved);
    const before = await detector.score(path);
    await detector.dispose();
    const model = await TableModel.read(saved);
    expect(model.metadata.kind).toBe("basic");
    expect(model.metadata.training).toMatchObject({ epochs: 0, options: { keep: "pca" } });
    const html = (await report(path, saved)).html.replace(/<\/?span[^>]*>/g, "");
    expect(html).toMatch(/espejo detect \S*linear\.csv --keep pca .*--label class .*--save/);
    expect(html).toContain("none: PCA, whose weights are principal components");
    // and is compared with nothing, itself least of all
    expect(detector.evaluation!.pca).toBeNull();
    expect(html).toContain("seen by PCA (");
    expect(html).not.toMatch(/PCA \(0\.|; PCA |no PCA to compare|autoencoder: basic/);
    await model.dispose();
    const stated = await detect(path, { label: "class", keep: "pca" });
    expect(codes(stated.verdicts)).toContain("kept_stated");
    expect(Buffer.compare(stated.model.bytes, readFileSync(saved))).toBe(0);
    expect(await stated.score(path)).toEqual(before);
    await stated.dispose();
  });

  test("the ensemble is kept where none is better, and where anomalies are few", async () => {
    const some = mixedCsv("usual.csv", 1200);
    const usual = await detect(some, { label: "class", beside: true, epochs: 20 });
    expect(codes(usual.verdicts)).toEqual(["separates", "kept_usual"]);
    expect(usual.method).toBe("ensemble");
    // the report says once which method is better, by what weighs chance
    const { html } = await report(some, usual.model, { verdicts: usual.verdicts });
    expect(html).toContain("as usual");
    expect(html).not.toMatch(/PCA, the classical linear method,/);
    await usual.dispose();
    const few = await detect(mixedCsv("few.csv", 300), { label: "class", beside: true, epochs: 5 });
    expect(codes(few.verdicts)).toContain("kept_few");
    await few.dispose();
  });
});

test("without a label, with a kind, and alone nothing is chosen", async () => {
  const path = mixedCsv("none.csv", 300);
  const given = { ignore: ["class"], epochs: 3 };
  const unlabelled = await detect(path, { ...given, beside: true });
  expect(unlabelled.verdicts).toEqual([]);
  expect(unlabelled.beside.map(({ name }) => name)).toEqual(["basic", "pca"]);
  await unlabelled.dispose();
  const alone = await detect(path, { label: "class", epochs: 3 });
  expect(codes(alone.verdicts).filter((code) => code.startsWith("kept"))).toEqual([]);
  await alone.dispose();
  const kind = await detect(path, { label: "class", kind: "basic", epochs: 3, beside: true });
  expect([kind.method, codes(kind.verdicts).filter((code) => code.startsWith("kept"))]).toEqual([
    null,
    [],
  ]);
  await kind.dispose();
  await expect(detect(path, { kind: "tied", keep: "pca" })).rejects.toMatchObject({
    code: "keep_kind",
  });
});

test("a kept PCA scores as PCA does, categories and missing cells included", async () => {
  const table = await openTable(mixedCsv("pca.csv", 400), { label: "class" });
  const { model, fitted } = await train(table, { pca: true });
  expect(model.metadata.pca).toBeNull();
  // another model of the same rows has that PCA beside it
  const plain = await train(table, { epochs: 1 });
  const pca = pcaFromMetadata(plain.model.metadata.pca!);
  for await (const batch of model.batches(table)) {
    const { score, prepared, error } = await model.run(["score", "prepared", "error"], batch);
    const x = prepared!.data as Float32Array;
    const width = x.length / batch.rows;
    const cells = pca.mean.length;
    expect(width).toBeGreaterThan(cells);
    const first = new Float32Array(batch.rows * cells);
    for (let i = 0; i < batch.rows; i++)
      first.set(x.subarray(i * width, i * width + cells), i * cells);
    const wanted = reconstructionErrors(pca, first);
    const columns = error!.data.length / batch.rows;
    for (let i = 0; i < batch.rows; i++) {
      expect((score!.data as Float32Array)[i]).toBeCloseTo(wanted[i]!, 4);
      const own = (error!.data as Float32Array).subarray(i * columns, (i + 1) * columns);
      // of a row without gaps the score is the mean of the errors of its columns
      if (batch.numeric.slice(i * 5, (i + 1) * 5).every((cell) => !Number.isNaN(cell)))
        expect(own.reduce((a, b) => a + b, 0) / columns).toBeCloseTo(wanted[i]!, 4);
    }
  }
  for (const held of [fitted, model, plain.fitted, plain.model, table]) await held.dispose();
});

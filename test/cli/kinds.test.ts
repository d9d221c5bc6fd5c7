import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { random } from "../../src/random.ts";
import { espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";

/** An IDX file of images [rows, 8, 8] with one bright bar. */
function idxImages(rows: number): Uint8Array {
  const source = random(3);
  const bytes = new Uint8Array(16 + rows * 64);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of [0x803, rows, 8, 8].entries()) view.setUint32(4 * i, value);
  for (let i = 0; i < rows; i++) {
    const at = source.below(8);
    for (let k = 0; k < 8; k++) bytes[16 + i * 64 + k * 8 + at] = 200 + source.below(50);
  }
  return gzipSync(bytes);
}

/** Sequences of 24 steps, one a line, their class first. */
function wideText(rows: number): string {
  const source = random(4);
  return Array.from({ length: rows }, (_, i) => {
    const odd = i % 8 === 2;
    const phase = 6 * source.uniform();
    const steps = Array.from({ length: 24 }, (_, t) =>
      (odd ? source.normal() : Math.sin(phase + t / 2)).toFixed(4),
    );
    return [odd ? 2 : 1, ...steps].join("  ");
  }).join("\n");
}

test("kinds are listed with a line each and their formula, and as JSON", async () => {
  const { code, out } = await espejo(["kinds"]);
  expect(code).toBe(0);
  const answer = JSON.parse((await espejo(["kinds", "--json"])).out);
  expect(Object.keys(answer)).toEqual(["schemaVersion", "kinds"]);
  const told = answer.kinds;
  const names = told.map(({ name }: { name: string }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      ...["basic", "tied", "sparse", "contractive", "denoising", "robust", "variational"],
      ...["adversarial", "wasserstein", "convolutional", "recurrent"],
    ]),
  );
  for (const { name, formula, source, data } of told) {
    expect(Object.keys(told[0])).toEqual(["name", "formula", "source", "data"]);
    expect(out).toContain(name);
    expect(out).toContain(formula);
    expect(out).toContain(source);
    expect(data.length).toBeGreaterThan(0);
  }
  expect((await espejo(["kinds", "--lang", "es"])).out).toContain("filtros iguales");
});

describe("train takes every kind without a further option", () => {
  test.each([
    ...["tied", "sparse", "contractive", "denoising", "robust", "variational", "adversarial"],
    ...["wasserstein", "denoising+robust"],
  ])("%s on a table", async (kind) => {
    const place = folder();
    fileIn(place, "t.csv", smallTable());
    const words = ["train", "t.csv", "--kind", kind, "--epochs", "2", "-o", "m.onnx"];
    const { code, err } = await espejo(words, { in: place });
    expect(err).toContain(`${kind.split("+").reverse().join("+")} network`);
    expect(code).toBe(0);
  });
});

test("images are trained on, scored, encoded, rebuilt as pictures and described", async () => {
  const place = folder();
  fileIn(place, "bars-images.idx3.gz", idxImages(60));
  const data = "bars-images.idx3.gz";
  const words = ["train", data, "--kind", "convolutional", "--epochs", "3", "-o", "m.onnx"];
  const trained = await espejo([...words, "--latent", "4"], { in: place });
  expect(trained.err).toContain("60 images of 8 x 8 x 1");
  expect(trained.code).toBe(0);
  const scored = await espejo(["score", data, "-m", "m.onnx"], { in: place });
  const lines = scored.out.trim().split("\n");
  expect([lines.length, lines[0]]).toEqual([61, "name,score,is_anomaly,reason_1"]);
  const codes = await espejo(["encode", data, "-m", "m.onnx", "-o", "codes.csv"], { in: place });
  expect(codes.code).toBe(0);
  const rows = await espejo(["decode", "codes.csv", "-m", "m.onnx"], { in: place });
  expect(rows.out.split("\n")[0]!.split(",")).toHaveLength(64);
  const rebuilt = await espejo(["reconstruct", data, "-m", "m.onnx", "-o", "out"], { in: place });
  expect(rebuilt.code).toBe(0);
  expect(namesIn(join(place, "out"))).toHaveLength(60);
  const told = await espejo(["inspect", "m.onnx"], { in: place });
  expect(told.out).toContain("images of 8 x 8 x 1");
  const seen = await espejo([data], { in: place });
  expect(seen.err).toContain(`espejo train ${data} --kind convolutional -o model.onnx`);
});

test("sequences of a wide table are trained on their normal class and judged", async () => {
  const place = folder();
  fileIn(place, "beats.txt", wideText(120));
  const words = ["train", "beats.txt", "--kind", "recurrent", "--normal", "1", "-o", "m.onnx"];
  const trained = await espejo([...words, "--epochs", "4"], { in: place });
  expect(trained.err).toContain("120 sequences of 24 x 1");
  expect(trained.out).toContain("ROC AUC");
  expect(trained.code).toBe(0);
  const judged = await espejo(["evaluate", "beats.txt", "-m", "m.onnx", "--json"], { in: place });
  expect(JSON.parse(judged.out)).toMatchObject({ rows: 120, anomalies: 15 });
});

test("data that do not fit the model are refused in one line", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  fileIn(place, "i.idx3.gz", idxImages(20));
  fileIn(place, "short.csv", smallTable().split("\n").slice(0, 50).join("\n"));
  await espejo(["train", "t.csv", "--epochs", "1", "-o", "t.onnx"], { in: place });
  await espejo(["train", "i.idx3.gz", "--epochs", "1", "-o", "i.onnx"], { in: place });
  for (const words of [
    ["score", "i.idx3.gz", "-m", "t.onnx"],
    ["score", "t.csv", "-m", "i.onnx"],
    ["train", "i.idx3.gz", "--kind", "recurrent"],
    ["train", "t.csv", "--clean", "short.csv"],
  ]) {
    const { code, err } = await espejo(words, { in: place });
    expect(err).toMatch(/^(.*\n)*error: .+\n$/);
    expect(err).not.toMatch(/should not have happened|\n\s+at /);
    expect([2, 3]).toContain(code);
  }
});

test("the ensemble trains for as many epochs as it needs, not for those of a table", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const words = ["train", "t.csv", "--label", "odd", "--kind", "ensemble", "-o", "m.onnx"];
  const { code, err } = await espejo(words, { in: place });
  expect(code).toBe(0);
  // 1,000 steps of 64 of 136 rows: three a time
  expect(err).toMatch(/^epoch 1\/333 /m);
  const told = JSON.parse((await espejo(["inspect", "m.onnx", "--json"], { in: place })).out);
  expect(JSON.stringify(told)).toContain('"epochs":333');
});

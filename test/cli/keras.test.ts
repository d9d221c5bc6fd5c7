import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readKeras, TableModel, trained } from "../../src/node.ts";
import { farthest } from "../graph/compute.ts";
import { changed, kept, keptBytes, keptOfKeras2 } from "../keras/kept.ts";
import { espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";

const nested = kept.find(({ name }) => name === "functional-in-functional")!;
const width = nested.input[0]!;

/** A folder with a Keras model of a table, and rows for it under names of their own. */
function placeWithModel(): string {
  const place = folder();
  writeFileSync(join(place, "m.keras"), keptBytes("functional-in-functional.keras"));
  const names = Array.from({ length: width }, (_, j) => `v${j}`);
  const rows = Array.from({ length: 60 }, (_, i) =>
    names.map((_, j) => Math.sin(i * 3 + j * j).toFixed(4)).join(","),
  );
  fileIn(place, "t.csv", [names.join(","), ...rows].join("\n"));
  return place;
}

describe("import", () => {
  test("without data gives a model that predicts what Keras predicts", async () => {
    const place = placeWithModel();
    const call = await espejo(["import", "m.keras"], { in: place });
    expect(call.code, call.err).toBe(0);
    expect(call.err).toContain('the code is the output of "code": 3 numbers from 16');
    expect(call.err).toContain("no threshold");
    const model = await TableModel.read(join(place, "model.onnx"));
    const numeric = Float64Array.from(nested.x);
    const outputs = await model.run(["reconstruction", "latent", "is_anomaly"], {
      ...{ rows: 2, numeric, categories: [] },
    });
    expect(farthest(outputs.reconstruction!.data as Float32Array, nested.y)).toBeLessThan(1e-5);
    expect(outputs.latent!.shape).toEqual([2, 3]);
    expect([...(outputs.is_anomaly!.data as Uint8Array)]).toEqual([0, 0]);
    await model.dispose();
    const inspected = await espejo(["inspect", "model.onnx"], { in: place });
    expect(inspected.out).toMatch(/^imported from Keras 3\.\d+\.\d+, code "code"\n/);
  });

  test.each(["--threshold max", "--normal 1", "--epochs 2", "--label v0"])(
    "%s without data is refused",
    async (words) => {
      const place = placeWithModel();
      const call = await espejo(["import", "m.keras", ...words.split(" ")], { in: place });
      expect([call.code, call.err]).toEqual([2, expect.stringContaining("say --data DATA")]);
    },
  );

  test("a Keras file is inspected as it would be imported", async () => {
    const place = placeWithModel();
    const call = await espejo(["m.keras"], { in: place });
    expect(call.code, call.err).toBe(0);
    expect(call.out).toContain('the code is the output of "code": 3 numbers from 16\n');
    expect(call.err).toContain("espejo import m.keras -o model.onnx");
    const { out } = await espejo(["inspect", "m.keras", "--json"], { in: place });
    expect(JSON.parse(out)).toMatchObject({ path: "m.keras", input: [16], code: "code" });
    fileIn(place, "t.h5", "time,x\n1,2\n");
    const none = await espejo(["inspect", "t.h5"], { in: place });
    expect([none.code, none.err]).toEqual([5, expect.stringContaining("t.h5: not a readable Ker")]);
  });

  test("with data takes their names and chooses a threshold, in Spanish too", async () => {
    const place = placeWithModel();
    const call = await espejo(
      ["import", "m.keras", "--data", "t.csv", "--threshold", "quantile:0.9", "--lang", "es"],
      { in: place },
    );
    expect(call.code, call.err).toBe(0);
    expect(call.err).toMatch(/umbral [\d.]+ \(quantile:0\.9\), elegido con 60 filas/);
    const scored = await espejo(["score", "t.csv", "-m", "model.onnx", "--json"], { in: place });
    const { rows } = JSON.parse(scored.out) as { rows: { is_anomaly: boolean }[] };
    expect(rows.filter(({ is_anomaly: flag }) => flag)).toHaveLength(6);
    const reasons = await espejo(["score", "t.csv", "-m", "model.onnx", "--reasons", "all"], {
      in: place,
    });
    expect(reasons.out).toMatch(/,v\d+ = /);
  });

  test("tells that Keras computed in numbers of fewer digits", async () => {
    const place = folder();
    const { bytes } = keptOfKeras2.find(({ file }) => file === "mixed_bfloat16.h5")!;
    writeFileSync(join(place, "m.h5"), bytes);
    const call = await espejo(["import", "m.h5"], { in: place });
    expect(call.code, call.err).toBe(0);
    expect(call.err).toContain("Keras computes it in mixed_bfloat16, Espejo in float32");
    const { out } = await espejo(["import", "m.h5", "--json"], { in: place });
    expect(JSON.parse(out).precision).toBe("mixed_bfloat16");
  });

  test("trains on over data where epochs are asked for", async () => {
    const place = placeWithModel();
    const words = ["import", "m.keras", "--data", "t.csv", "--learning-rate", "0.01", "--json"];
    const plain = await espejo(words, { in: place });
    const further = await espejo([...words, "--epochs", "5"], { in: place });
    const answer = (out: string) => JSON.parse(out.trimEnd().split("\n").at(-1)!);
    expect(answer(plain.out)).toMatchObject({ epochs: 0, input: [16], latentDim: 3, loss: "mse" });
    expect(answer(further.out).epochs).toBe(5);
    expect(answer(further.out).threshold.threshold).toBeLessThan(
      answer(plain.out).threshold.threshold,
    );
  });

  test("takes images of its own size, divided, and images that are laid flat", async () => {
    const place = folder();
    writeFileSync(join(place, "m.keras"), keptBytes("functional-in-functional.keras"));
    writeFileSync(join(place, "c.keras"), keptBytes("pooled-images.keras"));
    const flat = await espejo(
      ["import", "m.keras", "--shape", "4x4x1", "--divide", "255", "-o", "flat.onnx"],
      { in: place },
    );
    expect(flat.code, flat.err).toBe(0);
    expect(flat.err).toContain("rows of 4x4x1, divided by 255");
    const images = await espejo(["import", "c.keras", "--json", "-o", "c.onnx"], { in: place });
    expect(JSON.parse(images.out)).toMatchObject({ input: [12, 12, 1], threshold: null });
    const again = await espejo(["export", "c.onnx", "-o", "back.keras"], { in: place });
    expect(again.code, again.err).toBe(0);
    const { x, y, input } = kept.find(({ name }) => name === "pooled-images")!;
    const back = await readKeras(readFileSync(join(place, "back.keras")));
    const fitted = await trained(back.model, back.parameters);
    const { data } = await fitted.reconstruct({ data: x, shape: [2, ...input] });
    expect(farthest(data, y)).toBeLessThan(1e-5);
    await fitted.dispose();
  });

  test.each([
    [["import", "absent.keras"], 3, "absent.keras: no such file"],
    [["import", "t.csv"], 5, "t.csv: not a readable Keras model file"],
    [["import", "m.keras", "--code", "x"], 2, 'no layer is called "x"'],
    [["import", "m.keras", "--shape", "3x3"], 2, "the network takes rows of 16, not of 3x3"],
    [["import", "m.keras", "--shape", "x"], 2, "--shape: sizes such as 28x28x1 are expected"],
    [["import", "half.keras"], 2, "half.keras: rows of 3 become rows of 20"],
    [
      ["import", "m.keras", "--data", "t.csv", "--ignore", "v1"],
      3,
      "m.keras: the network takes 16 columns of numbers, t.csv has 15 and 0 of categories",
    ],
    [["import", "m.keras", "--data", "t.csv", "--threshold", "f1"], 2, "threshold: f1 needs"],
    [["import", "m.keras", "-o", "no/m.onnx"], 1, "no/m.onnx could not be written"],
    [
      ["export", "m.keras"],
      5,
      "m.keras: not a readable ONNX model: it is a Keras model: espejo imp",
    ],
    [["score", "t.csv", "-m", "m.h5"], 5, "m.h5: not a readable ONNX model: it is a Keras model"],
    [["score", "t.csv", "-m", "tf"], 3, "tf: cannot be read: it is a folder"],
    [["import", "tf"], 5, "tf: a TensorFlow SavedModel, not a Keras model file; save it as .keras"],
    [["import", "tf", "--lang", "es"], 5, "tf: un SavedModel de TensorFlow, no un fichero de"],
    [
      ["import", "turned.keras", "--lang", "es"],
      5,
      "go_backwards es true, Espejo tiene false; cámb",
    ],
    [["export", "absent.onnx"], 3, "absent.onnx: no such file"],
  ])("%j is refused, and nothing is written", async (words, code, error) => {
    const place = placeWithModel();
    writeFileSync(join(place, "half.keras"), keptBytes("decoder-alone.keras"));
    writeFileSync(join(place, "m.h5"), keptBytes("deep.h5"));
    const turned = changed("lstm.keras", ([, first]) => {
      Object.assign(first!.config, { go_backwards: true });
    });
    writeFileSync(join(place, "turned.keras"), turned);
    mkdirSync(join(place, "tf"));
    fileIn(join(place, "tf"), "saved_model.pb", "");
    const before = namesIn(place);
    const call = await espejo(words, { in: place });
    expect([call.code, call.err]).toEqual([code, expect.stringContaining(error)]);
    expect(call.err).not.toMatch(/\n\s+at /);
    expect(namesIn(place)).toEqual(before);
  });
});

describe("export", () => {
  test("writes the network between prepared columns and says what it leaves out", async () => {
    const place = folder();
    fileIn(place, "t.csv", smallTable(80));
    await espejo(["train", "t.csv", "--epochs", "3", "-o", "m.onnx"], { in: place });
    const call = await espejo(["export", "m.onnx", "-o", "m.keras"], { in: place });
    expect(call.code, call.err).toBe(0);
    expect(call.err).toMatch(/left out.*the preparation of the columns.*scores and threshold/);
    const { model, parameters } = await readKeras(readFileSync(join(place, "m.keras")));
    const network = await trained(model, parameters);
    const table = await TableModel.read(join(place, "m.onnx"));
    const batch = {
      rows: 1,
      numeric: Float64Array.from(table.numericColumns, (_, i) => i + 0.5),
      categories: table.categoryColumns.map(() => "x"),
    };
    const { prepared, latent } = await table.run(["prepared", "latent"], batch);
    const codes = await network.encode({
      data: prepared!.data as Float32Array,
      shape: prepared!.shape,
    });
    expect(farthest(codes.data, latent!.data as Float32Array)).toBeLessThan(1e-5);
    await network.dispose();
    await table.dispose();
  });

  test("writes one half where it is asked for", async () => {
    const place = placeWithModel();
    await espejo(["import", "m.keras"], { in: place });
    const call = await espejo(
      ["export", "model.onnx", "--part", "encoder", "-o", "e.keras", "--json"],
      { in: place },
    );
    expect(JSON.parse(call.out)).toMatchObject({ part: "encoder", input: [16], latentDim: 3 });
    const { model } = await readKeras(readFileSync(join(place, "e.keras")));
    expect([model.inputShape, model.outputShape]).toEqual([[16], [3]]);
  });

  test("refuses an ensemble with the reason", async () => {
    const place = folder();
    fileIn(place, "t.csv", smallTable(120));
    await espejo(["train", "t.csv", "--kind", "ensemble", "-o", "m.onnx"], { in: place });
    const call = await espejo(["export", "m.onnx"], { in: place });
    expect(call.code).toBe(5);
    expect(call.err).toContain("Keras cannot express this model: an ensemble is several networks");
  });
});

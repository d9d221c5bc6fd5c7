// Valid things to change: model files of each sort, compressed files, Keras files; made anew, the same each time.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Numbers, categories, dates and missing cells. */
export const rows = Array.from({ length: 60 }, (_, i) => ({
  amount: i % 7 === 0 ? null : (i * 37) % 101,
  months: (i % 12) + 0.5,
  client: ["Alfa", "Beta", "Gamma"][i % 3],
  since: new Date(Date.UTC(2020, i % 12, 1 + (i % 28))),
}));

const wave = (length) => Float32Array.from({ length }, (_, i) => Math.sin(i * 0.37));

/** Writes all specimens into a folder; gives what there is. */
export async function makeSpecimens(espejo, folder) {
  const { tableFromRows, train, trainArrays, arraysFromData, compressTable, compressArrays } =
    espejo;
  const at = (name) => join(folder, name);
  const table = () => tableFromRows(rows);
  const series = () => arraysFromData({ data: wave(40 * 6 * 2), shape: [40, 6, 2] });
  const images = () =>
    arraysFromData({ data: wave(40 * 64).map((v) => 127 + 100 * v), shape: [40, 8, 8, 1] });

  const plain = await train(table(), { epochs: 2 });
  await plain.model.save(at("plain.onnx"));
  await compressTable(plain.model, table(), at("plain.espc"));
  const ensemble = await train(table(), { kind: "ensemble", epochs: 2 });
  await ensemble.model.save(at("ensemble.onnx"));
  const dense = await trainArrays(series(), { kind: "basic", epochs: 2 });
  await dense.model.save(at("series.onnx"));
  await compressArrays(dense.model, series(), at("series.espc"));
  const convolutional = await trainArrays(images(), {
    kind: "convolutional",
    epochs: 1,
    filters: [2],
  });
  await convolutional.model.save(at("images.onnx"));
  for (const { model } of [plain, ensemble, dense, convolutional]) await model.dispose();

  const load = (name) => readFileSync(at(name));
  const keras = (name) => readFileSync(join(root, "test/golden/keras", name));
  return {
    models: {
      plain: load("plain.onnx"),
      ensemble: load("ensemble.onnx"),
      series: load("series.onnx"),
      images: load("images.onnx"),
    },
    compressed: { plain: load("plain.espc"), series: load("series.espc") },
    keras: Object.fromEntries(
      ["deep.keras", "gru.keras", "pooled-images.keras", "deep.h5"].map((name) => [
        name,
        keras(name),
      ]),
    ),
  };
}

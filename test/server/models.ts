import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromRows } from "../../src/data/memory/memory.ts";
import { arraysFromData } from "../../src/data/memory/memory-arrays.ts";
import { random } from "../../src/random.ts";
import { train } from "../../src/tasks/train/train.ts";
import { trainArrays } from "../../src/tasks/train/train-arrays.ts";

/** A row of the table that the models here learnt from. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Rows of numbers that hang together, a category, a day, true and false; every 40th is odd. */
export function tableOf(rows: number, seed = 1): Row[] {
  const source = random(seed);
  return Array.from({ length: rows }, (_, i) => {
    const u = source.normal();
    const odd = i % 40 === 7;
    return {
      client: `c${i}`,
      amount: 100 + 20 * u,
      balance: odd ? 900 : 50 - 10 * u,
      country: u > 0 ? "ES" : "PT",
      opened: new Date(Date.UTC(2024, 0, 1 + (i % 300))).toISOString().slice(0, 10),
      active: u > -0.5,
      ...{ visits: i % 9 === 3 ? null : 5 + u },
    };
  });
}

/** Folder of the model files: a table twice, with other scores, images and sequences. */
export async function trainModels(): Promise<{
  readonly folder: string;
  readonly path: (name: string) => string;
}> {
  const folder = mkdtempSync(join(tmpdir(), "espejo-server-"));
  const path = (name: string): string => join(folder, `${name}.onnx`);
  const table = tableFromRows(tableOf(400), { id: "client" });
  for (const [name, seed] of [
    ["clients", 1],
    ["others", 2],
  ] as const) {
    const { model } = await train(table, { epochs: 8, seed });
    await model.save(path(name));
    await model.dispose();
  }
  const { model: second } = await train(table, { epochs: 2, seed: 1, modelVersion: 2 });
  await second.save(path("second"));
  await second.dispose();
  const source = random(3);
  const images = arraysFromData({
    data: Float32Array.from({ length: 60 * 64 }, () => 255 * source.uniform()),
    shape: [60, 8, 8, 1],
  });
  const drawn = await trainArrays(images, { epochs: 1, seed: 1, kind: "basic" });
  await drawn.model.save(path("pictures"));
  await drawn.model.dispose();
  const waves = arraysFromData({
    data: Float64Array.from(
      { length: 80 * 12 * 2 },
      (_, k) => Math.sin(k / 5) + source.normal() / 9,
    ),
    shape: [80, 12, 2],
  });
  const heard = await trainArrays(waves, { epochs: 1, seed: 1, kind: "basic" });
  await heard.model.save(path("waves"));
  await heard.model.dispose();
  return { folder, path };
}

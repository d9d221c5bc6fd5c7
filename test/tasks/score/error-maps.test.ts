import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { heatPixels } from "../../../src/data/pixels/pixels.ts";
import { random } from "../../../src/random.ts";
import type { ArrayModel } from "../../../src/tasks/model/array-model.ts";
import { type ErrorMap, errorMaps, saveErrorMaps } from "../../../src/tasks/score/error-maps.ts";
import { type TrainArraysOptions, trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { scratch } from "../tables.ts";

const [height, width] = [6, 9];
/** Grey images of two levels; the last three have a spot that no other has. */
function images(channels: number) {
  const source = random(6);
  const rows = 60;
  const data = new Float32Array(rows * height * width * channels);
  for (let i = 0; i < rows; i++) {
    const level = 60 + 120 * source.uniform();
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < channels; c++) {
          const spot = i >= rows - 3 && y === 1 && x === 7;
          data[((i * height + y) * width + x) * channels + c] = spot ? 255 : level;
        }
  }
  return arraysFromData({ data, shape: [rows, height, width, channels] });
}

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});
async function trained(
  arrays: ReturnType<typeof images>,
  options: TrainArraysOptions = {},
): Promise<ArrayModel> {
  const { model } = await trainArrays(arrays, { epochs: 40, latentDim: 2, seed: 1, ...options });
  open.push(model);
  return model;
}
async function collected(maps: AsyncIterable<ErrorMap>): Promise<ErrorMap[]> {
  const all: ErrorMap[] = [];
  for await (const map of maps) all.push(map);
  return all;
}

let grey: ReturnType<typeof images>;
let model: ArrayModel;
beforeAll(async () => {
  grey = images(1);
  model = await trained(grey);
});

test("a map shows input, reconstruction and error side by side, pixels as squares", async () => {
  const all = await collected(errorMaps(model, grey, { which: "all" }));
  expect(all.map(({ row, name }) => [row, name])).toEqual(
    Array.from({ length: 60 }, (_, i) => [i, String(i + 1)]),
  );
  const { png, error } = all[59]!;
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  // 160 / 9 = 17 pixels for each, and two gaps of 4
  const scale = 17;
  expect([info.height, info.width, info.channels]).toEqual([6 * scale, 27 * scale + 8, 3]);
  const pixel = (panel: number, y: number, x: number, dy: number, dx: number): number[] => {
    const left = panel * (width * scale + 4) + x * scale + dx;
    const at = ((y * scale + dy) * info.width + left) * 3;
    return [...data.subarray(at, at + 3)];
  };
  const cells: (Float32Array | Float64Array)[] = [];
  for await (const batch of model.batches(grey)) {
    const { reconstruction } = await model.run(["reconstruction"], batch.x, batch.rows);
    const last = batch.x.length - height * width;
    cells.push(batch.x.slice(last), (reconstruction!.data as Float32Array).slice(last));
  }
  const most = Math.max(...all.map(({ error }) => [...error].sort((a, b) => a - b)[52]!));
  const heat = heatPixels(error, most);
  for (const [y, x] of [
    [0, 0],
    [1, 7],
    [5, 8],
    [3, 2],
  ] as const)
    for (const [dy, dx] of [
      [0, 0],
      [16, 16],
    ] as const) {
      const k = y * width + x;
      for (const panel of [0, 1])
        expect(pixel(panel, y, x, dy, dx)).toEqual(Array(3).fill(Math.round(cells[panel]![k]!)));
      expect(pixel(2, y, x, dy, dx)).toEqual([...heat.subarray(3 * k, 3 * k + 3)]);
    }
  // the gap is paper
  const between = (width * scale + 1) * 3;
  expect([...data.subarray(between, between + 3)]).toEqual([255, 255, 255]);
});

test("what stands out is where the map is darkest, and an exact reconstruction has no error", async () => {
  const [last] = (await collected(errorMaps(model, grey, { which: "all" }))).slice(-1);
  const greatest = last!.error.indexOf(Math.max(...last!.error));
  expect(greatest).toBe(1 * width + 7);
  // cross-entropy less the entropy of the pixel itself is never below 0
  expect(Math.min(...last!.error)).toBeGreaterThan(-1e-5);
  const far = last!.error.filter((_, k) => k !== greatest);
  expect(Math.max(...far)).toBeLessThan(last!.error[greatest]! / 2);
});

test("only images above the threshold are drawn unless all are asked for", async () => {
  const flagged = await collected(errorMaps(model, grey));
  const all = await collected(errorMaps(model, grey, { which: "all" }));
  expect(flagged.map(({ row }) => row)).toEqual(
    all.filter(({ isAnomaly }) => isAnomaly).map(({ row }) => row),
  );
  expect(flagged.length).toBeGreaterThan(0);
  expect(flagged.length).toBeLessThan(30);
});

test("a stated scale makes maps of different runs alike", async () => {
  const [one] = await collected(errorMaps(model, grey, { which: "all", most: 0.5 }));
  const [same] = await collected(errorMaps(model, grey, { which: "all", most: 0.5 }));
  const [darker] = await collected(errorMaps(model, grey, { which: "all", most: 1e-6 }));
  expect(Buffer.from(one!.png).equals(Buffer.from(same!.png))).toBe(true);
  expect(Buffer.from(one!.png).equals(Buffer.from(darker!.png))).toBe(false);
});

test.each(["absolute", "standardised"] as const)(
  "%s, colour images: files under their names",
  async (score) => {
    const colour = {
      ...images(3),
      names: Array.from({ length: 60 }, (_, i) => `s${i % 2}/${i}.jpg`),
    };
    const own = await trained(colour, { score, epochs: 5 });
    const place = join(scratch, `maps-${score}`);
    expect(await saveErrorMaps(own, colour, place, { which: "all" })).toBe(60);
    const { width: across, height: down } = await sharp(
      readFileSync(join(place, "s1", "59.png")),
    ).metadata();
    expect([across, down]).toEqual([27 * 17 + 8, 6 * 17]);
  },
);

test("maps of images without names are numbered so that their names stand in the order of the rows", async () => {
  const place = join(scratch, "maps-numbered");
  await saveErrorMaps(model, grey, place, { which: "all" });
  const names = readdirSync(place).sort();
  expect(names.slice(0, 2)).toEqual(["01.png", "02.png"]);
  expect(names.at(-1)).toBe("60.png");
});

test("colours darken all the way, so that they can be read without hues", () => {
  const levels = Float32Array.from({ length: 101 }, (_, i) => (i / 100) ** 2);
  const pixels = heatPixels(levels, 1);
  const light = Array.from(levels, (_, i) => {
    const [r, g, b] = pixels.subarray(3 * i, 3 * i + 3);
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  });
  expect(light.every((value, i) => i === 0 || value < light[i - 1]!)).toBe(true);
  expect(light[0]! - light[100]!).toBeGreaterThan(200);
});

test("a model of sequences has no error maps", async () => {
  const data = Float32Array.from({ length: 40 * 12 }, (_, i) => Math.sin(i));
  const sequences = arraysFromData({ data, shape: [40, 6, 2] });
  const own = await trained(sequences, { epochs: 1 });
  await expect(collected(errorMaps(own, sequences))).rejects.toThrow("learnt from sequences");
});

import { writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openArrays } from "../../../src/data/arrays/open-arrays.ts";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { type Note, noteText } from "../../../src/data/terms/notes.ts";
import { random } from "../../../src/random.ts";
import { compressArrays } from "../../../src/tasks/compress/compress.ts";
import { archiveArrays, openArchive } from "../../../src/tasks/compress/decompress.ts";
import type { ArraysHeader } from "../../../src/tasks/compress/header.ts";
import { ArrayModel } from "../../../src/tasks/model/array-model.ts";
import { ModelFile } from "../../../src/tasks/model/model-file.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { type Page, png16, tiff } from "../../data/pictures.ts";
import { scratch } from "../tables.ts";

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});

const rows = 24;
/** A bright bar across a dark picture, from `low` to `high`; the last one has it upright. */
function bars(low: number, high: number, round = (value: number) => value): Page[] {
  const source = random(2);
  return Array.from({ length: rows }, (_, i) => ({
    ...{ height: 6, width: 6 },
    values: Array.from({ length: 36 }, (_, k) => {
      const bar = i === rows - 1 ? k % 6 === 2 : Math.floor(k / 6) === i % 6;
      return round(low + (high - low) * (bar ? 0.9 : 0.1) * (1 + 0.05 * source.uniform()));
    }),
  }));
}

/** Folders of pictures of several depths. */
const depths: Record<
  string,
  { name: string; file: (page: Page) => Promise<Buffer> | Buffer; pages: Page[] }
> = {
  "floating point, far from 0": {
    name: "tif",
    file: (page) => tiff("float", [page]),
    pages: bars(280, 281),
  },
  "floating point, 0.1 to 0.5": {
    name: "tif",
    file: (page) => tiff("float", [page]),
    pages: bars(0.1, 0.5),
  },
  doubles: { name: "tif", file: (page) => tiff("double", [page]), pages: bars(-1e-3, 1e-3) },
  "16 bits": {
    name: "png",
    file: ({ values }) => png16(values, [6, 6, 1]),
    pages: bars(500, 60_000, Math.round),
  },
  "16 bits with a sign": {
    name: "tif",
    file: (page) => tiff("int16", [page]),
    pages: bars(-900, 900, Math.round),
  },
};

describe.each(Object.entries(depths))("images of %s", (title, { name, file, pages }) => {
  const place = join(scratch, title.replaceAll(/\W+/g, "-"));
  let model: ArrayModel;
  beforeAll(async () => {
    await mkdir(place, { recursive: true });
    for (const [i, page] of pages.entries())
      writeFileSync(join(place, `${i}.${name}`), await file(page));
    const arrays = await openArrays(place);
    const options = { hidden: [], latentDim: 6, epochs: 80, learningRate: 0.02, seed: 1 };
    const trained = await trainArrays(arrays, options);
    open.push(arrays, trained.model, trained.fitted);
    model = await ArrayModel.from(trained.model.bytes, "m.onnx");
    open.push(model);
  });

  test("are learnt from: the odd one scores highest, and one alone as among all", async () => {
    expect(model.metadata).toMatchObject({ schema: 2, requires: ["image-range"] });
    const like = model.metadata.source;
    const all = await openArrays(place, { like });
    const scoresOf = async (arrays: typeof all): Promise<number[]> => {
      const scores: number[] = [];
      for await (const { x, rows } of model.batches(arrays))
        scores.push(...((await model.run(["score"], x, rows)).score!.data as Float32Array));
      return scores;
    };
    const scores = await scoresOf(all);
    expect(scores.indexOf(Math.max(...scores))).toBe(rows - 1);
    const one = await openArrays(join(place, `${rows - 1}.${name}`), { like });
    const alone = await scoresOf(one);
    expect(alone[0]).toBeCloseTo(scores[rows - 1]!, 5);
    expect(one.detected.range).toEqual(like.range);
  });

  test.each([0, 2])(
    "are packed with a greatest error of %d, against their own values",
    async (maxError) => {
      const arrays = await openArrays(place, { like: model.metadata.source });
      const path = join(scratch, "images.espc");
      const { errors } = await compressArrays(model, arrays, path, { maxError });
      const modelFile = await ModelFile.from(model.bytes, "m.onnx");
      open.push(modelFile);
      const archive = await openArchive(path);
      expect((archive.header as ArraysHeader).own).toBe(true);
      const { low, high } = model.metadata.source.range!;
      const wanted = pages.flatMap(({ values }) =>
        Array.from(values, title.startsWith("fl") ? Math.fround : Number),
      );
      const back: number[] = [];
      for await (const { x } of archiveArrays(archive.blocks(modelFile))) back.push(...x);
      expect(back).toHaveLength(wanted.length);
      const greatest = Math.max(...back.map((value, i) => Math.abs(value - wanted[i]!)));
      expect(greatest).toBe(errors[0]!.greatest);
      expect(greatest).toBeLessThanOrEqual(((maxError * (high - low)) / 255) * (1 + 1e-9));
    },
  );
});

test("images of one colour are said when they train", async () => {
  const data = Float32Array.from({ length: 40 * 36 }, (_, i) => (i < 72 ? 7 : (i * i) % 256));
  const notes: Note[] = [];
  const onNote = (note: Note) => notes.push(note);
  const arrays = arraysFromData({ data, shape: [40, 6, 6, 1] });
  const { model, fitted } = await trainArrays(arrays, { epochs: 1, onNote });
  open.push(model, fitted);
  expect(notes.map((note) => noteText(note))).toContain("2 images are of one colour, such as 1");
});

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openArrays } from "../../src/data/arrays/open-arrays.ts";
import { png16, tiff } from "../data/pictures.ts";
import { espejo, folder } from "./helpers.ts";

const rows = 14;
const cells = (i: number, low: number, high: number, round = (value: number) => value) =>
  Array.from({ length: 64 }, (_, k) => round(low + ((high - low) * ((i * k + k) % 63)) / 62));

const kinds = {
  "16 bits": {
    ending: "png",
    file: (i: number) => png16(cells(i, 40, 60_000, Math.round), [8, 8, 1]),
  },
  "floating point": {
    ending: "tif",
    file: (i: number) => tiff("float", [{ height: 8, width: 8, values: cells(i, 280, 310) }]),
  },
} as const;

/** The values of the pictures of a folder, as their files have them. */
async function ownValues(path: string): Promise<number[]> {
  const arrays = await openArrays(path);
  const values: number[] = [];
  for await (const { x } of arrays.ownBatches!()) values.push(...x);
  await arrays.dispose();
  return values;
}

describe.each(Object.entries(kinds))("pictures of %s", (_, { ending, file }) => {
  /** A folder of pictures with a model of them, and calls in it. */
  const trainedPlace = async () => {
    const place = folder();
    mkdirSync(join(place, "in"));
    for (let i = 0; i < rows; i++)
      writeFileSync(join(place, "in", `${i + 10}.${ending}`), await file(i));
    const call = (...args: string[]) => espejo(args, { in: place });
    const trained = await call("train", "in", "--epochs", "1", "-o", "m.onnx");
    expect(trained.code, trained.err).toBe(0);
    expect(trained.err).toMatch(/values of 14 images, [\d.]+ to [\d.]+, are brought to 0 to 255/);
    return { place, call };
  };

  test("come back as they were, as pictures and as an array", async () => {
    const { place, call } = await trainedPlace();
    const packed = await call("compress", "in", "-m", "m.onnx", "-o", "p.espc", "--lossless");
    expect(packed.out, packed.err).toContain("every number comes back exactly");
    for (const output of ["back", "back.npy"]) {
      const done = await call("decompress", "p.espc", "-m", "m.onnx", "-o", output);
      expect(done.code, done.err).toBe(0);
      const source = output === "back" ? "back" : output;
      if (output === "back")
        expect(readdirSync(join(place, "back"))).toEqual(readdirSync(join(place, "in")));
      const back = await openArrays(join(place, source), { content: "images" });
      const values: number[] = [];
      for await (const { x } of back.ownBatches!()) values.push(...x);
      await back.dispose();
      expect(values).toEqual(await ownValues(join(place, "in")));
    }
  });

  test.each([
    ["reconstruct", ["in", "-o", "out"]],
    ["denoise", ["in", "-o", "out"]],
  ])("stay of their depth and range when %s makes them anew", async (command, args) => {
    const { place, call } = await trainedPlace();
    const done = await call(command, ...args, "-m", "m.onnx");
    expect(done.code, done.err).toBe(0);
    expect(readdirSync(join(place, "out"))).toEqual(readdirSync(join(place, "in")));
    const [was, is] = [await ownValues(join(place, "in")), await ownValues(join(place, "out"))];
    const ends = [Math.min(...was), Math.max(...was)] as const;
    const half = (ends[1] - ends[0]) / 2;
    for (const value of is) expect(Math.abs(value - ends[0] - half)).toBeLessThan(half * 1.2);
    const array = await call("reconstruct", "in", "-m", "m.onnx", "-o", "r.npy");
    expect(array.code, array.err).toBe(0);
    if (command !== "reconstruct") return;
    const rebuilt = await openArrays(join(place, "r.npy"), { content: "images" });
    const values: number[] = [];
    for await (const { x } of rebuilt.ownBatches!()) values.push(...x);
    await rebuilt.dispose();
    expect(values).toEqual(is);
  });
});

test("what a folder holds beside images, and images of one colour, are told by inspect", async () => {
  const place = folder();
  mkdirSync(join(place, "in"));
  for (const i of [1, 2])
    writeFileSync(
      join(place, "in", `${i}.tif`),
      tiff("uint8", [{ height: 2, width: 2, values: [3, 3, 3, i] }]),
    );
  writeFileSync(
    join(place, "in", "3.tif"),
    tiff("uint8", [{ height: 2, width: 2, values: [7, 7, 7, 7] }]),
  );
  writeFileSync(join(place, "in", "4.heic"), "x");
  const told = await espejo(["inspect", "in"], { in: place });
  expect(told.code, told.err).toBe(0);
  expect(told.err + told.out).toContain("3 images of 2 x 2 x 1");
  expect(told.err + told.out).toContain("1 other file is passed over, by its ending: .heic (1)");
  expect(told.err + told.out).toContain("1 image is of one colour, such as 3.tif");
  const { notes } = JSON.parse((await espejo(["inspect", "in", "--json"], { in: place })).out);
  expect(notes).toHaveLength(2);
});

test.each(["5", "9,3", "a,b", "1,2,3", "0,"])("--range %s is refused", async (range) => {
  const { code, err } = await espejo(["inspect", "in", "--range", range], { in: folder() });
  expect(code).toBe(2);
  expect(err).toContain("two numbers are expected, the lower one first");
});

import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { openNativeImages } from "../../src/data/arrays/native-images.ts";
import { naturalOrder } from "../../src/data/files/natural-order.ts";
import { cleanInOrder, cleanOrder } from "../../src/data/images/image-pairs.ts";
import { pictureFiles, writeImages } from "../../src/data/write/write-images.ts";
import { arrays, valuesOf } from "./arrays.ts";
import { folder } from "./helpers.ts";

describe("names stand in natural order", () => {
  test.each([
    [["1.png", "2.png", "9.png", "10.png", "100.png"]],
    [["1.png", "01.png", "001.png", "2.png"].sort()],
    [["a/2.png", "a/10.png", "a-1/1.png", "b1.png", "b1a.png"]],
    [["img.png", "img1.png", "img9b2.png", "img9b10.png", "img10.png"]],
    [["A2.png", "a1.png", "é1.png", "ñ2.png"]],
    [["2024-1-9.png", "2024-1-31.png", "2024-10-1.png"]],
    // beyond what a double tells apart
    [["9007199254740992.png", "9007199254740993.png", "10000000000000000000001.png"]],
  ])("%j", (names) => {
    expect(naturalOrder([...names].reverse())).toEqual(names);
  });

  const name = fc.array(fc.constantFrom("0", "1", "9", "10", "a", "B", "-", ".", "/", "é"), {
    minLength: 1,
    maxLength: 6,
  });
  test("one order, whatever order they come in", () => {
    fc.assert(
      fc.property(fc.uniqueArray(name.map((parts) => parts.join(""))), fc.nat(), (names, turn) => {
        const at = names.length > 0 ? turn % names.length : 0;
        const turned = [...names.slice(at), ...names.slice(0, at)].reverse();
        expect(naturalOrder(turned)).toEqual(naturalOrder(names));
      }),
    );
  });

  test("that of their numbers, where all else is the same", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n }), fc.bigInt({ min: 0n }), (a, b) => {
        fc.pre(a !== b);
        const [less, more] = a < b ? [a, b] : [b, a];
        expect(naturalOrder([`x${more}.png`, `x${less}.png`])[0]).toBe(`x${less}.png`);
      }),
    );
  });
});

/** Plain images of one grey each. */
async function greys(files: Readonly<Record<string, number>>): Promise<string> {
  const place = folder();
  for (const [name, grey] of Object.entries(files)) {
    mkdirSync(join(place, name, ".."), { recursive: true });
    await sharp(Uint8Array.of(grey), { raw: { height: 1, width: 1, channels: 1 } })
      .toColourspace("b-w")
      .toFile(join(place, name));
  }
  return place;
}

async function* batchesOf(x: Float32Array, rows: number) {
  for (let at = 0; at < rows; at += 5) {
    const count = Math.min(5, rows - at);
    const cells = x.length / rows;
    yield { rows: count, x: x.subarray(at * cells, (at + count) * cells) };
  }
}

describe("images that are written", () => {
  test.each([
    [1, 12],
    [3, 12],
  ])("of %i channels come back as they were, in their order", async (channels, rows) => {
    const place = join(folder(), "new");
    const shape = [3, 4, channels];
    const x = Float32Array.from({ length: rows * 12 * channels }, (_, k) => (k * k * 31) % 256);
    const job = { rows, shape, names: null, batches: batchesOf(x, rows) };
    expect(await writeImages(place, job)).toBe(rows);
    expect(readdirSync(place).sort()).toEqual(
      Array.from({ length: rows }, (_, i) => `${String(i + 1).padStart(2, "0")}.png`),
    );
    const source = await arrays(place);
    expect(source.names?.[0]).toBe("01.png");
    expect(source.detected.shape).toEqual(shape);
    expect(await valuesOf(source)).toEqual([...x]);
  });

  test("keep their endings where these alone tell their names apart", () => {
    const names = ["1.jpg", "1.tif", "b/1.jpg", "2.jpg"];
    const files = ["1.jpg.png", "1.tif.png", "b/1.png", "2.png"];
    expect(pictureFiles({ names, rows: 4 })).toEqual(files);
  });

  test("keep the names that they have", async () => {
    const place = folder();
    const job = { rows: 2, shape: [1, 1, 1], names: ["b/7.jpg", "a.tiff"] };
    await writeImages(place, { ...job, batches: batchesOf(Float32Array.of(3, 300), 2) });
    const source = await arrays(place);
    expect(source.names).toEqual(["a.png", "b/7.png"]);
    expect(await valuesOf(source)).toEqual([255, 3]);
  });
});

describe("noisy images of a folder and their clean ones", () => {
  const source = (path: string, ...names: string[]) => ({ path, rows: names.length, names });
  const array = (rows: number) => ({ path: "array", rows, names: null });

  test("in another have the same names, whatever their endings and their order", () => {
    const clean = source("clean", "a.png", "a-1.png", "in/a.webp", "z.png", "z.gif");
    expect(cleanOrder(source("noisy", "in/a.jpg", "a-1.jpg", "a.jpg", "z.gif"), clean)).toEqual([
      2, 1, 0, 4,
    ]);
  });

  test.each([["b.png"], ["in/a.png"], ["z.jpg"]])("%s without a clean one is named", (name) => {
    const clean = source("clean", "a.png", "c.png", "z.png", "z.gif");
    expect(() => cleanOrder(source("noisy", "a.png", name), clean)).toThrow(
      `clean: no image of the name of noisy/${name}`,
    );
  });

  test("in an array have the same order and number", () => {
    expect(cleanOrder(source("noisy", "a.png", "b.png"), array(2))).toBeNull();
    expect(() => cleanOrder(source("noisy", "a.png", "b.png"), array(3))).toThrow(
      "array: 3 rows, but 2 noisy ones",
    );
  });

  test("are read in the order of the noisy ones", async () => {
    const grey = { channels: 1 } as const;
    const noisy = await arrays(await greys({ "2.png": 0, "3.png": 0, "10.png": 0 }));
    const all = await greys({ "1.gif": 1, "2.png": 2, "3.gif": 3, "10.png": 10 });
    const clean = await arrays(all, grey);
    const paired = cleanInOrder(noisy, clean);
    expect(paired.names).toEqual(["2.png", "3.gif", "10.png"]);
    expect(await valuesOf(paired)).toEqual([2, 3, 10]);
    expect(await valuesOf(clean)).toEqual([1, 2, 3, 10]);
    const native = await openNativeImages(all, grey);
    const read: number[] = [];
    for await (const { x } of native.images([3, 1])) read.push(...x);
    expect(read).toEqual([10, 2]);
  });
});

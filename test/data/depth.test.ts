import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { openNativeImages } from "../../src/data/arrays/native-images.ts";
import { arraysFromData } from "../../src/data/memory/memory-arrays.ts";
import type { Arrays, ArraysOptions } from "../../src/data/terms/arrays.ts";
import { noteText } from "../../src/data/terms/notes.ts";
import { writeArrays } from "../../src/data/write/write-arrays.ts";
import { writeImages } from "../../src/data/write/write-images.ts";
import { arrays, arraysRefused, saidBy, valuesOf } from "./arrays.ts";
import { folder } from "./helpers.ts";
import { type Page, png16, type Sample, tiff } from "./pictures.ts";

const saved = (name: string, bytes: Uint8Array): string => {
  const path = folder();
  writeFileSync(join(path, name), bytes);
  return path;
};
const size = { height: 3, width: 4 } as const;
const page = (value: (i: number) => number, channels: 1 | 3 = 1): Page => ({
  ...{ ...size, channels },
  values: Array.from({ length: 12 * channels }, (_, i) => value(i)),
});
const range = (low: number, high: number, whole = false) => ({ low, high, whole });
const close = (found: readonly number[], wanted: readonly number[], digits = 4): void => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, i) => {
    expect(value, `value ${i}`).toBeCloseTo(wanted[i]!, digits);
  });
};

describe("values of TIFF files are read as they are", () => {
  /** From the least to the greatest, and what they are. */
  const samples: readonly (readonly [Sample, number, number])[] = [
    ["uint8", 10, 230],
    ["int8", -100, 120],
    ["uint16", 100, 60_000],
    ["int16", -3000, 2500],
    ["uint32", 5, 4e9],
    ["int32", -2e9, 2e9],
    ["float", -0.25, 0.5],
    ["double", 1e9, 1e9 + 1e-3],
  ];
  test.each(
    samples.flatMap((each) => ([1, 3] as const).map((channels) => [...each, channels] as const)),
  )("%s, %d to %d, %d channels", async (sample, low, high, channels) => {
    const last = 12 * channels - 1;
    const whole = sample !== "float" && sample !== "double";
    const ramp = (i: number): number => {
      const value = low + ((high - low) * i) / last;
      return whole ? Math.round(value) : value;
    };
    const source = await arrays(saved("a.tif", tiff(sample, [page(ramp, channels)])), {
      range: [low, high],
    });
    expect(source.detected.shape).toEqual([3, 4, channels]);
    const wanted = Array.from(
      { length: last + 1 },
      (_, i) => ((ramp(i) - low) * 255) / (high - low),
    );
    close(await valuesOf(source), wanted);
    // as their file has them
    const own: number[] = [];
    for await (const { x } of source.ownBatches!()) own.push(...x);
    expect(own).toEqual(
      Array.from({ length: last + 1 }, (_, i) =>
        sample === "float" ? Math.fround(ramp(i)) : ramp(i),
      ),
    );
  });

  test("halves", async () => {
    // 0, 0.25, 0.5, 1 and the same once more below 0
    const bits = [0, 0x3400, 0x3800, 0x3c00, 0x8000, 0xb400, 0xb800, 0xbc00, 0, 0, 0, 0];
    const source = await arrays(saved("a.tif", tiff("half", [page((i) => bits[i]!)])));
    expect(source.detected.range).toEqual(range(-1, 1));
    close(
      await valuesOf(source),
      [0, 0.25, 0.5, 1, 0, -0.25, -0.5, -1, 0, 0, 0, 0].map((value) => (value + 1) * 127.5),
    );
  });

  test("a chain of pages without an end is refused", async () => {
    const bytes = tiff("double", [page((i) => i)]);
    const first = bytes.readUInt32LE(4);
    bytes.writeUInt32LE(first, first + 2 + 12 * bytes.readUInt16LE(first));
    expect(await arraysRefused(saved("a.tif", bytes))).toMatchObject({ code: "image_broken" });
  });
});

describe("PNG files of 16 bits lose nothing", () => {
  test.each([1, 3] as const)("%d channels", async (channels) => {
    const values = Array.from({ length: 12 * channels }, (_, i) => (i * 9973 + 4) % 65_536);
    const source = await arrays(saved("a.png", await png16(values, [3, 4, channels])));
    expect(source.detected.range).toEqual(range(0, 65_535, true));
    close(
      await valuesOf(source),
      values.map((value) => value / 257),
    );
    expect(saidBy(source).join()).toContain("0 becomes 0 and 65535 becomes 255");
  });

  test("what is see-through is white", async () => {
    const values = [900, 30_000, 65_535, 0, 900, 30_000, 65_535, 65_535];
    const path = saved("a.png", await png16(values, [1, 2, 4]));
    close(await valuesOf(await arrays(path)), [255, 255, 255, 900 / 257, 30_000 / 257, 255]);
  });

  test("beside others of 8 bits each has its own depth", async () => {
    const path = saved("a.png", await png16(new Array(12).fill(65_535), [3, 4, 1]));
    await sharp({ create: { ...size, channels: 3, background: "#808080" } })
      .toColourspace("b-w")
      .toFile(join(path, "b.png"));
    const values = await valuesOf(await arrays(path));
    expect(values).toEqual([...new Array(12).fill(255), ...new Array(12).fill(128)]);
  });
});

/** The same values through every door that knows types. */
const doors: Record<
  string,
  (sample: Sample, values: Float64Array, options?: ArraysOptions) => Promise<Arrays>
> = {
  TIFF: (sample, values, options) =>
    arrays(saved("a.tif", tiff(sample, [{ ...size, values }])), options),
  "an image of its own": (sample, values, options) =>
    arrays(join(saved("a.tiff", tiff(sample, [{ ...size, values }])), "a.tiff"), options),
};
for (const ending of ["npy", "npz", "idx"] as const)
  doors[ending] = async (sample, values, options) => {
    const path = join(folder(), `a.${ending}`);
    const type = sample === "float" ? "float32" : sample === "double" ? "float64" : sample;
    const batches = (async function* () {
      yield { rows: 1, x: values };
    })();
    await writeArrays(path, ending, {
      ...{ rows: 1, shape: [3, 4, 1], batches },
      type: type as "uint16" | "float32" | "float64",
    });
    return arrays(path, { content: "images", ...options });
  };

const ramp = (low: number, high: number): Float64Array =>
  Float64Array.from({ length: 12 }, (_, i) => low + ((high - low) * i) / 11);
const whole = (low: number, high: number) => ramp(low, high).map(Math.round);

describe.each(Object.entries(doors))("the range of %s", (door, open) => {
  test.each<[string, Sample, Float64Array, ReturnType<typeof range>]>([
    ["all of 16 bits", "uint16", whole(3, 65_000), range(0, 65_535, true)],
    ["12 bits in 16", "uint16", whole(0, 4000), range(0, 4095, true)],
    ["8 bits in 16", "uint16", whole(0, 255), range(0, 255, true)],
    ["a mask of 0 and 1", "uint16", whole(0, 1), range(0, 1, true)],
    ["nothing but 0", "uint16", whole(0, 0), range(0, 255, true)],
    ["0 to 1", "float", ramp(0, 0.9), range(0, 1)],
    ["a part of 0 to 1", "double", ramp(0.1, 0.4), range(0.1, 0.4)],
    ["0 to 255", "double", ramp(0.5, 250), range(0, 255)],
    ["degrees", "double", ramp(280, 310), range(280, 310)],
    ["below 0", "double", ramp(-1, 1), range(-1, 1)],
    ["one value", "double", ramp(7.5, 7.5), range(7.5, 8.5)],
  ])("%s", async (_, sample, values, wanted) => {
    const source = await open(sample, values);
    expect(source.detected.range).toEqual(wanted);
    const { low, high } = wanted;
    close(
      await valuesOf(source),
      Array.from(values, (value) => ((Math.fround(value) - low) * 255) / (high - low)),
      3,
    );
  });

  test("of a model holds for new images, and what lies outside is said", async () => {
    const { detected } = await open("double", ramp(0.1, 0.4));
    const source = await open("double", ramp(0.3, 0.6), { like: detected });
    expect(source.detected).toEqual(detected);
    expect(source.remarks!()).toEqual([]);
    const values = await valuesOf(source);
    close(
      values,
      Array.from(ramp(0.3, 0.6), (v) => Math.min(255, ((v - 0.1) * 255) / 0.3)),
      3,
    );
    expect(source.remarks!().map((each) => noteText(each))).toEqual([
      "1 image has values outside of 0.1 to 0.4: they are taken as the nearer end",
    ]);
  });

  test("can be stated", async () => {
    const source = await open("uint16", whole(0, 2000), { range: [1000, 2000] });
    expect(source.detected.range).toEqual(range(1000, 2000, true));
    const values = await valuesOf(source);
    expect([values[0], values.at(-1)]).toEqual([0, 255]);
  });

  test("for a model that learnt from bytes is that of the type", async () => {
    const { detected } = await arrays(saved("a.tif", tiff("uint8", [page((i) => i)])));
    expect(detected).not.toHaveProperty("range");
    const deep = await open("uint16", whole(0, 1000), { like: detected });
    // IDX has no whole numbers of 16 bits without a sign
    if (door === "idx") expect(saidBy(deep).join()).toContain("0 to 1000, are taken as they are");
    else expect(deep.detected.range).toEqual(range(0, 65_535, true));
    const unit = await open("double", ramp(0, 0.25), { like: detected });
    expect(unit.detected.range).toEqual(range(0, 1));
    const far = await open("double", ramp(0, 300), { like: detected });
    close(await valuesOf(far), [...ramp(0, 300)], 3);
    expect(saidBy(far).join()).toContain("0 to 300, are taken as they are, as 0 to 255");
  });
});

test("masks in bytes are seen as such, in arrays", async () => {
  const path = join(folder(), "a.npy");
  const batches = (async function* () {
    yield { rows: 2, x: Float64Array.from({ length: 24 }, (_, i) => i % 2) };
  })();
  await writeArrays(path, "npy", { rows: 2, shape: [3, 4, 1], type: "uint8", batches });
  const source = await arrays(path);
  expect(await valuesOf(source)).toEqual(Array.from({ length: 24 }, (_, i) => (i % 2) * 255));
});

test("an infinite pixel is refused with its place, and what is missing stays so in another size", async () => {
  const wrong = (value: number) =>
    saved("a.tif", tiff("float", [page((i) => (i === 7 ? value : 0.2 + i / 100))]));
  const path = wrong(Number.POSITIVE_INFINITY);
  for (const options of [{}, { size: [6, 8] as const }])
    expect(await arraysRefused(path, options)).toMatchObject({
      code: "cell_infinite",
      parameters: { row: 1, column: "[2, 4, 1]" },
    });
  for (const source of [
    await arrays(path, { missing: ["inf"], size: [6, 8] }),
    await arrays(wrong(Number.NaN), { size: [6, 8] }),
  ]) {
    const values = await valuesOf(source);
    const gaps = [...values.keys()].filter((k) => Number.isNaN(values[k]!));
    // about the four pixels that it becomes
    expect(gaps).toEqual(expect.arrayContaining([23, 30, 31]));
    expect(gaps.length).toBeLessThan(7);
    expect(gaps.every((k) => k % 8 >= 5 && k >= 14 && k < 40)).toBe(true);
  }
});

test.each([
  ["8 bits", () => tiff("uint8", [page((i) => i)])],
  [
    "16 bits",
    () =>
      png16(
        new Array(12).fill(0).map((_, i) => i),
        [3, 4, 1],
      ),
  ],
  ["floating point", () => tiff("float", [page((i) => i)])],
] as const)("a value can stand for what is missing: %s", async (_, make) => {
  const source = await arrays(saved("a.png", await make()), { missing: ["7"] });
  const gaps = (await valuesOf(source)).map(Number.isNaN);
  expect(gaps).toEqual(Array.from({ length: 12 }, (_, i) => i === 7));
  expect(source.detected.missing).toEqual(["7"]);
});

test("another size keeps the depth", async () => {
  // two halves whose difference no byte holds
  const half = (i: number): number =>
    (i % 4 < 2 ? 100 : 100.5) + (i === 0 ? -100 : 0) + (i === 3 ? 900 : 0);
  const source = await arrays(saved("a.tif", tiff("double", [page(half)])), {
    size: [6, 8],
    range: [0, 1000],
  });
  const values = await valuesOf(source);
  expect(values[5 * 8]! / 0.255).toBeCloseTo(100, 1);
  expect(values[5 * 8 + 7]! / 0.255).toBeCloseTo(100.5, 1);
});

test("colours of any depth become grey, and grey coloured", async () => {
  const path = saved("a.tif", tiff("float", [page((i) => [0.2, 0.5, 0.7][i % 3]!, 3)]));
  const grey = await valuesOf(await arrays(path, { channels: 1, range: [0, 1] }));
  close(grey, new Array(12).fill(255 * (0.2126 * 0.2 + 0.7152 * 0.5 + 0.0722 * 0.7)), 3);
  const one = saved("a.tif", tiff("float", [page(() => 0.5)]));
  close(
    await valuesOf(await arrays(one, { channels: 3, range: [0, 1] })),
    new Array(36).fill(127.5),
  );
});

test("images in their own sizes have their depth too", async () => {
  const images = await openNativeImages(saved("a.tif", tiff("float", [page((i) => i / 11 / 4)])));
  expect(images.range).toEqual(range(0, 0.25));
  for await (const { x } of images.images())
    close(
      [...x],
      Array.from({ length: 12 }, (_, i) => (i * 255) / 11),
    );
});

test("values in memory that are no bytes are said, and may be brought to them", async () => {
  const data = Float32Array.from({ length: 12 }, (_, i) => i / 12);
  const dark = arraysFromData({ data, shape: [1, 3, 4, 1] });
  expect(saidBy(dark).join()).toContain("and 0 to 255 is expected");
  expect(await valuesOf(dark)).toEqual([...data]);
  const bright = arraysFromData({ data, shape: [1, 3, 4, 1], range: [0, 1] });
  expect(bright.detected.range).toEqual(range(0, 1));
  close(
    await valuesOf(bright),
    Array.from(data, (value) => value * 255),
  );
  const usual = Float32Array.from({ length: 12 }, (_, i) => i * 20);
  expect(saidBy(arraysFromData({ data: usual, shape: [1, 3, 4, 1] }))).toEqual([]);
});

test.each([
  ["uint16", [1, 30_000, 65_535, 4]],
  ["float32", [-1.5, 0.25, 3e7, 1e-3]],
] as const)("pictures of %s that are written come back as they were", async (type, values) => {
  for (const channels of [1, 3]) {
    const place = join(folder(), "new");
    const x = Float32Array.from({ length: 4 * channels }, (_, i) => values[i % 4]!);
    const batches = (async function* () {
      yield { rows: 1, x };
    })();
    await writeImages(place, { rows: 1, shape: [2, 2, channels], names: ["s"], type, batches });
    const source = await arrays(place);
    expect(source.names).toEqual([type === "uint16" ? "s.png" : "s.tif"]);
    const own: number[] = [];
    for await (const batch of source.ownBatches!()) own.push(...batch.x);
    expect(own).toEqual([...x]);
  }
});

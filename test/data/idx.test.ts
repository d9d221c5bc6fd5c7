import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { contentHeld } from "../../src/data/arrays/open-arrays.ts";
import { arraysFromData } from "../../src/data/memory/memory-arrays.ts";
import { arrays, arraysRefused, idx, npy, saidBy, valuesOf } from "./arrays.ts";
import { file, folder } from "./helpers.ts";

const pixels = Uint8Array.from({ length: 24 }, (_, i) => 10 * i);

test.each([
  ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"],
  ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"],
  ["train-images.idx3-ubyte", "train-labels.idx1-ubyte"],
  ["orl_faces_3x4.idx3.gz", "orl_faces_subject.idx1.gz"],
])("images of %s, and the classes in %s beside it", async (images, labels) => {
  const path = folder();
  const write = (name: string, bytes: Buffer) =>
    writeFileSync(join(path, name), name.endsWith(".gz") ? gzipSync(bytes) : bytes);
  write(images, idx([2, 3, 4], pixels));
  write(labels, idx([2], Uint8Array.of(7, 3)));
  write("other-labels-idx1-ubyte", idx([2], Uint8Array.of(0, 0)));
  expect(await contentHeld(join(path, images))).toBe("images");
  const source = await arrays(join(path, images));
  expect(source.detected).toMatchObject({ content: "images", format: "idx", shape: [3, 4, 1] });
  expect(source.labels).toEqual(["7", "3"]);
  expect(saidBy(source)).toEqual([`labels are taken from "${labels}"`]);
  expect(await valuesOf(source, 1)).toEqual([...pixels]);
});

test("labels may be stated, and must be as many as the rows", async () => {
  const path = file(idx([2, 3, 4], pixels), "a.idx3");
  const labels = file(idx([2], Uint8Array.of(1, 2)), "classes");
  expect((await arrays(path)).labels).toBeNull();
  expect((await arrays(path, { labels })).labels).toEqual(["1", "2"]);
  const three = file(idx([3], Uint8Array.of(1, 2, 3)), "three");
  expect(await arraysRefused(path, { labels: three })).toMatchObject({
    code: "labels_count",
    parameters: { labels: 3, rows: 2 },
  });
});

test.each([
  ["cut short", idx([2, 3, 4], pixels.subarray(0, 20)), "array_truncated"],
  ["sizes beyond all memory", idx([2 ** 32 - 1, 2 ** 32 - 1, 9], pixels), "array_truncated"],
  ["no such type", Buffer.from([0, 0, 5, 3, 0, 0]), "array_header"],
  ["less than a header", Buffer.from([0, 0, 8]), "array_header"],
])("%s: an error of its own", async (_, bytes, code) => {
  expect((await arraysRefused(file(bytes, "a.idx3"))).code).toBe(code);
});

test("images for a model must be as those that it learnt from", async () => {
  const path = file(idx([2, 3, 4], pixels), "a.idx3");
  const like = (await arrays(path)).detected;
  expect((await arrays(path, { like })).rows).toBe(2);
  // a size can be changed; colour cannot be had from grey, unless that is asked for
  const coloured = { ...like, shape: [3, 4, 3] };
  expect((await arraysRefused(path, { like: coloured })).code).toBe("arrays_differ");
  expect((await arrays(path, { like: coloured, channels: 3 })).detected.shape).toEqual([3, 4, 3]);
});

const header = (shape: string, type: string) =>
  `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }\n`;

test("channels that come first are put last", async () => {
  const path = file(
    npy(
      header("(2, 3, 2, 5)", "|u1"),
      Uint8Array.from({ length: 60 }, (_, i) => i),
    ),
    "a.npy",
  );
  const source = await arrays(path);
  expect(source.detected.shape).toEqual([2, 5, 3]);
  expect((await valuesOf(source)).slice(0, 6)).toEqual([0, 10, 20, 1, 11, 21]);
  expect(saidBy(source).join()).toContain("channels first");
});

test("images of 0 to 1 become images of 0 to 255, said aloud", async () => {
  const values = new Uint8Array(new Float32Array([0, 0.2, 0.4, 1]).buffer);
  const source = await arrays(file(npy(header("(1, 2, 2, 1)", "<f4"), values), "a.npy"));
  expect((await valuesOf(source)).map(Math.round)).toEqual([0, 51, 102, 255]);
  expect(saidBy(source).join()).toContain("0 becomes 0 and 1 becomes 255");
});

test("arrays in memory", async () => {
  const source = arraysFromData({ data: pixels, shape: [2, 3, 4], labels: [1, "b"] });
  expect(source).toMatchObject({ rows: 2, labels: ["1", "b"], detected: { content: "sequences" } });
  expect(await valuesOf(source, 1)).toEqual([...pixels]);
  expect(() => arraysFromData({ data: pixels, shape: [2, 3, 5] })).toThrow(/30 values, got 24/);
  expect(() => arraysFromData({ data: pixels, shape: [24] })).toThrow(/a shape such as/);
});

test("a folder without images, and a table, are no images", async () => {
  const path = folder();
  mkdirSync(join(path, "in"));
  writeFileSync(join(path, "in", "a.csv"), "a,b\n1,2\n");
  expect(await contentHeld(path)).toBe("table");
  expect(await contentHeld(join(path, "in", "a.csv"))).toBe("table");
  expect(await contentHeld(join(path, "absent.csv"))).toBe("table");
  const refused = await arraysRefused(join(path, "in", "a.csv"), { content: "images" });
  expect(refused.code).toBe("not_images");
});

test("images are brought to the size that is stated, or that a model learnt from, and it is said", async () => {
  // two blocks of colour, left and right
  const halves = Uint8Array.from({ length: 2 * 8 * 8 }, (_, i) => (i % 8 < 4 ? 40 : 200));
  const path = file(idx([2, 8, 8], halves), "halves.idx3");
  const source = await arrays(path, { size: [4, 4], fit: "fill" });
  expect(source.detected).toMatchObject({ shape: [4, 4, 1], fit: "fill" });
  expect(saidBy(source)).toEqual(["2 images are brought to 4x4 (fit: fill)"]);
  const values = await valuesOf(source, 1);
  expect(values).toHaveLength(32);
  values.forEach((value, i) => {
    expect(Math.abs(value - (i % 4 < 2 ? 40 : 200))).toBeLessThan(20);
  });
  const again = await arrays(path, { like: source.detected });
  expect(await valuesOf(again)).toEqual(values);
  const same = await arrays(path, { size: [8, 8] });
  expect(saidBy(same)).toEqual([]);
});

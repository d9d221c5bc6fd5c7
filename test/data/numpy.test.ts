import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { contentHeld } from "../../src/data/arrays/open-arrays.ts";
import { arrays, arraysRefused, idx, npy, saidBy, valuesOf, zip } from "./arrays.ts";
import { file, folder, kinds, open, rowsOf } from "./helpers.ts";

interface Golden {
  readonly cases: readonly {
    readonly name: string;
    readonly bytes: string;
    readonly shape: readonly number[];
    readonly values: readonly number[];
  }[];
  readonly table: readonly (readonly number[])[];
  readonly [archive: string]: unknown;
}
const golden = JSON.parse(
  readFileSync(fileURLToPath(new URL("../golden/arrays.json", import.meta.url)), "utf8"),
) as Golden;
const archive = (name: string) => file(Buffer.from(golden[name] as string, "base64"), "a.npz");

describe("every type of number that NumPy writes is read, in both orders of bytes and of places", () => {
  test.each(golden.cases)("$name", async ({ bytes, shape, values }) => {
    const content = shape.length === 3 ? { content: "sequences" as const } : {};
    const source = await arrays(file(Buffer.from(bytes, "base64"), "a.npy"), content);
    expect([source.rows, ...source.detected.shape]).toEqual(shape);
    expect(await valuesOf(source)).toEqual(values);
  });
});

test.each(["stored", "deflated"])(
  "%s X and y of an .npz are a table with a label",
  async (name) => {
    const source = await open(archive(name), { label: "y" });
    expect(kinds(source)).toEqual({
      column_1: "number feature",
      column_2: "number feature",
      column_3: "number feature",
      y: "number label",
    });
    const rows = await rowsOf(source, {
      numeric: ["column_1", "column_2", "column_3"],
      text: ["y"],
    });
    expect(rows.numeric).toEqual(golden.table.flat());
    expect(rows.text).toEqual([["0", "1", "0", "0", "1", "0", "0"]]);
    expect(await contentHeld(archive(name))).toBe("table");
  },
);

test("labels may be texts, and the guess of sequences is said aloud", async () => {
  const source = await arrays(archive("words"));
  expect(source.detected).toMatchObject({ content: "sequences", format: "npz", shape: [4, 2] });
  expect(source.labels).toEqual(["año", "b", "ccc"]);
  expect(saidBy(source).join("\n")).toContain("sequences, [rows, time, features]");
});

test("of several arrays a person names one, and its labels come with it", async () => {
  expect((await arraysRefused(archive("split"))).code).toBe("array_ambiguous");
  const wrong = await arraysRefused(archive("split"), { array: "x_tran" });
  expect(wrong).toMatchObject({ code: "array_unknown", parameters: { nearest: "x_train" } });
  const source = await open(archive("split"), { array: "x_test", label: "y" });
  expect(source.rows).toBe(2);
});

test("a pickle is refused, not loaded", async () => {
  const path = file(Buffer.from(golden.objects as string, "base64"), "o.npy");
  expect((await arraysRefused(path)).code).toBe("array_objects");
});

const header = (shape: string, type = "<f4") =>
  `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }\n`;

test.each([
  ["more values than bytes", npy(header("(2, 3, 4)"), new Uint8Array(95)), "array_truncated"],
  ["a size beyond all memory", npy(header("(99999999999, 99999999, 9)")), "array_truncated"],
  ["no values", npy(header("(0, 3, 4)")), "array_empty"],
  ["complex numbers", npy(header("(1, 1, 1)", "<c8"), new Uint8Array(8)), "array_type"],
  ["a broken header", npy("{'descr': '<f4', 'shape': "), "array_header"],
  ["a header that is cut", npy(header("(2, 3, 4)")).subarray(0, 20), "array_header"],
  ["code in place of a shape", npy(header("(__import__('os'),)")), "array_header"],
  ["one value alone", npy(header("()"), new Uint8Array(4)), "array_shape"],
])("%s: an error of its own", async (_, bytes, code) => {
  const path = file(bytes, "a.npy");
  expect((await arraysRefused(path, { content: "images" })).code).toBe(code);
});

test("an archive that is cut, that lies, or that would swell is refused", async () => {
  const whole = zip({ "X.npy": npy(header("(2, 3, 4)"), new Uint8Array(96)) });
  expect(await valuesOf(await arrays(file(whole, "a.npz")))).toHaveLength(24);
  for (const bytes of [
    whole.subarray(0, whole.length - 30),
    zip({ "X.npy": npy(header("(2, 3, 4)"), new Uint8Array(96)) }, { lie: 20 }),
  ]) {
    expect((await arraysRefused(file(bytes, "a.npz"))).code).toBe("archive_damaged");
  }
  for (let at = 64; at < 160; at += 8) {
    const scratched = Buffer.from(golden.deflated as string, "base64").fill(0xaa, at, at + 8);
    const { code } = await arraysRefused(file(scratched, "a.npz"), { content: "sequences" });
    expect(code).toMatch(/^(archive_damaged|array_header|array_truncated)$/);
  }
  const swollen = zip({ "X.npy": new Uint8Array(1000) }, { lie: 3_000_000_000 });
  expect((await arraysRefused(file(swollen, "a.npz"))).code).toBe("archive_swollen");
});

test("an array of three sizes is no table", async () => {
  const path = file(npy(header("(2, 3, 4)"), new Uint8Array(96)), "a.npy");
  await expect(open(path)).rejects.toMatchObject({ code: "array_shape" });
  expect(await contentHeld(path)).toBe("sequences");
});

test("classes that are whole numbers of 64 bits keep all their digits", async () => {
  const place = folder();
  const classes = BigInt64Array.of(9_007_199_254_740_992n, 9_007_199_254_740_993n);
  const path = join(place, "y.npy");
  writeFileSync(
    path,
    npy(
      "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }\n",
      new Uint8Array(classes.buffer),
    ),
  );
  const images = join(place, "x.idx3");
  writeFileSync(images, idx([2, 1, 1], Uint8Array.of(1, 2)));
  const { labels } = await arrays(images, { labels: path });
  expect(labels).toEqual(Array.from(classes, String));
});

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { expect, test } from "vitest";
import type { OutputColumn } from "../../src/data/terms/output.ts";
import { outputFormat, writeRows } from "../../src/data/write/write.ts";
import { folder, open, rowsOf } from "./helpers.ts";

const columns: OutputColumn[] = [
  { name: "id, first", type: "text" },
  { name: "score", type: "float" },
  { name: "value", type: "double" },
  { name: "n", type: "integer" },
  { name: "odd", type: "boolean" },
];
const batch = {
  rows: 3,
  columns: [
    ['a "b"', "línea\nnueva", null],
    Float32Array.of(0.1, 123.456, Number.NaN),
    Float64Array.of(0.1 + 0.2, 1e-300, -5),
    [1, null, 9007199254740991],
    Uint8Array.of(1, 0, 1),
  ],
};

test.each(["csv", "parquet", "json", "ndjson"] as const)(
  "what is written as %s is read back as it was",
  async (format) => {
    const path = join(folder(), `out.${format}`);
    expect(outputFormat(path)).toBe(format);
    expect(await writeRows(path, format, columns, [batch, batch])).toBe(6);
    const back = await open(path, { missing: [] });
    expect(back.columns.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
    const { numeric, categories, text } = await rowsOf(back, {
      numeric: ["value", "n"],
      categories: ["id, first", "odd"],
      text: ["score"],
    });
    expect(numeric.slice(0, 6)).toEqual([0.1 + 0.2, 1, 1e-300, Number.NaN, -5, 9007199254740991]);
    expect(numeric.slice(6)).toEqual(numeric.slice(0, 6));
    expect(categories.slice(0, 6)).toEqual(['a "b"', "true", "línea\nnueva", "false", "", "true"]);
    expect(text[0]!.slice(0, 2).map(Number)).toEqual([0.1, 123.456]);
  },
);

test("a write that fails leaves the former file and nothing else", async () => {
  const path = join(folder(), "out.csv");
  writeFileSync(path, "former");
  const failing = async function* () {
    yield batch;
    throw new Error("stopped");
  };
  await expect(writeRows(path, "csv", columns, failing())).rejects.toThrow("stopped");
  expect(readFileSync(path, "utf8")).toBe("former");
  expect(readdirSync(join(path, ".."))).toEqual(["out.csv"]);
});

test("a full disk is said, whatever the format", async () => {
  if (!existsSync("/dev/full")) return;
  await expect(writeRows("/dev/full", "csv", columns, [batch])).rejects.toMatchObject({
    code: "write_failed",
  });
});

test("a folder that does not exist is said", async () => {
  const path = join(folder(), "no", "out.parquet");
  await expect(writeRows(path, "parquet", columns, [batch])).rejects.toMatchObject({
    code: "write_failed",
  });
});

test("text goes to a stream as it comes; Parquet does not", async () => {
  let text = "";
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  await writeRows(stream, "csv", columns.slice(1, 2), [
    { rows: 2, columns: [Float32Array.of(0.5, 2)] },
  ]);
  expect(text).toBe("score\n0.5\n2\n");
  await expect(writeRows(stream, "parquet", columns, [batch])).rejects.toMatchObject({
    code: "parquet_stream",
  });
});

test("rows of a Parquet file of several row groups come in its order, on their way out too", async () => {
  const rows = 300_000;
  const path = join(folder(), "ordered.parquet");
  const values = Float64Array.from({ length: rows }, (_, i) => i);
  const texts = Array.from({ length: rows }, (_, i) => `row ${i % 7}`);
  const own: OutputColumn[] = [
    { name: "n", type: "double" },
    { name: "t", type: "text" },
  ];
  await writeRows(path, "parquet", own, [{ rows, columns: [values, texts] }]);
  const table = await open(path);
  let next = 0;
  for await (const batch of table.batches({ numeric: ["n"], categories: [], text: ["t"] }))
    for (let i = 0; i < batch.rows; i++)
      if (batch.numeric[i] === next && batch.text[0]![i] === `row ${next % 7}`) next++;
  expect(next).toBe(rows);
});

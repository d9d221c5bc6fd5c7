import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Writable } from "node:stream";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
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
    code: "file_stream",
  });
});

describe("an Excel workbook", () => {
  const own: OutputColumn[] = [
    { name: "id", type: "text" },
    { name: "code", type: "text" },
    { name: "day & <hour>", type: "text" },
    { name: "x", type: "double" },
    { name: "score", type: "float" },
    { name: "odd", type: "boolean" },
    { name: "why", type: "text" },
  ];
  const cells = [
    ["1", "20", "3"],
    ["007", "12", "x"],
    ["2024-02-29", "2024-03-01 12:30:00", ""],
    Float64Array.of(1.5, Number.NaN, -2e-7),
    Float32Array.of(0.1, 2, 3),
    [true, false, null],
    ['say "a, b" & <c>_x0041_', "line\nbreak\u0007", " ñ "],
  ];

  test("is read back by ourselves: numbers, dates, booleans and texts as what they are", async () => {
    const path = join(folder(), "out.xlsx");
    expect(await writeRows(path, "xlsx", own, [{ rows: 3, columns: cells }])).toBe(3);
    const table = await open(path);
    expect(table.columns.map(({ name }) => name)).toEqual(own.map(({ name }) => name));
    const { numeric, text } = await rowsOf(table, {
      numeric: ["id", "day & <hour>", "x", "score"],
      text: ["code", "odd", "why"],
    });
    const days = Date.UTC(2024, 1, 29) / 864e5;
    expect(numeric).toEqual([
      ...[1, days, 1.5, 0.1],
      ...[20, days + 1 + 12.5 / 24, Number.NaN, 2],
      ...[3, Number.NaN, -2e-7, 3],
    ]);
    // a code with a zero before it makes its column text
    expect(text).toEqual([
      ["007", "12", "x"],
      ["true", "false", ""],
      ['say "a, b" & <c>_x0041_', expect.stringMatching(/^line break/), "ñ"],
    ]);
    const sheet = unzipSync(readFileSync(path))["xl/worksheets/sheet1.xml"]!;
    expect(Buffer.from(sheet).toString()).toContain(">line\nbreak_x0007_<");
  });

  test("has its header bold and in sight, and the same bytes for the same rows", async () => {
    const [a, b] = ["a.xlsx", "b.xlsx"].map((name) => join(folder(), name)) as [string, string];
    for (const path of [a, b]) await writeRows(path, "xlsx", own, [{ rows: 3, columns: cells }]);
    expect(readFileSync(a)).toEqual(readFileSync(b));
    const parts = unzipSync(readFileSync(a));
    const sheet = Buffer.from(parts["xl/worksheets/sheet1.xml"]!).toString();
    expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2"');
    expect(sheet).toContain('<row><c s="1" t="inlineStr"><is><t xml:space="preserve">id</t>');
    // 29 February 2024 is day 45351
    expect(sheet).toContain('<c s="2"><v>45351</v></c>');
    expect(sheet).toContain('<c t="b"><v>1</v></c>');
  });

  test("of no rows is a header", async () => {
    const path = join(folder(), "none.xlsx");
    expect(await writeRows(path, "xlsx", own, [])).toBe(0);
    const sheet = unzipSync(readFileSync(path))["xl/worksheets/sheet1.xml"]!;
    expect(Buffer.from(sheet).toString().match(/<row>/g)).toHaveLength(1);
  });

  test("is refused where a sheet cannot hold it, and nothing is left", async () => {
    const place = folder();
    const path = join(place, "big.xlsx");
    const one: OutputColumn[] = [{ name: "n", type: "integer" }];
    const numbers = new Float64Array(1_048_576);
    await expect(
      writeRows(path, "xlsx", one, [{ rows: numbers.length, columns: [numbers] }]),
    ).rejects.toMatchObject({ code: "xlsx_rows" });
    const wide = Array.from({ length: 16_385 }, (_, i) => ({ ...one[0]!, name: `c${i}` }));
    await expect(writeRows(path, "xlsx", wide, [])).rejects.toMatchObject({ code: "xlsx_columns" });
    const long = [{ rows: 1, columns: [["x".repeat(32_768)]] }];
    await expect(
      writeRows(path, "xlsx", [{ name: "t", type: "text" }], long),
    ).rejects.toMatchObject({ code: "xlsx_text", parameters: { row: 1, column: "t" } });
    await expect(writeRows(new Writable(), "xlsx", one, [])).rejects.toMatchObject({
      code: "file_stream",
    });
    expect(readdirSync(place)).toEqual([]);
  });
});

test("CSV for a Spanish Excel has semicolons, decimal commas and a byte order mark", async () => {
  const path = join(folder(), "es.csv");
  const own: OutputColumn[] = [
    { name: "país", type: "text" },
    { name: "nivel", type: "text" },
    { name: "x", type: "double" },
    { name: "score", type: "float" },
    { name: "is_anomaly", type: "boolean" },
  ];
  const rows = [
    ["España; sí", "a,b", "3.50"],
    ["12.5", "007", "1"],
    [1.25, -2e-7, Number.NaN],
    [0.1, 2, 3],
    [true, false, null],
  ];
  await writeRows(path, "csv", own, [{ rows: 3, columns: rows }], { excel: "es" });
  expect(readFileSync(path, "utf8").split("\n")).toEqual([
    "\ufeffpaís;nivel;x;score;is_anomaly",
    '"España; sí";12,5;1,25;0,1;VERDADERO',
    "a,b;007;-2e-7;2;FALSO",
    "3,50;1;;3;",
    "",
  ]);
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

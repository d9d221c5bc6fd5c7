import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTable } from "../../src/data/tables/open.ts";
import type { OpenOptions } from "../../src/data/terms/table.ts";
import { file, folder, refused, table } from "./helpers.ts";

const rows = (n: number, row: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => row(i)).join("\n");

const strict = { strict: true };

test.each([
  ["no file", null, "file_missing"],
  ["an empty file", "", "file_empty"],
  ["only blank lines", "\n\n\n", "file_empty"],
  ["a header and nothing else", "a,b,c\n", "file_no_rows"],
  ["the same name twice, strictly", "a,b,a\n1,2,3\n4,5,6\n", "column_duplicate", { strict: true }],
  [
    "random bytes",
    Uint8Array.from({ length: 4000 }, (_, i) => (i * i * 31 + 7 * i) % 251),
    "file_binary",
  ],
  [
    "a false zip archive",
    Buffer.concat([Buffer.from("PK\x03\x04"), Buffer.alloc(200)]),
    "archive_damaged",
  ],
  ["damaged gzip", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]), "archive_damaged"],
  ["a false Parquet file", Buffer.from("PAR1 nothing of the kind PAR1"), "file_unreadable"],
] as readonly [string, string | Uint8Array | null, string, OpenOptions?][])(
  "%s has an error of its own",
  async (...[, content, code, options]) => {
    expect((await refused(content, options)).code).toBe(code);
  },
);

test("a table that does not fit into the memory it may have says how to give it more", async () => {
  const content = `a,b\n${rows(40, (i) => `${i},${i * 2}`)}`;
  await expect(openTable(file(content), { memoryLimit: "1KB" })).rejects.toMatchObject({
    code: "memory_short",
    parameters: { limit: "1KB" },
  });
});

test("a folder is not a table", async () => {
  const path = folder();
  await expect(openTable(path)).rejects.toMatchObject({ code: "file_is_folder" });
});

test.each([
  ["too few", "7,8"],
  ["too many", "7,8,9,10"],
])("a row with %s fields is named by its line, strictly", async (_, row) => {
  const error = await refused(`a,b,c\n1,2,3\n\n4,5,6\n${row}\n1,2,3\n`, strict);
  expect(error.code).toBe("row_ragged");
  expect(error.parameters).toMatchObject({ line: 5, expected: 3, actual: row.split(",").length });
});

test("a text at row 70,000 of a column of numbers is found, and the error says where", async () => {
  const content = `a,b\n${rows(80_000, (i) => `${i % 977},${i === 69_999 ? "oops" : i / 7}`)}\n`;
  const error = await refused(content, strict);
  expect(error.code).toBe("cell_unreadable");
  expect(error.parameters).toMatchObject({ line: 70_001, row: 70_000, column: "b", value: "oops" });
  const cured = await table(content, { missing: ["oops"] });
  expect(cured.columns[1]!.profile.missing).toBe(1);
});

test("a header may span lines", async () => {
  const source = await table('"amount\nin EUR",b\n1,2\n3,4\n5,7\n');
  expect(source.rows).toBe(3);
  const error = await refused(`"a\nb",c\n${rows(40, (i) => `${i},${i}`)}\n7,bad\n`, strict);
  expect(error.parameters).toMatchObject({ row: 41, line: 43 });
});

test("the line of a bad cell counts lines inside quotes", async () => {
  const content = `a,b\n"x\ny",1\nz,2\n"v\n\nw",3\n${rows(30, (i) => `u${i % 3},${i}`)}\nz,bad\n`;
  const error = await refused(content, strict);
  expect(error.parameters).toMatchObject({ row: 34, line: 38, value: "bad" });
});

test.each(["inf", "-Infinity", "1e999"])(
  "%s is refused with its place, and can be read as missing",
  async (value) => {
    const content = `a,b\n${rows(40, (i) => `${i % 7},${i === 20 ? value : i / 3}`)}\n`;
    const error = await refused(content);
    expect(error.code).toBe("cell_infinite");
    expect(error.parameters).toMatchObject({ row: 21, line: 22, column: "b" });
    const cured = await table(content, { missing: ["inf"] });
    expect(cured.columns[1]!.profile.missing).toBe(1);
  },
);

test("an unknown column is answered with the nearest", async () => {
  const content = "Amount,Class\n1,0\n2,1\n3,0\n";
  const label = await refused(content, { label: "class_" });
  expect(label).toMatchObject({ code: "label_missing", parameters: { nearest: "Class" } });
  const feature = await refused(content, { features: ["Amuont"] });
  expect(feature).toMatchObject({ code: "column_unknown", parameters: { nearest: "Amount" } });
});

test("an opened quote that is not closed is an error, not a hang", async () => {
  const error = await refused(`a,b\n1,2\n3,"4\n5,6\n${rows(100, () => "1,2")}\n`, strict);
  expect(["row_quote", "row_ragged", "file_unreadable"]).toContain(error.code);
});

test("files of one pattern must have the same columns", async () => {
  const path = folder();
  mkdirSync(join(path, "d"));
  writeFileSync(join(path, "d", "1.csv"), "a,b\n1,2\n");
  writeFileSync(join(path, "d", "2.csv"), "a,c\n1,2\n");
  for (const [head, code, words] of [
    ["a,c", "files_differ", "lacks b, and has besides c"],
    ["a", "files_lack", "lacks b"],
    ["a,b,c", "files_more", "besides c"],
    ["b,a", "files_order", 'column 1 is "b", there it is "a"'],
  ] as const) {
    writeFileSync(join(path, "d", "2.csv"), `${head}\n${head.replace(/\w/g, "1")}\n`);
    await expect(openTable(join(path, "d", "*.csv"))).rejects.toMatchObject({
      ...{ code, message: expect.stringContaining(words) },
    });
  }
});

test("a column without values is left out and said aloud; one row and one column are tables", async () => {
  const empty = await table("a,b\n1,\n2,NA\n4,?\n");
  expect(empty.columns[1]).toMatchObject({ role: "ignore", why: { code: "why_empty" } });
  expect(empty.notes.some(({ code }) => code === "left_out")).toBe(true);
  expect((await table("a,b\n1.5,x\n")).rows).toBe(1);
  const one = await table("a\n1.5\n2.5\n\n");
  expect(one.rows).toBe(2);
});

import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { file, folder, kinds, open, rowsOf, table } from "./helpers.ts";

const plain =
  "name,amount,day\nCádiz,1234.5,2021-03-04\nÁvila,0.25,2021-12-31\nCádiz,1000000,2022-01-30\nLeón,-12.125,2020-02-29\n";
const local =
  "name;amount;day\nCádiz;1.234,5;04/03/2021\nÁvila;0,25;31/12/2021\nCádiz;1.000.000;30/01/2022\nLeón;-12,125;29/02/2020\n";

describe("the same table, however it is written, has the same values", () => {
  const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
  test.each([
    ["UTF-8", plain],
    ["a byte order mark", `\ufeff${plain}`],
    ["Windows line ends", plain.replaceAll("\n", "\r\n")],
    ["line ends of two kinds", plain.replace("\n", "\r\n")],
    ["old Macintosh line ends", plain.replaceAll("\n", "\r")],
    ["tabs", plain.replaceAll(",", "\t")],
    ["bars", plain.replaceAll(",", "|")],
    ["decimal commas, thousands points, dd/mm", local],
    ["Latin-1", Buffer.from(local, "latin1")],
    ["UTF-16", utf16(local)],
    ["UTF-16, big-endian", utf16(local).swap16()],
    ["UTF-16 without mark", Buffer.from(plain, "utf16le")],
    ["gzip", gzipSync(local)],
    ["quotes around all", plain.replace(/[^,\n]+/g, '"$&"')],
    ["single quotes around all", plain.replace(/[^,\n]+/g, "'$&'")],
    ["mm/dd", plain.replace(/(\d{4})-(\d\d)-(\d\d)/g, "$2/$3/$1")],
    ["blanks around fields", plain.replaceAll(",", " , ")],
    ["a title above", `Sales of 2021\n\n${plain}`],
    ["blank lines below", `${plain}\n\n`],
    ["a line of units", plain.replace("\n", "\n,EUR,d/m/y\n")],
  ])("%s", async (_, content) => {
    const source = await table(content);
    const { numeric, categories } = await rowsOf(source, {
      numeric: ["amount", "day"],
      categories: ["name"],
    });
    expect(numeric).toEqual([1234.5, 18690, 0.25, 18992, 1000000, 19022, -12.125, 18321]);
    expect(categories).toEqual(["Cádiz", "Ávila", "Cádiz", "León"]);
    expect(source.rows).toBe(4);
  });
});

test("a second line that holds codes is not a row", async () => {
  const months = Array.from(
    { length: 15 },
    (_, i) => `${1 + (i % 12)}/1/${1959 + Math.floor(i / 12)},${i / 2},${i % 4}`,
  );
  const source = await table(`sasdate,x,y\nTransform:,5,2\n${months.join("\n")}\n`);
  expect(source.rows).toBe(15);
  expect(source.detected.skipped).toMatchObject([{ line: 2, text: "Transform:,5,2" }]);
  expect(source.notes.map(({ code }) => code)).toContain("line_skipped");
  // By value these could be days of January; only as months are they evenly spaced.
  const { numeric } = await rowsOf(source, { numeric: ["sasdate"] });
  expect(numeric.map((d) => new Date(d * 864e5).toISOString().slice(0, 7)).slice(10, 14)).toEqual([
    "1959-11",
    "1959-12",
    "1960-01",
    "1960-02",
  ]);
});

test("ambiguous dates are read by the stated order, and else it is said aloud", async () => {
  const content = "when,x\n03/04/2021,1\n07/02/2021,2\n05/05/2021,9\n";
  const dayFirst = await table(content, { dates: "dmy" });
  expect((await rowsOf(dayFirst, { numeric: ["when"] })).numeric[0]).toBe(
    Date.UTC(2021, 3, 3) / 864e5,
  );
  const guessed = await table(content);
  expect((await rowsOf(guessed, { numeric: ["when"] })).numeric[0]).toBe(
    Date.UTC(2021, 2, 4) / 864e5,
  );
  expect(guessed.notes.map(({ code }) => code)).toContain("dates_ambiguous");
});

test("a day above 12 far down in the file decides the order of all", async () => {
  const days = Array.from(
    { length: 5000 },
    (_, i) => `0${1 + (i % 9)}/0${1 + (i % 7)}/2021,${i % 5}`,
  );
  const source = await table(`when,x\n${days.join("\n")}\n25/01/2021,3\n`);
  expect(source.detected.dates).toBe("dmy");
});

test("times are fractions of days", async () => {
  const source = await table("t,x\n2020-01-01 06:00:00,1\n2020-01-01T12:00,2\n2020-01-02,3\n");
  expect((await rowsOf(source, { numeric: ["t"] })).numeric).toEqual([18262.25, 18262.5, 18263]);
});

test("marks of missing cells are NaN and empty text, and so are stated ones", async () => {
  const content = "x,c\n1,a\nNA,b\n?,NULL\n-200,-\n,a\nnan,\n-200.0,b\n4,N/A\n";
  const source = await table(content, { missing: ["-200"] });
  const { numeric, categories } = await rowsOf(source, { numeric: ["x"], categories: ["c"] });
  expect(numeric).toEqual([
    1,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
    4,
  ]);
  expect(categories).toEqual(["a", "b", "", "", "a", "", "b", ""]);
  expect(source.detected.missing).toEqual(
    expect.arrayContaining(["", "NA", "?", "-200", "NULL", "-"]),
  );
});

test("a word for missing among numbers is read as missing, among categories it stays", async () => {
  const lines = Array.from(
    { length: 40 },
    (_, i) => `${i % 9 ? i : ".."},${i % 5 ? "a" : "unknown"}`,
  );
  const source = await table(`x,c\n${lines.join("\n")}\n`);
  expect(source.columns[0]).toMatchObject({ type: "number", profile: { missing: 5 } });
  expect(source.columns[1]!.profile.top).toContainEqual(["unknown", 8]);
  expect(source.notes.map(({ code }) => code)).toEqual(
    expect.arrayContaining(["marks_found", "mark_kept"]),
  );
});

test("types and roles are guessed as a person would", async () => {
  const cities = ["Jaén", "Soria", "Lugo"];
  const lines = Array.from({ length: 100 }, (_, i) =>
    [
      i + 1,
      `u${i * 7}`,
      cities[i % 3],
      ["sí", "no"][i % 2],
      i % 2,
      `0${8000 + ((i * i) % 19)}`,
      "same",
      (i * 37) % 11,
      `the row number ${i} says something long and new ${i}`,
      `2020-01-${String(1 + (i % 28)).padStart(2, "0")}`,
    ].join(","),
  );
  const source = await table(
    `nr,user,city,member,flag,zip,const,kind,remark,day\n${lines.join("\n")}\n`,
  );
  expect(kinds(source)).toEqual({
    nr: "number id",
    user: "category id",
    city: "category feature",
    member: "boolean feature",
    flag: "number feature",
    zip: "category feature",
    const: "category ignore",
    kind: "number feature",
    remark: "text ignore",
    day: "date feature",
  });
  expect(source.columns.filter((c) => c.input === "categories").map((c) => c.name)).toEqual([
    "city",
    "member",
    "zip",
  ]);
});

test("names without header are numbered, and a column may be called by its number", async () => {
  const source = await table("1,2,a\n3,4,b\n5,6,a\n7,9,b\n", { label: "3", ignore: ["2"] });
  expect(source.detected.header).toBe(false);
  expect(kinds(source)).toEqual({
    column_1: "number feature",
    column_2: "number ignore",
    column_3: "category label",
  });
});

test("stated types win, and units come from names", async () => {
  const source = await table("CO [mg/m3],zone\n1.5,1\n2.5,2\n3,1\n", {
    types: { zone: "category" },
  });
  expect(source.columns[0]!.unit).toBe("mg/m3");
  expect(source.columns[1]).toMatchObject({ type: "category", input: "categories" });
  expect((await rowsOf(source, { categories: ["zone"] })).categories).toEqual(["1", "2", "1"]);
});

describe("a column whose type is stated", () => {
  const words = "uno dos tres cuatro cinco seis siete ocho nueve diez once doce".split(" ");
  const note = (i: number) =>
    words.map((_, k) => words[(i * (k + 3) + k * k) % words.length]).join(" ");
  const rows = Array.from(
    { length: 90 },
    (_, i) =>
      `${i + 1},2021-01-${String((i % 28) + 1).padStart(2, "0")},${i % 7},${note(i)} ${i},7`,
  );
  const written = `id,day,x,note,same\n${rows.join("\n")}\n`;

  test("is a feature, and says why, where it was left out by itself", async () => {
    expect(kinds(await table(written))).toMatchObject({
      ...{ id: "number id", note: "text ignore", same: "number ignore" },
    });
    const source = await table(written, {
      types: { id: "number", note: "category", same: "number", x: "category" },
    });
    expect(kinds(source)).toEqual({
      ...{ id: "number feature", day: "date feature", x: "category feature" },
      ...{ note: "category feature", same: "number feature" },
    });
    const why = Object.fromEntries(source.columns.map(({ name, why }) => [name, why.code]));
    const stated = "why_type_stated";
    expect(why).toEqual({ id: stated, day: "why_date", x: stated, note: stated, same: stated });
    expect(source.notes.map(({ code }) => code)).not.toContain("left_out");
  });

  test("keeps a role that is stated too", async () => {
    const source = await table(written, { types: { note: "category" }, id: ["note"] });
    expect(source.columns[3]).toMatchObject({ role: "id", why: { code: "why_stated" } });
  });

  test("is left out as text, and so is one without values", async () => {
    const source = await table(`${written.replaceAll(",7\n", ",\n")}`, {
      types: { x: "text", same: "number" },
    });
    expect(source.columns[2]).toMatchObject({ role: "ignore", why: { code: "why_text_stated" } });
    expect(source.columns[4]).toMatchObject({ role: "ignore", why: { code: "why_empty" } });
  });

  test("still tells time as a date that rises row by row", async () => {
    const days = Array.from({ length: 30 }, (_, i) => `${20210101 + i},${i % 7}`).join("\n");
    const source = await table(`day,x\n${days.replace(/(\d{4})(\d\d)(\d\d),/g, "$1-$2-$3,")}\n`, {
      types: { day: "date" },
    });
    expect(source.columns[0]).toMatchObject({ type: "date", role: "time" });
  });
});

test("dates that a format knows as dates have no order of day and month", async () => {
  const path = join(folder(), "days.parquet");
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT DATE '2021-03-04' + (i * i % 50)::INT AS day FROM range(60) t(i)) TO '${path}'`,
  );
  connection.closeSync();
  const source = await open(path);
  expect(source.columns[0]!.type).toBe("date");
  expect(source.detected.dates).toBeNull();
});

test("a file whose name looks like a pattern is that file", async () => {
  const source = await open(file("a,b\n1,x\n2,y\n", "data[1]*.csv"));
  expect(source.rows).toBe(2);
});

test("batches keep the order of the source and their size", async () => {
  const source = await table(
    `i,w\n${Array.from({ length: 20_000 }, (_, i) => `${i},w${i % 10}`).join("\n")}\n`,
  );
  const { numeric, categories, text } = await rowsOf(
    source,
    { numeric: ["i"], categories: ["w"], text: ["i"] },
    777,
  );
  expect(numeric.every((value, i) => value === i)).toBe(true);
  expect(categories[12_345]).toBe("w5");
  expect(text[0]![12_345]).toBe("12345");
});

test("a label may mix numbers and words", async () => {
  const lines = Array.from({ length: 60 }, (_, i) => `${i / 3},${i === 30 ? "odd" : i % 2}`);
  const source = await table(`x,y\n${lines.join("\n")}\n`, { label: "y" });
  expect(source.columns[1]).toMatchObject({ role: "label", profile: { distinct: 3 } });
  expect((await rowsOf(source, { text: ["y"] })).text[0]![30]).toBe("odd");
});

test("JSON and NDJSON keep their types, and what is nested is left out", async () => {
  const rows = [
    { a: 1.5, b: "x", c: true, d: "2020-01-02", e: { f: 1 } },
    { a: null, b: "y", c: false, d: "2020-01-01", e: { f: 2 } },
    { a: 3, b: "x", c: true, d: "2020-01-07", e: { f: 2 } },
  ];
  for (const [name, text] of [
    ["rows.json", JSON.stringify(rows)],
    ["rows.ndjson", rows.map((row) => JSON.stringify(row)).join("\n")],
  ] as const) {
    const source = await open(file(text, name));
    expect(kinds(source)).toEqual({
      a: "number feature",
      b: "category feature",
      c: "boolean feature",
      d: "date feature",
      e: "text ignore",
    });
    const { numeric, categories } = await rowsOf(source, {
      numeric: ["a", "d"],
      categories: ["b", "c"],
    });
    expect(numeric).toEqual([1.5, 18263, Number.NaN, 18262, 3, 18268]);
    expect(categories).toEqual(["x", "true", "y", "false", "x", "true"]);
  }
});

test("an identifier that comes again now and then names rows, whether text or number", async () => {
  const rows = Array.from({ length: 200 }, (_, i) => [
    ...[`P-${(i * 7) % 190}`, String(70_000 + ((i * 11) % 185)), String((i * 37) % 101)],
    ...[`n${(i * 13) % 190}`, String(((i * 29) % 157) / 4)],
  ]);
  const heads = "policy_id,customer_id,claims,note,amount";
  const { columns } = await table(`${[heads, ...rows.map((row) => row.join())].join("\n")}\n`);
  expect(columns.map(({ name, role, why }) => [name, role, why.code])).toEqual([
    ["policy_id", "id", "why_id_many"],
    ["customer_id", "id", "why_id_many"],
    ["claims", "feature", "why_number"],
    ["note", "ignore", "why_many"],
    ["amount", "feature", "why_number"],
  ]);
});

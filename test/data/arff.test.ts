import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openTable } from "../../src/data/tables/open.ts";
import { espejo } from "../cli/helpers.ts";
import { file, folder, kinds, open, rowsOf } from "./helpers.ts";

const day = (text: string): number => Date.parse(`${text.replace(" ", "T")}Z`) / 864e5;
const arff = (...lines: readonly string[]): string => file(`${lines.join("\n")}\n`, "t.arff");

describe("Weka's files say what their columns are", () => {
  const head = [
    "% Data of a course",
    "%",
    "@relation 'two words'",
    "",
    "@attribute age numeric % in years",
    "@ATTRIBUTE 'family size' INTEGER",
    '@attribute "it\\\'s real" Real',
    "@attribute class {0, 1}",
    "@attribute level {low,'very high',\"it's\"}",
    '@attribute seen date "dd.MM.yyyy HH:mm"',
    "@attribute told string",
    "",
    "@data",
  ];
  const rows = [
    "31.5,4,1e-3,0,low,'31.01.2024 08:30','some, words'",
    "% a remark between rows",
    "?, 3, -2, 1, 'very high', ?, \"?\"",
    "28,?,+.5,?,\"it's\",01.02.2024 00:00,'it\\'s 5 % more' % and a remark",
    "",
    "44\t2\t7\t0\tlow\t?\tword",
  ];

  test.each(["\n", "\r\n"])("with line ends %j", async (end) => {
    const path = file([...head, ...rows].join(end), "t.arff");
    const source = await open(path, {
      types: { told: "category", class: "category", level: "category" },
    });
    expect(kinds(source)).toEqual({
      age: "number feature",
      "family size": "number feature",
      "it's real": "number feature",
      class: "category feature",
      level: "category feature",
      seen: "date feature",
      told: "category feature",
    });
    expect([source.rows, source.detected.format]).toEqual([4, "arff"]);
    const { numeric, categories, text } = await rowsOf(source, {
      numeric: ["age", "family size", "it's real", "seen"],
      categories: ["class", "level"],
      text: ["told"],
    });
    const none = Number.NaN;
    expect(numeric).toEqual([
      ...[31.5, 4, 1e-3, day("2024-01-31 08:30")],
      ...[none, 3, -2, none],
      ...[28, none, 0.5, day("2024-02-01 00:00")],
      ...[44, 2, 7, none],
    ]);
    expect(categories).toEqual(["0", "low", "1", "very high", "", "it's", "0", "low"]);
    expect(text[0]).toEqual(["some, words", "?", "it's 5 % more", "word"]);
  });

  test("values that are digits are categories, since the head lists them; numbers are numbers", async () => {
    const lines = Array.from({ length: 40 }, (_, i) => `${i % 2},${i % 3},00${i % 4}`);
    const source = await open(
      arff(
        "@relation r",
        "@attribute y {0,1}",
        "@attribute n numeric",
        "@attribute code {000,001,002,003}",
        "@data",
        ...lines,
      ),
    );
    expect(source.columns.map(({ type }) => type)).toEqual(["category", "number", "category"]);
  });

  test("whatever they are called, packed, in Latin-1, from standard input and as bytes", async () => {
    const text =
      "% ¿qué?\n\n@RELATION r\n@ATTRIBUTE año numeric\n@ATTRIBUTE k {ñ,b}\n@DATA\n1,ñ\n2,b\n4,ñ\n";
    const latin = Buffer.from(text, "latin1");
    const source = await open(file(latin, "t.txt"));
    expect(source.columns.map(({ name }) => name)).toEqual(["año", "k"]);
    expect(source.notes).toContainEqual({ code: "not_utf8", parameters: { encoding: "latin-1" } });
    const bytes = await openTable(Buffer.from(text));
    expect([bytes.rows, bytes.detected.format]).toEqual([3, "arff"]);
    await bytes.dispose();
    const { code, out } = await espejo(["inspect", "-", "--json"], { input: `\ufeff${text}` });
    expect([code, JSON.parse(out).detected.format]).toEqual([0, "arff"]);
  });

  test("several files of one pattern are one table", async () => {
    const path = folder();
    mkdirSync(join(path, "d"));
    const text = (name: string) =>
      `@relation r\n@attribute ${name} numeric\n@attribute k {a,b}\n@data\n1,a\n2,b\n`;
    writeFileSync(join(path, "d", "1.arff"), text("x"));
    writeFileSync(join(path, "d", "2.arff"), text("x"));
    const source = await open(join(path, "d", "*.arff"));
    expect((await rowsOf(source, { numeric: ["x"] })).numeric).toEqual([1, 2, 1, 2]);
    writeFileSync(join(path, "d", "2.arff"), text("z"));
    await expect(open(join(path, "d", "*.arff"))).rejects.toMatchObject({ code: "files_differ" });
  });
});

describe("sparse rows", () => {
  const head = [
    "@relation r",
    "@attribute a numeric",
    "@attribute b numeric",
    "@attribute k {no,yes,'may be'}",
    "@attribute s string",
    "@data",
  ];

  test("leave out zeros and first values", async () => {
    const source = await open(
      arff(
        ...head,
        "{0 1.5, 2 yes}",
        "{}",
        "{1 ?, 2 'may be', 3 'x, y'}",
        "{ 0 2,1 3 , 3 z }",
        "{2 yes}, {0.5}",
      ),
      { types: { s: "category" } },
    );
    const { numeric, categories, text } = await rowsOf(source, {
      numeric: ["a", "b"],
      categories: ["k"],
      text: ["s"],
    });
    expect(numeric).toEqual([1.5, 0, 0, 0, 0, Number.NaN, 2, 3, 0, 0]);
    expect(categories).toEqual(["yes", "no", "may be", "no", "yes"]);
    expect(text[0]).toEqual(["", "", "x, y", "z", ""]);
    expect(source.notes).toContainEqual({ code: "arff_weights", parameters: { count: 1 } });
  });

  test.each(["{0 1, 9 2}", "{1 1, 0 2}", "{0}", "{0 1", "{x 1}", "{0 1 2}"])(
    "%s is refused",
    async (row) => {
      await expect(open(arff(...head, "{0 1}", row))).rejects.toMatchObject({
        code: "arff_sparse",
        parameters: { line: 8, columns: 4 },
      });
    },
  );
});

test("what the head does not list, names twice and weights of rows are said", async () => {
  const source = await open(
    arff(
      ...[
        "@relation r",
        "@attribute k {a,b}",
        "@attribute x numeric",
        "@attribute x numeric",
        "@data",
      ],
      ...["a,1,2", "c,2,5", "b,3,1,{2}", "c,4,4", "d,7,1"],
    ),
  );
  expect(source.columns.map(({ name }) => name)).toEqual(["k", "x", "x_2"]);
  expect(source.notes.slice(0, 3)).toEqual([
    { code: "names_numbered", parameters: { columns: "x_2" } },
    { code: "arff_weights", parameters: { count: 1 } },
    { code: "nominal_undeclared", parameters: { column: "k", count: 3, value: "c" } },
  ]);
});

describe("what is wrong is named by its line", () => {
  const head = ["@relation r", "% remark", "@attribute x numeric", "@attribute k {a,b}", "@data"];
  test.each<[string, readonly string[], string, object]>([
    [
      "nothing but rows that are too short",
      [...head, "% none", "2"],
      "row_ragged",
      { line: 7, expected: 2, actual: 1 },
    ],
    ["a quotation mark that stays open", [...head, "1,'a"], "row_quote", { line: 6 }],
    [
      "an infinite number",
      [...head, "1,a", "", "% here", "inf,b", "3,a"],
      "cell_infinite",
      { line: 9, row: 2, column: "x" },
    ],
    ["an unknown type", ["@relation r", "@attribute x word", "@data"], "arff_head", { line: 2 }],
    [
      "a name without a type",
      ["@relation r", "@attribute xreal", "@data"],
      "arff_head",
      { line: 2 },
    ],
    [
      "a date whose format is none",
      ["@relation r", "@attribute x date Q", "@data"],
      "arff_head",
      { line: 2 },
    ],
    [
      "tables inside of cells",
      ["@relation r", "@attribute bag relational", "@attribute x numeric", "@end bag", "@data"],
      "arff_relational",
      { line: 2, column: "bag" },
    ],
    ["no rows", head, "file_no_rows", {}],
    ["no data", head.slice(0, 4), "arff_head", {}],
    ["no columns", ["@relation r", "@data", "1"], "arff_head", { line: 2 }],
  ])("%s", async (_, lines, code, parameters) => {
    await expect(open(arff(...lines))).rejects.toMatchObject({ code, parameters });
  });

  test("rows with another number of cells are left out and said, or refused strictly", async () => {
    const path = arff(...head, "1,a", "2", "% and", "3,b", "4,a,a", "5,b");
    const source = await open(path);
    expect((await rowsOf(source, { numeric: ["x"] })).numeric).toEqual([1, 3, 5]);
    expect(source.notes).toContainEqual({
      code: "rows_odd",
      parameters: { count: 2, width: 2, line: 7, fields: 1, text: "2" },
    });
    await expect(open(path, { strict: true })).rejects.toMatchObject({
      code: "row_ragged",
      parameters: { line: 7, expected: 2, actual: 1 },
    });
  });

  test("a mark that is stated is missing among numbers and dates", async () => {
    const rows = Array.from({ length: 30 }, (_, i) =>
      i === 9 ? "xx,xx" : `${i / 2},2024-01-${i + 1}`,
    );
    const lines = [
      "@relation r",
      "@attribute x numeric",
      "@attribute d date yyyy-MM-d",
      "@data",
      ...rows,
    ];
    const source = await open(arff(...lines), { missing: ["xx"] });
    expect(source.columns.map(({ type, profile }) => [type, profile.missing])).toEqual([
      ["number", 1],
      ["date", 1],
    ]);
  });
});

test.each<[string, string, string]>([
  ["yyyy-MM-dd'T'HH:mm:ss", "2024-02-29T13:05:09", "2024-02-29 13:05:09"],
  ["MMM d, yyyy h:mm a", "Feb 3, 2024 1:05 PM", "2024-02-03 13:05:00"],
  ["dd/MM/yy", "03/02/71", "1971-02-03"],
  ["yyyy-MM-dd HH:mm:ss.SSS Z", "2024-02-03 01:00:00.250 +0200", "2024-02-02 23:00:00.250"],
  ["yyyyMMdd HHmm", "20240203 0905", "2024-02-03 09:05:00"],
  ["EEE dd. MMMM yyyy", "Sat 03. February 2024", "2024-02-03"],
])("dates in the format %s", async (format, written, iso) => {
  const rows = [written, written, "?"].map((cell) => (cell === "?" ? cell : `"${cell}"`));
  const source = await open(
    arff(
      "@relation r",
      `@attribute d date "${format}"`,
      "@attribute x numeric",
      "@data",
      ...rows.map((cell, i) => `${cell},${i}`),
    ),
  );
  const { numeric } = await rowsOf(source, { numeric: ["d"] });
  expect(numeric[0]).toBeCloseTo(day(iso), 9);
  expect(numeric[2]).toBeNaN();
});

test("a date that the calendar does not have is none", async () => {
  const lines = ["@relation r", "@attribute d date yyyy-MM-dd", "@attribute x numeric", "@data"];
  const rows = Array.from(
    { length: 30 },
    (_, i) => `${i === 3 ? "2024-02-30" : `2024-01-${i + 1}`},${i}`,
  );
  const source = await open(arff(...lines, ...rows), { missing: ["2024-02-30"] });
  expect(source.columns[0]!.profile.missing).toBe(1);
});

import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseNumber } from "../../src/data/cells/numbers.ts";
import type { Table } from "../../src/data/terms/table.ts";
import { unmarked } from "../../src/data/workbook/sheet-lines.ts";
import { zip } from "./arrays.ts";
import { file, kinds, open, rowsOf, shared } from "./helpers.ts";

type Cell = string | number | boolean | null | { readonly xml: string };
type Sheet = readonly (readonly Cell[])[];

const letter = (column: number): string => String.fromCharCode(65 + column);
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Styles: 1 a date, 2 a date with time, 3 a time, 4 a percentage, 5 hours beyond a day. */
const styles =
  '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>' +
  '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>' +
  [0, 14, 164, 21, 10, 165].map((id) => `<xf numFmtId="${id}"/>`).join("") +
  "</cellXfs></styleSheet>";

function cellXml(cell: Cell, reference: string): string {
  if (cell === null) return "";
  if (typeof cell === "object") return cell.xml.replace("<c", `<c r="${reference}"`);
  if (typeof cell === "number") return `<c r="${reference}"><v>${cell}</v></c>`;
  if (typeof cell === "boolean") return `<c r="${reference}" t="b"><v>${Number(cell)}</v></c>`;
  return `<c r="${reference}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
}

function sheetXml(rows: Sheet, merged: readonly string[] = []): string {
  const lines = rows.flatMap((row, i) =>
    row.length === 0
      ? []
      : [
          `<row r="${i + 1}">${row.map((cell, j) => cellXml(cell, `${letter(j)}${i + 1}`)).join("")}</row>`,
        ],
  );
  return `<?xml version="1.0"?><worksheet><sheetData>${lines.join("")}</sheetData><mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells></worksheet>`;
}

/** A workbook of one sheet with merged cells. */
const mergedBook = (rows: Sheet, ...merged: readonly string[]): string =>
  file(zip({ ...parts({ A: [] }), "xl/worksheets/sheet1.xml": sheetXml(rows, merged) }), "m.xlsx");
const codesOf = (source: Table) => source.notes.map(({ code }) => code);

const relations = (...targets: readonly (readonly [type: string, target: string])[]) =>
  `<Relationships>${targets
    .map(
      ([type, target], i) =>
        `<Relationship Id="rId${i + 1}" Type="http://x/${type}" Target="${target}"/>`,
    )
    .join("")}</Relationships>`;

function parts(
  sheets: Readonly<Record<string, Sheet>>,
  texts: readonly string[] = [],
  hidden: readonly string[] = [],
) {
  const names = Object.keys(sheets);
  const listed = names.map(
    (name, i) =>
      `<sheet name="${name}" sheetId="${i + 1}" ${hidden.includes(name) ? 'state="hidden" ' : ""}r:id="rId${i + 1}"/>`,
  );
  return {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": relations(["officeDocument", "xl/workbook.xml"]),
    "xl/workbook.xml": `<workbook xmlns:r="r"><sheets>${listed.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(
      ...names.map((_, i) => ["worksheet", `worksheets/sheet${i + 1}.xml`] as const),
      ["styles", "styles.xml"],
      ["sharedStrings", "sharedStrings.xml"],
    ),
    "xl/styles.xml": styles,
    "xl/sharedStrings.xml": `<sst>${texts.map((text) => `<si><r><t>${text}</t></r><rPh><t>no</t></rPh></si>`).join("")}</sst>`,
    ...Object.fromEntries(
      names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheets[name]!)]),
    ),
  };
}

const workbook = (sheets: Readonly<Record<string, Sheet>>, texts?: readonly string[]) =>
  file(zip(parts(sheets, texts)), "book.xlsx");
const styled = (style: number, value: number): Cell => ({
  xml: `<c s="${style}"><v>${value}</v></c>`,
});
const error: Cell = { xml: '<c t="e"><v>#DIV/0!</v></c>' };

test("numbers, percentages, dates, times, texts and switches are what they look like in Excel", async () => {
  const rows = Array.from({ length: 12 }, (_, i): Cell[] => [
    styled(1, 45_292 + i),
    styled(2, 45_292.5 + i),
    styled(3, ((i % 4) + 1) / 24),
    styled(4, i / 100),
    i % 2 === 0,
    i % 3 === 0 ? 'a, "b"' : "c\u2028",
    { xml: `<c t="s"><v>${i % 2}</v></c>` },
    i === 3 ? error : i * 1.5,
    styled(5, 1.5 + i / 7),
  ]);
  const head = ["day", "moment", "clock", "share", "flag", "word", "shared", "x", "hours"];
  const source = await open(workbook({ Sheet1: [head, ...rows] }, ["one", "two"]));
  expect(kinds(source)).toEqual({
    day: "date time",
    moment: "date time",
    clock: "category feature",
    share: "number feature",
    flag: "boolean feature",
    word: "category feature",
    shared: "category feature",
    x: "number feature",
    hours: "number feature",
  });
  expect(source.detected).toMatchObject({ format: "xlsx", header: true });
  const { numeric, text } = await rowsOf(source, {
    numeric: ["day", "moment", "share", "x"],
    text: ["clock", "word", "shared"],
  });
  expect(numeric.slice(0, 4)).toEqual([19_723, 19_723.5, 0, 0]);
  expect(numeric.slice(12, 16)).toEqual([19_726, 19_726.5, 0.03, Number.NaN]);
  expect(text.map((column) => column[1]?.trim())).toEqual(["02:00:00", "c", "two"]);
  expect(text[1]![0]).toBe('a, "b"');
  expect(source.notes).toContainEqual({ code: "workbook_errors", parameters: { count: 1 } });
});

test("titles above and remarks below, empty rows and a table that begins further in are seen through", async () => {
  const source = await open(
    workbook({
      Report: [
        ["Sales", null, "2024"],
        [],
        [null, null, "city", "sold", null],
        ...Array.from({ length: 10 }, (_, i): Cell[] => [
          null,
          null,
          ["Lima", "Quito"][i % 2]!,
          i * 2.5,
        ]),
        [],
        [null, null, "Total", 112.5],
      ],
    }),
  );
  expect(kinds(source)).toEqual({ city: "category feature", sold: "number feature" });
  expect(source.rows).toBe(10);
  expect(source.detected.skipped.map(({ line, text }) => [line, text])).toEqual([
    [1, "Sales 2024"],
    [15, "Total 112.5"],
  ]);
});

test("an unreadable cell is named by its row in the sheet", async () => {
  const rows: Cell[][] = Array.from({ length: 40 }, (_, i) => [i * 1.5, `k${i % 3}`]);
  rows[20] = ["oops", "k1"];
  const path = workbook({ A: [["Title"], [], ["x", "k"], ...rows] });
  await expect(open(path, { strict: true })).rejects.toMatchObject({
    code: "cell_unreadable",
    parameters: { line: 24, row: 21, column: "x", value: "oops" },
  });
});

test("the first sheet with cells is read, said aloud, or the one that is named", async () => {
  const one = (name: string): Sheet => [
    [name, "b"],
    [1.5, 2],
    [2.5, 4],
    [4.5, 4],
  ];
  const path = workbook({ Empty: [[]], First: one("p"), "Hoja 3": one("q") });
  const source = await open(path);
  expect(source.columns[0]!.name).toBe("p");
  expect(source.notes).toContainEqual({
    code: "sheet_chosen",
    parameters: { sheet: "First", others: ["Empty", "Hoja 3"] },
  });
  for (const sheet of ["hoja 3", "3"])
    expect((await open(path, { sheet })).columns[0]!.name).toBe("q");
  await expect(open(path, { sheet: "Frist" })).rejects.toMatchObject({
    code: "sheet_unknown",
    parameters: { nearest: "First" },
  });
  await expect(open(path, { sheet: "Empty" })).rejects.toMatchObject({ code: "sheet_empty" });
  await expect(open(workbook({ A: [[]] }))).rejects.toMatchObject({ code: "sheet_empty" });
});

test("a hidden sheet is not read unless it is named, or no other has cells", async () => {
  const one = (name: string): Sheet => [[name], [1.5], [2.5], [4.5]];
  const book = { Settings: one("p"), Data: one("q"), Old: one("r") };
  const path = file(zip(parts(book, [], ["Settings", "Old"])), "h.xlsx");
  const source = await open(path);
  expect(source.columns[0]!.name).toBe("q");
  expect(source.notes).toContainEqual({
    code: "sheets_hidden",
    parameters: { sheet: "Data", count: 2, names: ["Settings", "Old"] },
  });
  expect((await open(path, { sheet: "Settings" })).columns[0]!.name).toBe("p");
  const all = file(zip(parts(book, [], Object.keys(book))), "all.xlsx");
  expect((await open(all)).columns[0]!.name).toBe("p");
});

test("formulas without a value are missing, counted, with the first of them", async () => {
  const lost: Cell = { xml: "<c><f>A1*2</f><v/></c>" };
  const empty: Cell = { xml: '<c t="str"><f>IF(1,"")</f><v></v></c>' };
  const rows = Array.from({ length: 8 }, (_, i): Cell[] => [
    i * 1.5,
    i > 1 && i % 2 ? lost : i,
    i === 4 ? empty : `k${i % 2}`,
  ]);
  const source = await open(workbook({ A: [["x", "y", "k"], ...rows] }));
  expect(source.columns.map(({ profile }) => profile.missing)).toEqual([0, 3, 1]);
  expect(source.notes).toContainEqual({
    code: "workbook_formulas",
    parameters: { count: 3, cell: "B5" },
  });
});

test("rows and columns that are hidden are read, and said", async () => {
  const sheet = sheetXml([["x"], [1.5], [2.5], [4.5]]).replace(
    '<row r="3">',
    '<row r="3" hidden="1">',
  );
  const path = file(zip({ ...parts({ A: [] }), "xl/worksheets/sheet1.xml": sheet }), "f.xlsx");
  const source = await open(path);
  expect(source.rows).toBe(3);
  expect(source.notes).toContainEqual({ code: "workbook_hidden", parameters: { count: 1 } });
});

describe("merged cells", () => {
  const numbers = (columns: number): Sheet =>
    Array.from({ length: 9 }, (_, i) => [
      `R${i % 3}`,
      ...Array.from({ length: columns }, (_, j) => i * j + 0.5),
    ]);

  test("above the rows make one header of several lines", async () => {
    const rows: Sheet = [
      ["Sales", null, null, null, null],
      [],
      ["Region", "2023", null, "2024"],
      [null, "sold", "cost", "sold", "cost"],
      ...numbers(4),
    ];
    for (const merged of [
      ["A1:E1", "B3:C3", "D3:E3"],
      ["A3:A4", "D3:E3", "B3:C3"],
    ]) {
      const source = await open(mergedBook(rows, ...merged));
      expect(source.columns.map(({ name }) => name)).toEqual([
        "Region",
        "2023 sold",
        "2023 cost",
        "2024 sold",
        "2024 cost",
      ]);
      expect(source.rows).toBe(9);
      expect(source.notes).toContainEqual({
        code: "header_joined",
        parameters: { from: 3, to: 4 },
      });
    }
  });

  test("three lines with years as numbers, and a wide name over columns of numbers", async () => {
    const deep: Sheet = [
      ["Region", "Sales", null, null, null],
      [null, 2023, null, 2024],
      [null, "a", "b", "a", "b"],
      ...numbers(4),
    ];
    const source = await open(mergedBook(deep, "B1:E1", "B2:C2", "D2:E2"));
    expect(source.columns.map(({ name }) => name)).toEqual([
      "Region",
      "Sales 2023 a",
      "Sales 2023 b",
      "Sales 2024 a",
      "Sales 2024 b",
    ]);
    const wide = await open(
      mergedBook([["Region", "Sales", null, "Cost"], ...numbers(3)], "B1:C1"),
    );
    expect(wide.columns.map(({ name }) => name)).toEqual(["Region", "Sales", "column_3", "Cost"]);
    expect(wide.rows).toBe(9);
    const people = Array.from({ length: 6 }, (_, i): Cell[] => [`n${i}`, `m${i % 2}`, 20 + i / 2]);
    const text = await open(mergedBook([["name", null, "age"], ...people], "A1:B1"));
    expect([text.rows, text.columns[0]!.name]).toEqual([6, "name"]);
  });

  test("in the rows hold for each row that they reach over, and are counted", async () => {
    const rows: Sheet = Array.from({ length: 9 }, (_, i) => [
      i % 3 === 0 ? `R${i / 3}` : null,
      `t${i % 2}`,
      i * 1.5,
      i === 4 ? 7 : i,
      i === 4 ? null : i * 2.5,
    ]);
    const source = await open(
      mergedBook([["region", "t", "x", "y", "z"], ...rows], "A8:A10", "A2:A4", "D6:E6"),
    );
    const { categories, numeric } = await rowsOf(source, {
      categories: ["region"],
      numeric: ["z"],
    });
    expect(categories).toEqual(
      ["R0", "R0", "R0", "R1", null, null, "R2", "R2", "R2"].map((r) => r ?? ""),
    );
    expect(numeric[4]).toBeNaN();
    expect(source.notes).toContainEqual({
      code: "merged_down",
      parameters: { count: 2, cell: "A2" },
    });
    expect(source.notes).toContainEqual({
      code: "merged_across",
      parameters: { count: 1, cell: "D6" },
    });
  });

  test("that are a title across the table are none of its rows", async () => {
    const rows: Sheet = [["k", "x", "y"], ["North"], ...numbers(2), ["South"], ...numbers(2)];
    const source = await open(mergedBook(rows, "A2:C2", "A12:C12"));
    expect(source.rows).toBe(18);
    expect(source.detected.skipped.map(({ line, text, why }) => [line, text, why.code])).toEqual([
      [2, "North", "line_across"],
      [12, "South", "line_across"],
    ]);
    expect(codesOf(source)).toContain("line_skipped");
  });
});

describe("texts below the table of a sheet", () => {
  const table: Sheet = [
    ["town", "x", "y"],
    ...Array.from({ length: 12 }, (_, i): Cell[] => [`T${i}`, i * 1.5, i % 5]),
  ];
  const remarks = Array.from({ length: 28 }, (_, i): Cell[] => [`(${i + 1}) said of the data`]);

  test.each<[string, Sheet, number]>([
    ["many remarks, more than there are rows", [...table, [], ...remarks], 28],
    ["without a gap, by their words", [...table, ["Fuente: INE"], ["the same office"]], 2],
    [
      "under a column of numbers",
      [["x", "k"], ...table.slice(1).map(([k, x]) => [x!, k!]), ["provisional"]],
      1,
    ],
    ["a total and a source", [...table, ["Total", 99, 24], [], ["Source: us"]], 2],
  ])("%s", async (_, rows, count) => {
    const source = await open(workbook({ A: rows }));
    expect(source.rows).toBe(12);
    expect(source.detected.skipped).toHaveLength(count);
    expect(source.columns.filter(({ type }) => type === "number")).toHaveLength(
      rows === table ? 2 : rows[0]!.length - 1,
    );
    if (count > 3)
      expect(source.notes).toContainEqual({
        code: "lines_skipped",
        parameters: { count, line: 15, text: "(1) said of the data" },
      });
  });

  test.each<[string, Sheet]>([
    ["a last row with missing cells", [...table.slice(0, 12), ["T11"]]],
    [
      "a table of one column",
      Array.from({ length: 13 }, (_, i) => [i === 0 ? "word" : `w${i % 4}`]),
    ],
  ])("%s stays", async (_, rows) => {
    expect((await open(workbook({ A: rows }))).rows).toBe(12);
  });
});

test("dates that name columns are shown as the sheet shows them", async () => {
  const codes = ["mmm-yy", "[$-C0A]mmm\\-yy", 'yyyy"M"mm', "yyyy-mm-dd h:mm:ss", "d/m/yyyy"];
  const formats = codes.map(
    (code, i) => `<numFmt numFmtId="${170 + i}" formatCode="${code.replaceAll('"', "&quot;")}"/>`,
  );
  const sheet = (first: readonly Cell[], rows: Sheet) =>
    file(
      zip({
        ...parts({ A: [first, ...rows] }),
        "xl/styles.xml": `<styleSheet><numFmts>${formats.join("")}</numFmts><cellXfs>${[0, 170, 171, 172, 173, 174, 14].map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`,
      }),
      "d.xlsx",
    );
  const rows = Array.from({ length: 9 }, (_, i): Cell[] => [
    `P${i % 4}`,
    ...[1, 2, 3, 4, 5, 6].map((j) => i * j + 0.5),
  ]);
  const header: Cell[] = [
    "place",
    ...[1, 2, 3, 4, 5, 6].map((style) => styled(style, 45_292 + 31 * (style > 4 ? 1 : 0))),
  ];
  const source = await open(sheet(header, rows));
  expect(source.columns.map(({ name }) => name)).toEqual([
    "place",
    "Jan-24",
    "ene-24",
    "2024M01",
    "2024-01-01",
    "1/2/2024",
    "2024-02-01",
  ]);
  expect(source.rows).toBe(9);
  // a first row of dates above dates is a row
  const dated = Array.from({ length: 9 }, (_, i): Cell[] => [styled(1, 45_292 + i), i * 1.5]);
  expect((await open(sheet(dated[0]!, dated.slice(1)))).rows).toBe(9);
});

test("columns of number cells are numbers, whatever texts of other columns look like", async () => {
  const rows = Array.from({ length: 20 }, (_, i): Cell[] => [
    1.234 + i,
    `${i},5`,
    i % 2 ? i + 0.125 : `x${i}`,
    `00${i % 3}`,
  ]);
  const path = workbook({ A: [["a", "b", "c", "d"], ...rows] });
  for (const header of [undefined, true]) {
    const source = await open(path, { decimal: ",", ...(header ? { header } : {}) });
    expect((await rowsOf(source, { numeric: ["a"] })).numeric[1]).toBe(2.234);
    expect(source.columns[3]!.type).toBe("category");
  }
  const bare = await open(
    workbook({
      A: [
        ["7", 2],
        [1.5, 3],
        [2.5, 5],
      ],
    }),
    { header: false },
  );
  expect((await rowsOf(bare, { numeric: ["column_1"] })).numeric).toEqual([7, 1.5, 2.5]);
});

test("a number cell among texts that look like numbers is none that their marks could change", async () => {
  const numbers = [12.345, -0.5, 1234.5, 7, 1.5e-7, 97.59999999999999, 1.25e21];
  for (const decimal of [".", ","] as const)
    for (const thousands of [".", ",", " ", "'", "none"] as const)
      if (decimal !== thousands)
        expect(
          numbers.map((n) => parseNumber(unmarked(String(n)), { decimal, thousands })),
        ).toEqual(numbers);
  const cells = [12.345, "1.234,5", 7, "2,5 %", "-3.000,25", 0.5];
  const source = await open(
    workbook({ A: [["x", "y", "z"], ...cells.map((x, i) => [x, i + 0.5, i % 2 ? 1.25 : "12"])] }),
  );
  const { text } = await rowsOf(source, { text: ["x", "y", "z"] });
  expect(text[0]).toEqual(["12345e-3", "1.234,5", "7", "2,5 %", "-3.000,25", "5e-1"]);
  expect(text[1]![0]).toBe("0.5");
  expect(text[2]!.slice(0, 2)).toEqual(["12", "1.25"]);
  // and so the column is one of numbers, each as it was meant
  const rows = Array.from({ length: 40 }, (_, i): Cell[] => [
    i % 2 ? 12.345 : `1.23${i % 10},5`,
    i,
  ]);
  const mixed = await open(workbook({ A: [["x", "y"], ...rows] }), { decimal: "," });
  const { numeric } = await rowsOf(mixed, { numeric: ["x"] });
  expect(numeric.slice(0, 4)).toEqual([1230.5, 12.345, 1232.5, 12.345]);
});

describe("damaged and hostile workbooks are refused", () => {
  const good = parts({
    A: [
      ["x", "y"],
      [1, 2],
      [3, 4],
    ],
  });
  const sheet = "xl/worksheets/sheet1.xml";
  const bomb = `<!DOCTYPE a [<!ENTITY b "${"x".repeat(99)}">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>`;
  const far = '<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row>';
  const rows = Array.from(
    { length: 5000 },
    (_, i) => `<row r="${i + 2}"><c r="A${i + 2}"><v>1</v></c></row>`,
  );
  test.each([
    ["cut short", zip(good).subarray(0, 600), "archive_damaged"],
    [
      "a sheet that ends early",
      zip({ ...good, [sheet]: "<worksheet><sheetData><row>" }),
      "workbook_damaged",
    ],
    ["entities", zip({ ...good, [sheet]: bomb }), "workbook_damaged"],
    [
      "a text that is not there",
      zip({ ...good, [sheet]: '<worksheet><row><c t="s"><v>99</v></c></row></worksheet>' }),
      "workbook_damaged",
    ],
    [
      "rows out of order",
      zip({ ...good, [sheet]: '<worksheet><row r="9"/><row r="2"/></worksheet>' }),
      "workbook_damaged",
    ],
    [
      "a row beyond all rows",
      zip({ ...good, [sheet]: '<worksheet><row r="99999999999"/></worksheet>' }),
      "workbook_damaged",
    ],
    [
      "a cell far out",
      zip({ ...good, [sheet]: `${far}${rows.join("")}</sheetData></worksheet>` }),
      "sheet_sparse",
    ],
    ["a part that would swell", zip(good, { lie: 4_000_000_000 }), "archive_swollen"],
    ["no workbook in it", zip({ "[Content_Types].xml": "<Types/>" }), "workbook_damaged"],
  ])("%s", async (_, bytes, code) => {
    await expect(open(file(bytes, "book.xlsx"))).rejects.toMatchObject({ code });
  });

  test("a password", async () => {
    const locked = Buffer.concat([
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      Buffer.alloc(504),
      Buffer.from("EncryptedPackage", "utf16le"),
    ]);
    await expect(open(file(locked, "book.xlsx"))).rejects.toMatchObject({
      code: "workbook_locked",
    });
  });
});

const present = existsSync(shared("INDEX.md"));
if (!present)
  console.warn("test/data/workbook: skipped, there is no shared/data beside the checkout");

describe.skipIf(!present)("real workbooks", () => {
  test("hourly gas sensors: a date and a time column, -200 for missing", async () => {
    const source = await open(shared("excel/AirQualityUCI.xlsx"), { missing: ["-200"] });
    expect([source.rows, source.columns.length]).toEqual([9357, 15]);
    expect(kinds(source)).toMatchObject({ Date: "date time", Time: "category feature" });
    expect(source.columns[1]!.profile.distinct).toBe(24);
    expect(source.columns.reduce((sum, { profile }) => sum + profile.missing, 0)).toBe(16_701);
  });

  test("beans", async () => {
    const source = await open(shared("excel/Dry_Bean_Dataset.xlsx"), { label: "Class" });
    expect([source.rows, source.columns.length]).toEqual([13_611, 17]);
    expect(source.columns.at(-1)!.profile.distinct).toBe(7);
  });

  test("the World Bank: five sheets, missing cells, remarks below the table", async () => {
    const source = await open(shared("excel/world_bank.xlsx"));
    expect([source.rows, source.columns.length]).toEqual([13_888, 10]);
    expect(source.detected.skipped).toHaveLength(2);
    expect(source.columns.reduce((sum, { profile }) => sum + profile.missing, 0)).toBe(44_800);
  });
});

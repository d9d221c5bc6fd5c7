import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openTable } from "../../src/data/tables/open.ts";
import { espejo } from "../cli/helpers.ts";
import { zip } from "./arrays.ts";
import { file, kinds, open, rowsOf } from "./helpers.ts";

const mimetype = "application/vnd.oasis.opendocument.spreadsheet";
const styles =
  '<office:automatic-styles><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>' +
  '<number:time-style style:name="N42" number:truncate-on-overflow="false"/><style:style style:name="ce1" style:data-style-name="N42"/></office:automatic-styles>';
const document = (body: string, root = "document-content"): string =>
  `<?xml version="1.0"?>\n<office:${root} xmlns:office="o" office:mimetype="${mimetype}">${styles}<office:body><office:spreadsheet>${body}</office:spreadsheet></office:body></office:${root}>`;
const packed = (content: string, more: Readonly<Record<string, string>> = {}) =>
  zip({ mimetype, "content.xml": content, ...more }, { stored: true });

const p = (text: string): string => `<text:p>${text}</text:p>`;
const cell = (attributes: string, text = ""): string =>
  `<table:table-cell ${attributes}>${text}</table:table-cell>`;
const word = (text: string, more = ""): string =>
  cell(`office:value-type="string" ${more}`, p(text));
const number = (value: number, more = ""): string =>
  cell(
    `office:value-type="float" office:value="${value}" ${more}`,
    p(String(value).replace(".", ",")),
  );
const row = (cells: readonly string[], more = ""): string =>
  `<table:table-row ${more}>${cells.join("")}</table:table-row>`;
const sheet = (name: string, rows: readonly string[], more = ""): string =>
  `<table:table table:name="${name}" ${more}>${rows.join("")}</table:table>`;
const rest = row(
  ['<table:table-cell table:number-columns-repeated="16384"/>'],
  'table:number-rows-repeated="1048000"',
);
const workbook = (...sheets: readonly string[]) =>
  file(packed(document(sheets.join(""))), "hoja.ods");
const numbers = (name: string) =>
  sheet(name, [row([word(name)]), ...[1.5, 2.5, 4].map((n) => row([number(n)]))]);

test("numbers, shares, amounts, dates, times, texts and switches are what they look like in LibreOffice", async () => {
  const day = (i: number) => `2024-01-${String(i + 1).padStart(2, "0")}`;
  const rows = Array.from({ length: 12 }, (_, i) =>
    row([
      cell(`office:value-type="date" office:date-value="${day(i)}"`, p("01/01/24")),
      cell(`office:value-type="date" office:date-value="${day(i)}T12:00:00"`, p("01/01/24 12:00")),
      cell(`office:value-type="time" office:time-value="PT${(i % 4) + 1}H30M00S"`, p("1:30")),
      cell(`office:value-type="percentage" office:value="${i / 100}"`, p(`${i} %`)),
      cell(
        `office:value-type="currency" office:currency="EUR" office:value="${i * 2.5}"`,
        p("2,50 €"),
      ),
      cell(`office:value-type="boolean" office:boolean-value="${i % 2 === 0}"`, p("VERDADERO")),
      word(i % 3 ? "a &amp; b" : 'one<text:s text:c="2"/>two</text:p><text:p>three', ""),
      i === 3
        ? cell(
            'office:value-type="string" calcext:value-type="error" table:formula="of:=1/0"',
            p("#DIV/0!"),
          )
        : number(i * 1.5),
      cell(
        `table:style-name="ce1" office:value-type="time" office:time-value="PT${i * 7}H00M00S"`,
        p("7:00"),
      ),
      word(`n${i % 2}`, "").replace(
        "<text:p>",
        "<office:annotation><text:p>a remark</text:p></office:annotation><text:p>",
      ),
    ]),
  );
  const head = "day moment clock share amount flag word x hours noted"
    .split(" ")
    .map((name) => word(name));
  const path = workbook(sheet("Hoja1", [row(head), ...rows, rest]));
  const source = await open(path);
  expect(kinds(source)).toEqual({
    day: "date time",
    moment: "date time",
    clock: "category feature",
    share: "number feature",
    amount: "number feature",
    flag: "boolean feature",
    word: "category feature",
    x: "number feature",
    hours: "number feature",
    noted: "category feature",
  });
  expect([source.rows, source.detected.format]).toEqual([12, "ods"]);
  const { numeric, text } = await rowsOf(source, {
    numeric: ["day", "moment", "share", "amount", "x", "hours"],
    text: ["clock", "word", "noted"],
  });
  expect(numeric.slice(18, 24)).toEqual([19_726, 19_726.5, 0.03, 7.5, Number.NaN, 0.875]);
  expect(text.map((column) => column[0])).toEqual(["01:30:00", "one  two three", "n0"]);
  expect(text[1]![1]).toBe("a & b");
  expect(source.notes).toContainEqual({ code: "workbook_errors", parameters: { count: 1 } });
  // by every door
  const bytes = await openTable(readFileSync(path));
  expect(kinds(bytes)).toEqual(kinds(source));
  await bytes.dispose();
  const { code, out } = await espejo(["inspect", "-", "--json"], { input: readFileSync(path) });
  expect([code, JSON.parse(out).detected.format]).toEqual([0, "ods"]);
});

test("what is repeated is read as often, in rows and in columns", async () => {
  const source = await open(
    workbook(
      sheet("A", [
        row([word("a"), word("b"), word("c"), word("k")]),
        row(
          [number(1.5, 'table:number-columns-repeated="3"'), word("x")],
          'table:number-rows-repeated="4"',
        ),
        row(
          [number(2.5), cell('table:number-columns-repeated="2"'), word("y")],
          'table:number-rows-repeated="2"',
        ),
        row([cell('table:number-columns-repeated="4"')], 'table:number-rows-repeated="3"'),
        row([number(7), number(8), number(9), word("x")]),
        rest,
      ]),
    ),
  );
  expect(source.rows).toBe(7);
  expect((await rowsOf(source, { numeric: ["a", "c"] })).numeric).toEqual([
    ...[1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5],
    ...[2.5, Number.NaN, 2.5, Number.NaN, 7, 9],
  ]);
});

test("the first visible sheet is read, with merged cells and formulas without a value told", async () => {
  const table = sheet("Datos", [
    row([
      word("Región", 'table:number-rows-spanned="2"'),
      word("2024", 'table:number-columns-spanned="2"'),
      "<table:covered-table-cell/>",
    ]),
    row(["<table:covered-table-cell/>", word("ventas"), word("costes")]),
    ...Array.from({ length: 8 }, (_, i) =>
      row(
        [
          i % 4 === 0
            ? word(`R${i / 4}`, 'table:number-rows-spanned="4"')
            : `<table:covered-table-cell>${p("old")}</table:covered-table-cell>`,
          number(i * 1.5),
          i === 2 ? cell('table:formula="of:=[.B3]*2"') : number(i * 2.5),
        ],
        i === 5 ? 'table:visibility="filter"' : "",
      ),
    ),
  ]);
  const path = workbook(
    numbers("Parámetros").replace("<table:table ", '<table:table table:style-name="ta2" '),
    table,
    numbers("Otra"),
  );
  const source = await open(path);
  expect(source.columns.map(({ name }) => name)).toEqual(["Región", "2024 ventas", "2024 costes"]);
  expect((await rowsOf(source, { categories: ["Región"] })).categories).toEqual([
    ...["R0", "R0", "R0", "R0", "R1", "R1", "R1", "R1"],
  ]);
  expect(source.notes.slice(0, 6)).toEqual([
    { code: "sheet_chosen", parameters: { sheet: "Datos", others: ["Otra"] } },
    { code: "sheets_hidden", parameters: { sheet: "Datos", count: 1, names: ["Parámetros"] } },
    { code: "workbook_formulas", parameters: { count: 1, cell: "C5" } },
    { code: "workbook_hidden", parameters: { count: 1 } },
    { code: "header_joined", parameters: { from: 1, to: 2 } },
    { code: "merged_down", parameters: { count: 2, cell: "A3" } },
  ]);
  expect((await open(path, { sheet: "otra" })).columns[0]!.name).toBe("Otra");
});

test("a workbook that was packed again, its kind with it, is still one", async () => {
  const path = file(zip({ mimetype, "content.xml": document(numbers("x")) }), "again.bin");
  expect((await open(path)).detected.format).toBe("ods");
});

test("a plain XML workbook (.fods) is read as the packed one", async () => {
  const source = await open(file(document(numbers("x"), "document"), "plain.fods"));
  expect([source.rows, source.columns[0]!.name, source.detected.format]).toEqual([3, "x", "ods"]);
});

describe("damaged and hostile workbooks are refused", () => {
  const many = row(
    [number(1, 'table:number-columns-repeated="16384"')],
    'table:number-rows-repeated="1048576"',
  );
  const locked =
    "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
  test.each<[string, Uint8Array, string]>([
    ["cut short", packed(document(numbers("x"))).subarray(0, 300), "archive_damaged"],
    ["XML that ends early", packed(document(numbers("x")).slice(0, -60)), "workbook_damaged"],
    ["no spreadsheet in it", packed("<x/>"), "sheet_empty"],
    ["cells repeated beyond all measure", packed(document(sheet("A", [many]))), "workbook_damaged"],
    [
      "rows out of bounds",
      packed(
        document(
          sheet("A", [
            rest.replaceAll("1048000", "1048570"),
            ...Array.from({ length: 9 }, () =>
              row([number(1)], 'table:number-rows-repeated="999999"'),
            ),
          ]),
        ),
      ),
      "workbook_damaged",
    ],
    [
      "entities",
      packed(
        document(numbers("x"))
          .replace("<office", '<!DOCTYPE a [<!ENTITY b "c">]><office')
          .replace(">x<", ">&b;<"),
      ),
      "workbook_damaged",
    ],
    ["a password", packed("junk", { "META-INF/manifest.xml": locked }), "workbook_locked"],
  ])("%s", async (_, bytes, code) => {
    await expect(open(file(bytes, "a.ods"))).rejects.toMatchObject({ code });
  });
});

import { describe, expect, test } from "vitest";
import { parseNumber } from "../../src/data/cells/numbers.ts";
import { withoutSign } from "../../src/data/cells/sign.ts";
import { kinds, refused, rowsOf, table } from "./helpers.ts";

const codes = (source: { readonly notes: readonly { readonly code: string }[] }) =>
  source.notes.map(({ code }) => code);

describe("numbers with a sign are numbers", () => {
  test.each([
    [
      "euros behind, written the Spanish way",
      ["1.234,56 €", "12,00 €", "-7,50 €", "1.000,00 €"],
      "€",
    ],
    ["dollars in front", ["$1,234.56", "$12.00", "-$7.50", "$1,000.00"], "$"],
    ["a currency's letters", ["EUR 1234.56", "EUR 12", "EUR -7.5", "EUR 1000"], "EUR"],
    ["another's dollar", ["US$ 1234.56", "US$ 12", "US$ -7.5", "US$ 1000"], "US$"],
    ["percent", ["1234.56 %", "12%", "-7.5 %", "1000%"], "%"],
    ["a narrow blank between", ["1234.56\u202f€", "12\u00a0€", "-7.5\u202f€", "1000\u00a0€"], "€"],
  ])("%s", async (_, cells, sign) => {
    const source = await table(
      `name;amount\n${cells.map((cell, i) => `n${i % 2};${cell}`).join("\n")}\n`,
    );
    expect(source.columns[1]).toMatchObject({ type: "number", role: "feature", unit: sign });
    const { numeric } = await rowsOf(source, { numeric: ["amount"] });
    expect(numeric).toEqual([1234.56, 12, -7.5, 1000]);
    expect(source.notes).toContainEqual(
      expect.objectContaining({
        code: "number_sign",
        parameters: expect.objectContaining({ column: "amount", sign, number: 1234.56 }),
      }),
    );
  });

  test("the same in SQL as in JavaScript, and a model's new data may go without", async () => {
    const trained = await table("a,b\n5 %,1\n7.25 %,2\n-3 %,4\n");
    const style = { decimal: ".", thousands: "none" } as const;
    expect(parseNumber(withoutSign("-3 %", "%"), style)).toBe(-3);
    const { columns, detected } = trained;
    const plain = await table("a,b\n5,1\n7.25,2\n", { expect: columns, prior: detected });
    expect((await rowsOf(plain, { numeric: ["a"] })).numeric).toEqual([5, 7.25]);
  });

  test("words that begin like a currency stay words", async () => {
    const source = await table("place,x\nCADIZ,1\nCADAQUES,2\nCADIZ,3\nCADAQUES,5\n");
    expect(source.columns[0]).toMatchObject({ type: "category", unit: null });
  });
});

describe("a header that is one name short", () => {
  test("is one of R's: the first column holds the names of the rows", async () => {
    const source = await table(
      '"mpg","cyl"\n"Mazda",21,6\n"Datsun",22.8,4\n"Hornet",18.7,8\n"Duster",14.3,8\n"Merc",19,4\n',
    );
    expect(kinds(source)).toEqual({
      rownames: "category id",
      mpg: "number feature",
      cyl: "number feature",
    });
    expect(codes(source)).toContain("names_shifted");
    expect((await rowsOf(source, { numeric: ["mpg"] })).numeric[1]).toBe(22.8);
  });

  test("above rows that end with a delimiter names all that has values", async () => {
    const source = await table("a,b\n1,2,\n3,4,\n5,9,\n");
    expect(kinds(source)).toMatchObject({ a: "number feature", b: "number feature" });
    expect(source.columns).toHaveLength(2);
    expect(source.notes).toMatchObject([{ code: "rows_long", parameters: { count: 3, line: 2 } }]);
  });
});

describe("lines below the table are not rows, and said so", () => {
  const rows = "city,amount,share\nJaén,10,1\nSoria,20,2\nLugo,30,5\n";
  test.each([
    ["a total with all fields", "Total,60,8\n", [5]],
    ["a total with fewer", "TOTAL,60\n", [5]],
    ["a source and a note, after a blank line", "\nFuente: INE\nNota: datos de 2021\n", [6, 7]],
    ["a remark without line end", "Data from database: World Bank", [5]],
  ])("%s", async (_, footer, lines) => {
    const source = await table(rows + footer);
    expect(source.rows).toBe(3);
    expect(source.detected.skipped.map(({ line }) => line)).toEqual(lines);
    expect(codes(source)).toContain("line_skipped");
    expect((await rowsOf(source, { categories: ["city"] })).categories).toEqual([
      "Jaén",
      "Soria",
      "Lugo",
    ]);
  });

  test.each([
    ["a last row like all others", "Teruel,1,1\n"],
    ["a company that is called so", "Total Energies,1,1\n"],
    ["a last row with missing cells", "Teruel,,\n"],
  ])("%s stays a row", async (_, row) => {
    expect((await table(rows + row)).rows).toBe(4);
  });

  test("a total that is one of many stays a row, a row cut short is left out", async () => {
    const regions = Array.from(
      { length: 40 },
      (_, i) => `${["Norte", "Sur", "Total"][i % 3]},${i},1`,
    );
    const source = await table(`region,x,y\n${regions.join("\n")}\nTotal,99,1\n`);
    expect(source.rows).toBe(41);
    const cut = await table(`${rows}7,8\n`);
    expect(cut.rows).toBe(3);
    expect(cut.notes).toMatchObject([{ code: "rows_odd", parameters: { count: 1, line: 5 } }]);
    expect((await refused(`${rows}7,8\n`, { strict: true })).code).toBe("row_ragged");
  });
});

describe("months may be words", () => {
  const day = (y: number, m: number, d: number): number => Date.UTC(y, m - 1, d) / 864e5;
  test.each([
    ["English", ["5 Jan 2020", "17 March 2021", "30 Sep 2019"]],
    ["Spanish", ["5 de enero de 2020", "17 mar. 2021", "30-sept-2019"]],
    ["month first", ["Jan 5, 2020", "March 17, 2021", "September 30, 2019"]],
  ])("%s", async (_, [a, b, c]) => {
    const source = await table(`when;x\n${a};1\n${b};2\n${c};5\n`);
    expect(source.columns[0]!.type).toBe("date");
    const { numeric } = await rowsOf(source, { numeric: ["when"] });
    expect(numeric).toEqual([day(2020, 1, 5), day(2021, 3, 17), day(2019, 9, 30)]);
  });

  test("a month and a year are the first of it; names of months alone are words", async () => {
    const source = await table("when,m\nene-2020,may\nago-2021,jun\ndic-2019,may\n");
    expect((await rowsOf(source, { numeric: ["when"] })).numeric).toEqual([
      day(2020, 1, 1),
      day(2021, 8, 1),
      day(2019, 12, 1),
    ]);
    expect(source.columns[1]!.type).toBe("category");
  });

  test("a header of months stays a header", async () => {
    const source = await table("country,Jan 2020,Feb 2020\nES,1,2\nPT,3,4\nFR,5,9\n");
    expect(source.detected.header).toBe(true);
  });
});

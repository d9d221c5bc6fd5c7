import { describe, expect, test } from "vitest";
import { tableFromColumns } from "../../src/data/memory/memory.ts";
import type { OpenOptions, Table } from "../../src/data/terms/table.ts";
import { doors, parquet } from "./doors.ts";
import { file, kinds, open, rowsOf, table } from "./helpers.ts";

const day = (y: number, m = 1, d = 1): number => Date.UTC(y, m - 1, d) / 864e5;
const moment = (text: string): number => Date.parse(text) / 864e5;
const days = async (source: Table, name = "when"): Promise<number[]> =>
  (await rowsOf(source, { numeric: [name] })).numeric;
const codes = ({ notes }: Table): readonly string[] => notes.map(({ code }) => code);
const parametersOf = ({ notes }: Table, code: string) =>
  notes.find((note) => note.code === code)?.parameters;
const column = (cells: readonly string[]): string =>
  `when;x\n${cells.map((cell, i) => `${cell};${(i * 7) % 5}`).join("\n")}\n`;

/** Cells as they are written, not in order, and the days that they are. */
const written: Readonly<Record<string, readonly [cells: string, days: readonly number[]]>> = {
  days: ["2021-03-05|2020-12-31|1999-01-09", [day(2021, 3, 5), day(2020, 12, 31), day(1999, 1, 9)]],
  "day first": [
    "31/03/2024|01/02/2024|15/01/2024",
    [day(2024, 3, 31), day(2024, 2), day(2024, 1, 15)],
  ],
  "month first": [
    "3-31-2024|2-1-2024|1-15-2024",
    [day(2024, 3, 31), day(2024, 2), day(2024, 1, 15)],
  ],
  "two digits of a year": [
    "31.03.24|01.02.99|15.01.68",
    [day(2024, 3, 31), day(1999, 2), day(2068, 1, 15)],
  ],
  "a short year first": [
    "99-12-31|98-01-05|99-02-28",
    [day(1999, 12, 31), day(1998, 1, 5), day(1999, 2, 28)],
  ],
  times: [
    "2021-03-05 06:00|2020-12-31T18:30:15.25|1999-01-09",
    [moment("2021-03-05T06:00Z"), moment("2020-12-31T18:30:15.25Z"), day(1999, 1, 9)],
  ],
  "times of two halves": [
    "3/31/2024, 1:30:00 PM|3/31/2024, 12:05:00 AM|2/1/2024, 12:00:00 PM",
    [moment("2024-03-31T13:30Z"), moment("2024-03-31T00:05Z"), moment("2024-02-01T12:00Z")],
  ],
  "times in Spanish": [
    "31/3/2024, 1:30:00 p. m.|31/3/2024 1:30 a.m.|1/2/2024 18:00",
    [moment("2024-03-31T13:30Z"), moment("2024-03-31T01:30Z"), moment("2024-02-01T18:00Z")],
  ],
  offsets: [
    "2024-10-27T02:30:00+02:00|2024-10-27T02:30:00+01:00|2024-10-27T00:00Z",
    [moment("2024-10-27T00:30Z"), moment("2024-10-27T01:30Z"), moment("2024-10-27T00:00Z")],
  ],
  "offsets without a colon": [
    "27/10/2024 02:30 +0200|27/10/2024 02:30 +0100|28/10/2024 00:00 UTC",
    [moment("2024-10-27T00:30Z"), moment("2024-10-27T01:30Z"), moment("2024-10-28T00:00Z")],
  ],
  "names of clocks": [
    "2024-10-27 02:30 CEST|2024-10-27 02:30 CET|2024-10-27 02:30:00+01:00[Europe/Madrid]",
    [moment("2024-10-27T00:30Z"), moment("2024-10-27T01:30Z"), moment("2024-10-27T01:30Z")],
  ],
  "dates of mail": [
    "Sun, 27 Oct 2024 02:30:00 +0200|Mon, 28 Oct 2024 02:30:00 GMT|Sun, 06 Oct 2024 00:00:00 EST",
    [moment("2024-10-27T00:30Z"), moment("2024-10-28T02:30Z"), moment("2024-10-06T05:00Z")],
  ],
  "no marks": [
    "20240331T013000Z|20240331T0130Z|20240201T000000+0100",
    [moment("2024-03-31T01:30Z"), moment("2024-03-31T01:30Z"), moment("2024-01-31T23:00Z")],
  ],
  quarters: ["2020Q3|2012Q1|2021Q4", [day(2020, 7), day(2012), day(2021, 10)]],
  "quarters apart": ["2020-Q3|2012-Q1|2021-Q4", [day(2020, 7), day(2012), day(2021, 10)]],
  "quarters first": ["Q3 2020|Q1 2012|Q4 2021", [day(2020, 7), day(2012), day(2021, 10)]],
  trimestres: ["2020-T3|2012-T1|2021-T4", [day(2020, 7), day(2012), day(2021, 10)]],
  "trimestres first": ["3T2020|1T2012|4T2021", [day(2020, 7), day(2012), day(2021, 10)]],
  "trimestres behind a letter": [
    "T3-2020|T1-2012|T4-2021",
    [day(2020, 7), day(2012), day(2021, 10)],
  ],
  "quarters of banks": ["3Q20|1Q12|4Q99", [day(2020, 7), day(2012), day(1999, 10)]],
  "quarters in words": [
    "3er trimestre 2020|1er trimestre de 2012|4º trim. 2021",
    [day(2020, 7), day(2012), day(2021, 10)],
  ],
  "quarters as a sentence has them": [
    "1.º trimestre de 2012|3.er trimestre de 2020|4.º trim. de 2021",
    [day(2012), day(2020, 7), day(2021, 10)],
  ],
  "quarters behind their word": [
    "Trimestre 1 2012|Trim. 3/2020|Quarter 4, 2021",
    [day(2012), day(2020, 7), day(2021, 10)],
  ],
  "quarters of a short year": ["20Q3|12Q1|99Q4", [day(2020, 7), day(2012), day(1999, 10)]],
  "Roman trimestres": [
    "III trimestre 2020|I trim. 2012|IV Trim 2021",
    [day(2020, 7), day(2012), day(2021, 10)],
  ],
  "weeks in words": [
    "Week 5, 2020|Semana 53 2020|KW 1 2021",
    [day(2020, 1, 27), day(2020, 12, 28), day(2021, 1, 4)],
  ],
  "weeks of a letter": [
    "S5-2020|S53-2020|S1-2021",
    [day(2020, 1, 27), day(2020, 12, 28), day(2021, 1, 4)],
  ],
  "times of programs": [
    "2024-10-27 02:30:00 +0200 CEST|Mar 31, 2024 @ 01:30:00.500|27/Oct/2024:02:30:00 +0000",
    [moment("2024-10-27T00:30Z"), moment("2024-03-31T01:30:00.5Z"), moment("2024-10-27T02:30Z")],
  ],
  "times with an hour's name": [
    "31/03/2024 13:30 h|01/02/2024 01:30 hs.|15/01/2024 18:00 Uhr",
    [moment("2024-03-31T13:30Z"), moment("2024-02-01T01:30Z"), moment("2024-01-15T18:00Z")],
  ],
  "Roman quarters": ["2020-III|2012-I|2021-IV", [day(2020, 7), day(2012), day(2021, 10)]],
  "Roman halves": ["2020-II|2012-I|2021-II", [day(2020, 7), day(2012), day(2021, 7)]],
  halves: ["2020-S2|2012-S1|2021-S2", [day(2020, 7), day(2012), day(2021, 7)]],
  months: ["2020-03|2012-11|2021-01", [day(2020, 3), day(2012, 11), day(2021)]],
  "months first": ["03/2020|11/2012|01/2021", [day(2020, 3), day(2012, 11), day(2021)]],
  "months of Eurostat": ["2020-M03|2012-M11|2021-M01", [day(2020, 3), day(2012, 11), day(2021)]],
  "months of INE": ["2020M03|2012M11|2021M01", [day(2020, 3), day(2012, 11), day(2021)]],
  "names of months": ["Mar-20|Nov-12|Jan-21", [day(2020, 3), day(2012, 11), day(2021)]],
  "Spanish names": ["mar-20|nov-12|ene-21", [day(2020, 3), day(2012, 11), day(2021)]],
  "names with a year": ["marzo 2020|nov. 2012|ene. 2021", [day(2020, 3), day(2012, 11), day(2021)]],
  "names in other languages": [
    "März 2020|août 2012|dezembro 2021|ott 2021",
    [day(2020, 3), day(2012, 8), day(2021, 12), day(2021, 10)],
  ],
  "days with names": [
    "5 de enero de 2020|17 mar. 2021|30-sept-2019",
    [day(2020, 1, 5), day(2021, 3, 17), day(2019, 9, 30)],
  ],
  "days of databases": [
    "31-DEC-99|01-JAN-20|15-AUG-21",
    [day(1999, 12, 31), day(2020), day(2021, 8, 15)],
  ],
  weeks: ["2020-W05|2020-W53|2021-W01", [day(2020, 1, 27), day(2020, 12, 28), day(2021, 1, 4)]],
  "weeks without a mark": [
    "2020W05|2020W53|2021W01",
    [day(2020, 1, 27), day(2020, 12, 28), day(2021, 1, 4)],
  ],
  "days of weeks": [
    "2020-W05-3|2020-W53-7|2021-W01-1",
    [day(2020, 1, 29), day(2021, 1, 3), day(2021, 1, 4)],
  ],
  "weeks first": [
    "KW 5/2020|KW 53/2020|KW 1/2021",
    [day(2020, 1, 27), day(2020, 12, 28), day(2021, 1, 4)],
  ],
};

describe.each(Object.entries(doors))("dates of text by way of %s", (_, door) => {
  test.each(Object.entries(written))("%s", async (_, [text, expected]) => {
    // twice, so that they are not each of its own
    const cells = text.split("|");
    const source = await door({
      when: [...cells, "", ...cells],
      x: ["a", "b", "a", "b", "a", "b", "a", "b", "a"].slice(0, 2 * cells.length + 1),
    });
    expect(source.columns[0]).toMatchObject({ type: "date", role: "feature" });
    expect(await days(source)).toEqual([...expected, Number.NaN, ...expected]);
    const as = await rowsOf(source, { text: ["when"] });
    expect(as.text[0]).toEqual([...cells, "", ...cells]);
  });
});

describe("what only looks like dates stays what it is", () => {
  test.each([
    ["times of a day", "06:30|18:00|06:45|23:15:10"],
    ["seasons", "2009-10|2010-11|2011-12|2010-11"],
    ["names of months alone", "May|June|May|July"],
    ["days without a year", "24-Jan|25-Jan|24-Jan|26-Feb"],
    ["codes of products", "T120|T220|T120|T320"],
    ["other codes", "K12019|M1204|K12019|S120"],
    ["words that begin as months do", "Marvel 2020|Marble 2021|Marvel 2020|Juniper 2021"],
    ["the 30th of February", "30/02/2021|31/02/2021|30/02/2021|30/02/2022"],
    ["quarters that are not", "2020Q5|2020Q6|2020Q5|2020Q7"],
    ["versions", "1.2.3|1.2.4|1.2.3|10.0.1"],
    ["addresses", "10.0.0.1|10.0.0.2|10.0.0.1|10.0.0.3"],
    ["phone numbers", "555-1234|555-9876|555-1234|555-0000"],
  ])("%s", async (_, text) => {
    for (const door of [doors.CSV!, doors.memory!]) {
      const source = await door({ when: text.split("|"), x: ["1", "2", "3", "5"] });
      expect(source.columns[0]!.type).not.toBe("date");
    }
  });

  test("a year is a number", async () => {
    const source = await table("year,x\n1990,1\n1993,2\n1991,5\n1990,4\n");
    expect(source.columns[0]).toMatchObject({ type: "number", role: "feature" });
  });
});

describe("numbers that are dates by their name", () => {
  const epoch = moment("2021-03-05T06:00:10Z") * 86_400;
  test.each([
    ["seconds", "timestamp", [epoch, epoch + 10], "dates_epoch", { unit: "s" }],
    ["seconds with a fraction", "ts", [epoch + 0.5, epoch + 10.25], "dates_epoch", { unit: "s" }],
    ["milliseconds", "createdAt", [epoch * 1e3, epoch * 1e3 + 1500], "dates_epoch", { unit: "ms" }],
    ["microseconds", "event_time", [epoch * 1e6, epoch * 1e6 + 1], "dates_epoch", { unit: "µs" }],
    ["days of Excel", "fecha_alta", [44_197, 44_198.5], "dates_excel", {}],
    ["eight digits", "fecha", [20_210_305, 20_210_306], "dates_digits", { layout: "yyyymmdd" }],
    [
      "fourteen digits",
      "time",
      [20_210_305_060_010, 20_210_305_060_011],
      "dates_digits",
      { layout: "yyyymmdd" },
    ],
    ["six digits", "periodo", [202_103, 202_012], "dates_digits", { layout: "yyyymm" }],
  ] as const)("%s", async (_, name, [one, other], code, parameters) => {
    const texts = [one, other, other, one].map(String);
    const truth = {
      dates_epoch: (value: number) =>
        new Date(
          value / { s: 1e-3, ms: 1, µs: 1e3 }[(parameters as { unit: "s" | "ms" | "µs" }).unit],
        ),
      dates_excel: (value: number) => new Date((value - 44_197) * 864e5 + Date.UTC(2021, 0, 1)),
      dates_digits: (value: number) => {
        const [, y, m, d = "1", h = "0", i = "0", s = "0"] =
          /^(....)(..)(..)?(..)?(..)?(..)?$/.exec(String(value))!;
        return new Date(
          Date.UTC(Number(y), Number(m) - 1, Number(d), Number(h), Number(i), Number(s)),
        );
      },
    }[code];
    const expected = [one, other, other, one].map((value) => truth(value).getTime() / 864e5);
    const x = ["1", "2", "3", "5"];
    for (const [door, source] of await Promise.all(
      Object.entries(doors).map(
        async ([door, way]) => [door, await way({ [name]: texts, x })] as const,
      ),
    )) {
      // texts of typed formats become numbers elsewhere
      if (!["CSV", "TSV", "workbook"].includes(door)) continue;
      expect(source.columns[0]).toMatchObject({ type: "date" });
      (await days(source, name)).forEach((found, i) => {
        expect(found).toBeCloseTo(expected[i]!, 7);
      });
      expect(parametersOf(source, code)).toMatchObject({ column: name, ...parameters });
    }
    const numbers = await open(
      await parquet(`SELECT unnest([${texts}]) AS "${name}", unnest([1, 2, 3, 5]) AS x`),
    );
    const held = tableFromColumns({ [name]: [one, other, other, one], x: [1, 2, 3, 5] });
    for (const source of [numbers, held]) {
      expect(source.columns[0]).toMatchObject({ type: "date" });
      (await days(source, name)).forEach((found, i) => {
        expect(found).toBeCloseTo(expected[i]!, 7);
      });
      expect(codes(source)).toContain(code);
    }
    // another name, or a type that is stated, leaves them numbers
    const plain = await doors.CSV!({ amount: texts, x });
    expect(plain.columns[0]!.type).toBe("number");
    const stated = await doors.CSV!({ [name]: texts, x }, { types: { [name]: "number" } });
    expect(await days(stated, name)).toEqual([one, other, other, one]);
    const asked = await doors.CSV!({ amount: texts, x }, { types: { amount: "date" } });
    expect(await days(asked, "amount")).toEqual(
      await days(await doors.CSV!({ [name]: texts, x }), name),
    );
    expect(codes(asked)).toContain(code);
  });

  test("eight digits that are days in every cell need no name", async () => {
    const cells = Array.from({ length: 40 }, (_, i) =>
      new Date(Date.UTC(2021, 0, 1 + ((i * 7) % 90)))
        .toISOString()
        .slice(0, 10)
        .replaceAll("-", ""),
    );
    const source = await doors.CSV!({ v: cells, x: cells.map((_, i) => String((i * i) % 7)) });
    expect(source.columns[0]!.type).toBe("date");
    const numbers = cells.map((cell, i) => (i === 30 ? "20211399" : cell));
    const other = await doors.CSV!({ v: numbers, x: cells.map((_, i) => String((i * i) % 7)) });
    expect(other.columns[0]!.type).toBe("number");
  });

  test("small numbers under such names stay numbers", async () => {
    const source = await table("Time,day,month,date\n0,1,1,5\n12.5,2,1,3\n406,3,2,8\n7,3,2,9\n");
    expect(source.columns.map(({ type }) => type)).toEqual([
      "number",
      "number",
      "number",
      "number",
    ]);
  });
});

describe("moments", () => {
  const cells = [
    "2024-10-27T01:30:00+02:00",
    "2024-10-27T02:00:00+02:00",
    "2024-10-27T02:30:00+02:00",
    "2024-10-27T02:00:00+01:00",
    "2024-10-27T02:30:00+01:00",
    "2024-10-27T03:00:00+01:00",
  ];
  test("an offset counts as it does where a format knows moments", async () => {
    const path = await parquet(
      `SELECT unnest([${cells.map((cell) => `'${cell}'`).join(", ")}]::TIMESTAMPTZ[]) AS "when", unnest([1, 2, 3, 5, 4, 8]) AS x`,
    );
    const native = await open(path);
    expect(await days(native)).toEqual(cells.map(moment));
    expect((await rowsOf(native, { text: ["when"] })).text[0]![0]).toBe("2024-10-26 23:30:00+00");
    for (const door of Object.values(doors)) {
      const source = await door({ when: cells, x: ["1", "2", "3", "5", "4", "8"] });
      expect(await days(source)).toEqual(cells.map(moment));
      expect(source.columns[0]!.role).toBe("time");
      expect(parametersOf(source, "dates_offsets")).toMatchObject({
        count: 2,
        formats: "+01:00, +02:00",
      });
    }
  });

  test("cells without an offset among others are said", async () => {
    const mixed = [...cells.slice(0, 3), "2024-10-27T03:00:00", "2024-10-27"];
    for (const door of Object.values(doors)) {
      const source = await door({ when: mixed, x: ["1", "2", "3", "5", "4"] });
      expect(parametersOf(source, "dates_offset_absent")).toMatchObject({
        column: "when",
        count: 1,
      });
      expect((await days(source)).slice(3)).toEqual([
        moment("2024-10-27T03:00Z"),
        day(2024, 10, 27),
      ]);
    }
  });

  test("an offset that only later cells have is read too", async () => {
    const late = Array.from({ length: 6000 }, (_, i) => {
      const text = new Date(Date.UTC(2024, 0, 1, 0, i)).toISOString().slice(0, 19);
      return i < 5990 ? text : `${text}+01:00`;
    });
    const source = await table(column(late));
    const found = await days(source);
    expect(found[5989]).toBe(moment(`${late[5989]}Z`));
    expect(found[5990]).toBe(moment(late[5990]!));
  });
});

describe("the clocks of a place", () => {
  const cells = ["2024-03-31 01:30", "2024-03-31 03:00", "2024-10-27 02:30", "2024-10-27 03:00"];
  const instants = [
    "2024-03-31T00:30Z",
    "2024-03-31T01:00Z",
    "2024-10-27T00:30Z",
    "2024-10-27T02:00Z",
  ];
  test.each(Object.entries(doors))("by way of %s", async (_, door) => {
    const source = await door({ when: cells, x: ["1", "2", "3", "5"] }, { zone: "Europe/Madrid" });
    expect(await days(source)).toEqual(instants.map(moment));
    expect(source.detected.zone).toBe("Europe/Madrid");
    // what a model knows holds for new data
    const { columns, detected } = source;
    const again = await door(
      { when: cells, x: ["1", "2", "3", "5"] },
      { expect: columns, prior: detected },
    );
    expect(await days(again)).toEqual(instants.map(moment));
  });

  test("of a TIMESTAMP too, never of a moment, a day or an offset", async () => {
    const path = await parquet(
      `SELECT TIMESTAMP '2024-07-01 12:00' AS a, TIMESTAMPTZ '2024-07-01 12:00:00+00' AS b, DATE '2024-07-01' AS c, '2024-07-01 12:00Z' AS d, '2024-07-01' AS e`,
    );
    const source = await open(path, { zone: "America/New_York" });
    const { numeric } = await rowsOf(source, { numeric: ["a", "b", "c", "d", "e"] });
    expect(numeric).toEqual(
      [
        "2024-07-01T16:00Z",
        "2024-07-01T12:00Z",
        "2024-07-01",
        "2024-07-01T12:00Z",
        "2024-07-01",
      ].map(moment),
    );
  });

  test("is refused where there are none, and where no place is called so", async () => {
    for (const door of [doors.CSV!, doors.memory!])
      await expect(
        (async () =>
          door({ when: ["2020-01-01", "2020-01-03"], x: ["1", "2"] }, { zone: "UTC" }))(),
      ).rejects.toMatchObject({ code: "zone_unused" });
    await expect(table("a\n1\n", { zone: "Europe/Madird" })).rejects.toMatchObject({
      code: "argument_value",
    });
  });
});

describe("a column that is written in several ways", () => {
  const cells = [
    "01/01/2024",
    "2024-02-02",
    "2024-03-03",
    "13/04/2024",
    "2024-05-05",
    "2024-06-06",
  ];
  const expected = [
    day(2024),
    day(2024, 2, 2),
    day(2024, 3, 3),
    day(2024, 4, 13),
    day(2024, 5, 5),
    day(2024, 6, 6),
  ];
  test.each(Object.entries(doors))(
    "is read whole, and that is said, by way of %s",
    async (_, door) => {
      const source = await door({ when: cells, x: ["1", "2", "3", "5", "4", "8"] });
      expect(await days(source)).toEqual(expected);
      expect(parametersOf(source, "dates_formats")).toMatchObject({
        count: 2,
        formats: "yyyy-mm-dd (4), dd/mm/yyyy (2)",
      });
    },
  );

  test("also where the other way comes late", async () => {
    const late = Array.from({ length: 6000 }, (_, i) => {
      const iso = new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10);
      return i < 5950 ? iso : iso.split("-").reverse().join("/");
    });
    const source = await table(column(late));
    expect((await days(source)).slice(5948, 5952)).toEqual(
      [0, 1, 2, 3].map((i) => day(2000) + 5948 + i),
    );
    expect(parametersOf(source, "dates_formats")).toMatchObject({
      formats: "yyyy-mm-dd (5950), dd/mm/yyyy (50)",
    });
  });

  test("is none of dates where day and month contradict each other", async () => {
    const doubt = ["13/01/2024", "01/13/2024", "02/03/2024", "25/12/2023", "12/25/2023"];
    for (const door of Object.values(doors)) {
      const source = await door({ when: doubt, x: ["1", "2", "3", "5", "4"] });
      expect(source.columns[0]!.type).not.toBe("date");
      expect(parametersOf(source, "dates_contradict")).toEqual({
        ...{ column: "when", dayFirst: "13/01/2024", monthFirst: "01/13/2024" },
      });
    }
    await expect(table(column(doubt), { dates: "dmy" })).rejects.toMatchObject({
      code: "dates_order",
      parameters: { value: "01/13/2024", order: "dmy" },
    });
  });
});

describe("the order of day and month", () => {
  const open = ["01/02/2024", "03/04/2024", "01/02/2024", "11/12/2023"];
  test.each(Object.entries(doors))(
    "is assumed aloud, stated, or known, by way of %s",
    async (_, door) => {
      const x = ["1", "2", "3", "5"];
      const assumed = await door({ when: open, x });
      expect(codes(assumed)).toContain("dates_ambiguous");
      const stated = await door({ when: open, x }, { dates: "dmy" });
      expect((await days(stated))[0]).toBe(day(2024, 2, 1));
      const { columns, detected } = stated;
      expect(detected).toMatchObject({ dates: "dmy", layouts: { when: ["dd/mm/yyyy"] } });
      const known = await door({ when: open, x }, { expect: columns, prior: detected });
      expect(await days(known)).toEqual(await days(stated));
      await expect((async () => door({ when: open, x }, { dates: "ymd" }))()).rejects.toMatchObject(
        { code: "dates_order" },
      );
    },
  );

  test("that is stated is an error where cells show another", async () => {
    const shown = ["31/12/2024", "30/11/2024", "01/02/2024"];
    for (const door of [doors.CSV!, doors.memory!])
      await expect(
        (async () => door({ when: shown, x: ["1", "2", "3"] }, { dates: "mdy" }))(),
      ).rejects.toMatchObject({ code: "dates_order", parameters: { value: "31/12/2024" } });
  });

  test("of short years is found by their even steps", async () => {
    const iso = Array.from({ length: 60 }, (_, i) =>
      new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(2, 10),
    );
    const source = await table(column(iso));
    expect(await days(source)).toEqual(iso.map((_, i) => day(2024) + i));
    expect(codes(source)).toContain("dates_century");
    const months = Array.from({ length: 60 }, (_, i) => {
      const [y, m, d] = new Date(Date.UTC(2000, 3 + i, 0)).toISOString().slice(2, 10).split("-");
      return `${d}-${m}-${y}`;
    });
    expect((await days(await table(column(months)))).slice(0, 2)).toEqual([
      day(2000, 3, 31),
      day(2000, 4, 30),
    ]);
  });
});

describe("new data for a model are read as in training", () => {
  const again = async (
    door: (typeof doors)[string],
    trained: readonly string[],
    fresh: readonly string[],
    options: OpenOptions = {},
  ) => {
    const { columns, detected } = await door(
      { when: trained, x: trained.map((_, i) => String(i % 3)) },
      options,
    );
    return door(
      { when: fresh, x: fresh.map((_, i) => String(i % 3)) },
      { expect: columns, prior: detected },
    );
  };
  test.each(Object.entries(doors))("by way of %s", async (name, door) => {
    const stated = { types: { when: "date" } } as const;
    const excel = await again(door, ["44197", "44198.5"], ["2021", "44199"], stated);
    expect(await days(excel)).toEqual([day(1905, 7, 13), day(2021, 1, 3)]);
    const roman = await again(door, ["2020-III", "2020-I"], ["2021-I", "2021-II"]);
    expect(await days(roman)).toEqual([day(2021), day(2021, 4)]);
    const seasons = await again(door, ["2019/20", "2020/21"], ["2009/10", "2010/11"], stated);
    expect(await days(seasons)).toEqual([day(2009), day(2010)]);
    const other = await again(door, ["2020-01-31", "2020-02-05"], ["31/01/2020", "05/02/2020"]);
    expect(await days(other)).toEqual([day(2020, 1, 31), day(2020, 2, 5)]);
    expect(name).not.toBe("");
  });

  test("an offset that is lost, or new, is said", async () => {
    const zoned = ["2024-07-01T12:00+02:00", "2024-07-03T12:00+02:00"];
    const bare = ["2024-07-01T12:00", "2024-07-03T12:00"];
    for (const door of Object.values(doors)) {
      expect(codes(await again(door, zoned, bare))).toContain("dates_offset_lost");
      expect(codes(await again(door, bare, zoned))).toContain("dates_offset_found");
      const same = codes(await again(door, zoned, zoned));
      expect(same.filter((code) => code.startsWith("dates_"))).toEqual([]);
    }
  });
});

describe("a column that shall tell time", () => {
  test("is refused where it holds neither dates nor numbers", async () => {
    for (const door of Object.values(doors))
      await expect(
        (async () =>
          door({ when: ["first", "second", "third"], x: ["1", "2", "3"] }, { time: "when" }))(),
      ).rejects.toMatchObject({
        code: "time_unreadable",
        parameters: { column: "when", examples: '"first", "second", "third"' },
      });
  });

  test.each([
    ["times of a day", "06:30|18:00|06:45", [6.5 / 24, 18 / 24, 6.75 / 24]],
    ["seasons", "2009/10|2011/12|2010/11", [day(2009), day(2011), day(2010)]],
    ["months without a mark", "202011|202101|202012", [day(2020, 11), day(2021), day(2020, 12)]],
    ["months behind a point", "11.2020|01.2021|12.2020", [day(2020, 11), day(2021), day(2020, 12)]],
    ["years", "1990|1992|1991", [1990, 1992, 1991]],
  ])("%s", async (_, text, expected) => {
    const source = await table(column(text.split("|")), { time: "when" });
    expect(source.columns[0]!.role).toBe("time");
    const found = await days(source);
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 9);
    });
  });
});

test("a file that says nothing of dates has no layouts", async () => {
  const { detected } = await open(file("a,b\n1,x\n2,y\n"));
  expect(detected).not.toHaveProperty("layouts");
  expect(detected.dates).toBeNull();
  expect(kinds(await table(column(["2020Q1", "2021Q3", "2020Q1"]))).when).toBe("date feature");
});

describe("a column that is in order tells time", () => {
  const rows = Array.from({ length: 12 }, (_, i) => i);
  const values = rows.map((i) => String((i * 7) % 5));
  const role = async (name: string, cells: readonly (string | number)[], door: string) => {
    const source = await doors[door]!({ [name]: cells.map(String), v: values });
    const { role, why } = source.columns[0]!;
    return `${role} ${why.code}`;
  };
  test.each(["CSV", "workbook"])("by way of %s", async (door) => {
    const days = rows.map((i) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10));
    expect(await role("x", days, door)).toBe("time why_sorted_date");
    expect(await role("x", days.toReversed(), door)).toBe("time why_falling_date");
    expect(
      await role(
        "x",
        rows.map((i) => `${2010 + i}Q1`),
        door,
      ),
    ).toBe("time why_sorted_date");
    for (const name of ["año", "anio", "Jahr", "year"])
      expect(
        await role(
          name,
          rows.map((i) => 1990 + 5 * i),
          door,
        ),
      ).toBe("time why_sorted_time");
    expect(
      await role(
        "year",
        rows.map((i) => 2050 - 5 * i),
        door,
      ),
    ).toBe("time why_falling_time");
    expect(
      await role(
        "x",
        rows.map((i) => 1990 + i),
        door,
      ),
    ).toBe("time why_years");
    expect(
      await role(
        "x",
        rows.map((i) => 2010 - i),
        door,
      ),
    ).toBe("time why_years");
    expect(
      await role(
        "x",
        rows.map((i) => 1990 + 5 * i),
        door,
      ),
    ).toBe("feature why_number");
    expect(
      await role(
        "x",
        rows.map((i) => 101 + i),
        door,
      ),
    ).toBe("id why_id_number");
    expect(
      await role(
        "time",
        rows.map((i) => 900 - 5 * i),
        door,
      ),
    ).toBe("feature why_number");
  });
});

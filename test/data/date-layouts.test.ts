import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countedDays, countedSql } from "../../src/data/cells/counted-dates.ts";
import { layoutDays, layoutSql } from "../../src/data/cells/layout-days.ts";
import { layoutOf } from "../../src/data/cells/layouts.ts";
import { columnDates } from "../../src/data/cells/written-dates.ts";
import { offsetAt, offsetOfWall, zoneOf } from "../../src/data/cells/zones.ts";
import { type Database, openDatabase } from "../../src/data/native/database.ts";

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.dispose());

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What SQL makes of cells, NaN for NULL. */
async function inSql(cells: readonly string[], sql: (column: string) => string): Promise<number[]> {
  const list = cells.map((cell, i) => `(${i}, ${quoted(cell)})`).join(", ");
  const rows = await database.query(
    `SELECT ${sql("c")} FROM (VALUES ${list}) AS t(i, c) ORDER BY i`,
  );
  return rows.map(([value]) => (value === null ? Number.NaN : Number(value)));
}

const number = (least: number, most: number, digits: number) =>
  fc.integer({ min: least, max: most }).map((n) => String(n).padStart(digits, "0"));
const pick = (...texts: readonly string[]) => fc.constantFrom(...texts);
const joined = (...parts: readonly fc.Arbitrary<string>[]) =>
  fc.tuple(...parts).map((each) => each.join(""));
const maybe = (part: fc.Arbitrary<string>) => fc.oneof(fc.constant(""), part);

const year = fc.oneof(number(1890, 2110, 4), number(0, 9999, 4));
const month = fc.oneof(number(1, 12, 2), number(0, 13, 1));
const day = fc.oneof(number(1, 28, 2), number(0, 32, 1));
const word = pick(
  ..."jan ENE. january enero März févr. août set Sept. out dic. DEC mai juil jui jun mag xyz marzoo".split(
    " ",
  ),
);
const clock = joined(
  pick("T", " ", ", ", "  ", "t"),
  number(0, 25, 1),
  pick(":", ":", "."),
  number(0, 60, 2),
  maybe(
    joined(pick(":"), number(0, 60, 2), maybe(joined(pick(".", ","), number(0, 999_999_999, 1)))),
  ),
  maybe(pick(" AM", "pm", " p. m.", "\u202fPM", " h", " hs.", " Uhr")),
);
const offset = pick(
  ..."Z|z|+00:00|+02:00|-0330|+5| +01:00| UTC|UTC+1|GMT-03:30| CEST|est|+25:00|+01:60|+01:00[Europe/Madrid]| (CET)| +0200 CEST".split(
    "|",
  ),
);
const clocked = maybe(clock);
const moment = (date: fc.Arbitrary<string>, zoned: boolean) =>
  joined(date, zoned ? maybe(joined(clock, maybe(offset))) : clocked);

const between = pick(" ", "-", "/", ".", "", ", ", " de ");
const dates: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "yyyy-mm-dd": joined(year, pick("-"), month, pick("-"), day),
  "yyyy/mm/dd": joined(year, pick("/"), month, pick("/"), day),
  "dd/mm/yyyy": joined(day, pick("/"), month, pick("/"), year),
  "mm-dd-yyyy": joined(month, pick("-"), day, pick("-"), year),
  "dd.mm.yy": joined(day, pick("."), month, pick("."), number(0, 99, 2)),
  "yy/mm/dd": joined(number(0, 99, 2), pick("/"), month, pick("/"), day),
  "dd mon yyyy": joined(maybe(pick("Mon, ", "lunes ")), day, between, word, between, year),
  "mon dd yyyy": joined(word, pick(" "), day, pick("", "th", "."), pick(", ", " "), year),
  "dd mon yy": joined(day, between, word, between, number(0, 99, 2)),
  yyyymmdd: joined(year, number(0, 13, 2), number(0, 32, 2)),
};
const periods: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "mon yy": joined(word, pick("-", " ", "'", ""), number(0, 99, 2)),
  "mon yyyy": joined(word, between, year),
  "yyyy mon": joined(year, between, word),
  "yyyy-mm": joined(year, pick("-"), month),
  "mm/yyyy": joined(month, pick("/"), year),
  yyyymm: joined(year, number(0, 13, 2)),
  "yyyy-Mmm": joined(year, pick("-"), pick("M", "m"), month),
  yyyyQq: joined(year, pick("Q", "q"), number(0, 5, 1)),
  "Qq yyyy": joined(pick("Q"), number(0, 5, 1), pick(" "), year),
  qTyyyy: joined(number(0, 5, 1), pick("T", "t"), year),
  "yyyy-rq": joined(year, pick("-"), pick("I", "ii", "III", "IV", "V")),
  "q trim yyyy": joined(
    number(0, 5, 1),
    pick("er ", ". ", " "),
    pick("trimestre", "Quarter"),
    between,
    year,
  ),
  "trim q yyyy": joined(pick("Trim. ", "quarter "), number(0, 5, 1), between, year),
  "rq trim yyyy": joined(pick("I", "ii", "III", "iv", "V"), pick(" trim. ", " "), year),
  "week ww yyyy": joined(pick("Week ", "semana ", "KW"), number(0, 54, 1), between, year),
  "yy-Qq": joined(number(0, 99, 2), pick("-Q"), number(0, 5, 1)),
  "yyyy-Ss": joined(year, pick("-"), pick("S", "s"), number(0, 3, 1)),
  "yyyy-Www": joined(year, pick("-"), pick("W"), number(0, 54, 2)),
  "yyyy-Www-d": joined(year, pick("-W"), number(0, 54, 2), pick("-"), number(0, 8, 1)),
  yyyyWwwd: joined(year, pick("W"), number(0, 54, 2), number(0, 8, 1)),
  "KW ww/yyyy": joined(pick("KW ", "kw "), number(0, 54, 1), pick("/"), year),
  "yyyy/nn": fc
    .tuple(fc.integer({ min: 0, max: 9999 }), fc.nat(3))
    .map(
      ([y, off]) =>
        `${String(y).padStart(4, "0")}/${String((y + Math.min(1, off)) % 100).padStart(2, "0")}`,
    ),
  "yyyy-nnnn": fc
    .integer({ min: 0, max: 9999 })
    .map(
      (y) =>
        `${String(y).padStart(4, "0")}-${String(y + 1 - (y % 3 === 0 ? 1 : 0)).padStart(4, "0")}`,
    ),
  yyyy: year,
  "hh:mm": joined(
    number(0, 25, 1),
    pick(":"),
    number(0, 60, 2),
    maybe(joined(pick(":"), number(0, 60, 2))),
    maybe(pick(" am", "PM")),
  ),
};

/** Cells as they are written, some with blanks around or a mistake in them. */
const mistaken = (cells: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 8, arbitrary: cells },
    { weight: 1, arbitrary: cells.map((cell) => ` ${cell}\t`) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(cells, fc.nat(30), pick("", "x", "1", "-", " "))
        .map(([cell, at, mark]) => cell.slice(0, at) + mark + cell.slice(at + 1)),
    },
  );

const kinds = [
  ...Object.entries(dates).flatMap(([name, date]) => [
    [name, moment(date, false)] as const,
    [`${name}Z`, moment(date, true)] as const,
  ]),
  ...Object.entries(periods),
];

describe("SQL and JavaScript read the same days", () => {
  test.each(kinds)("%s", async (name, cells) => {
    const layout = layoutOf(name)!;
    const some = fc.sample(mistaken(cells), { numRuns: 3000, seed: 7 });
    for (const zone of [null, zoneOf("Europe/Madrid")]) {
      const found = await inSql(some, (column) => layoutSql(column, layout, zone));
      const own = some.map((cell) => layoutDays(cell, layout, zone));
      const differ = some.flatMap((cell, i) =>
        Object.is(found[i], own[i]) ? [] : [[cell, found[i], own[i]]],
      );
      expect(differ.slice(0, 10)).toEqual([]);
      // the sample is of dates, mostly
      expect(own.filter((days) => !Number.isNaN(days)).length).toBeGreaterThan(some.length / 20);
    }
  });

  test.each(["seconds", "milliseconds", "microseconds", "nanoseconds", "excel"] as const)(
    "%s",
    async (name) => {
      const cells = fc.oneof(
        fc.bigInt({ min: 0n, max: 10n ** 19n }).map(String),
        fc.double({ min: -1e6, max: 3e6, noNaN: true }).map((x) => x.toFixed(4)),
        fc.nat(100).map((n) => `${n},5`),
        pick("", "x", "1.2.3", "1e9", "-5", " 7 "),
      );
      const some = fc.sample(cells, { numRuns: 3000, seed: 7 });
      const found = await inSql(some, (column) => countedSql(column, name));
      expect(found).toEqual(some.map((cell) => countedDays(cell, name)));
      expect(found.some((days) => !Number.isNaN(days))).toBe(true);
    },
  );
});

describe("a period is written as its column writes it", () => {
  const write = (name: string) => columnDates({ dates: null, layouts: { x: [name] } }, "x");
  const anyDay = fc.integer({ min: -700_000, max: 2_900_000 });
  test.each(
    (
      "yyyyQq|yyyy-Tq|Qq yyyy|qTyyyy|yyyy-rq|yyyy:q|yyyy-Mmm|yyyy-mm|mm/yyyy|yyyy-Www|KW ww/yyyy|" +
      "yyyy-Ss|yyyy-rs|yyyy/nn|yyyy-nnnn|yyyy"
    ).split("|"),
  )("%s", (name) => {
    const layout = layoutOf(name)!;
    fc.assert(
      fc.property(anyDay, (day) => {
        const text = write(name)(day);
        const start = layoutDays(text, layout, null);
        // the first day of a period near it, which is written the same again
        expect(Math.abs(start - day)).toBeLessThan(184);
        expect(write(name)(start)).toBe(text);
        const [before, after] = [write(name)(start - 1.4), write(name)(start + 1.4)];
        expect([before, after]).toEqual([text, text]);
      }),
    );
  });

  test("names of months become numbers, times of a day come back, and other dates are ISO dates", () => {
    expect(write("mon yy")(18_320)).toBe("2020-03");
    expect(write("q trim yyyy")(18_262)).toBe("2020Q1");
    expect(write("week ww yyyy")(18_320)).toBe("2020-W10");
    expect(write("hh:mm")(0.25)).toBe("06:00");
    expect(write("hh:mm")(0.25 + 1 / 86_400)).toBe("06:00:01");
    expect(write("dd/mm/yyyy")(18_320)).toBe("2020-02-28");
    expect(write("seconds")(18_320.5)).toBe("2020-02-28 12:00:00");
    expect(columnDates({ dates: null }, "x")(18_320)).toBe("2020-02-28");
    expect(write("yyyyQq")(Number.NaN)).toBe("");
    expect(write("yyyyQq")(1e12)).toBe("day 1000000000000");
  });
});

test("names that are no layouts, as a file may hold them, name none", () => {
  for (const name of [
    "",
    "Z",
    "dd",
    "mm/dd",
    "yyyyy",
    "yyyy-mm-dd-dd",
    "yyyy(mm",
    "q",
    "hh:mmZ",
    "yyyyQqZ",
    "a".repeat(99),
  ])
    expect(layoutOf(name)).toBeUndefined();
});

describe("clocks of places", () => {
  test("are those that Intl knows, at every moment", () => {
    for (const name of [
      "Europe/Madrid",
      "America/Sao_Paulo",
      "Australia/Lord_Howe",
      "UTC",
      "Asia/Kathmandu",
    ]) {
      const zone = zoneOf(name);
      const format = new Intl.DateTimeFormat("sv", {
        timeZone: name,
        dateStyle: "short",
        timeStyle: "medium",
      });
      fc.assert(
        fc.property(fc.integer({ min: -1_500_000_000, max: 4_000_000_000 }), (seconds) => {
          const moment = seconds * 1000;
          const wall = Date.parse(`${format.format(moment).replace(" ", "T")}Z`);
          const offset = (wall - moment) * 1000;
          expect(offsetAt(moment * 1000, zone)).toBe(offset);
          // read back, but for the hour that comes twice
          const back = wall * 1000 - offsetOfWall(wall * 1000, zone);
          expect([0, -3600e6, -1800e6]).toContain(back - moment * 1000);
        }),
      );
    }
  });

  test("an hour that is left out goes on from before it, one that comes twice is the first", () => {
    const madrid = zoneOf("Europe/Madrid");
    const utc = (wall: string) => {
      const us = Date.parse(`${wall}Z`) * 1000;
      return new Date((us - offsetOfWall(us, madrid)) / 1000).toISOString().slice(11, 16);
    };
    expect(utc("2024-03-31T01:59")).toBe("00:59");
    expect(utc("2024-03-31T02:30")).toBe("01:30");
    expect(utc("2024-03-31T03:00")).toBe("01:00");
    expect(utc("2024-10-27T02:30")).toBe("00:30");
    expect(utc("2024-10-27T03:00")).toBe("02:00");
  });
});

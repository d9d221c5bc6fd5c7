import { describe, expect, test } from "vitest";
import { arrays, saidBy, valuesOf } from "./arrays.ts";
import { parquet } from "./doors.ts";
import { file } from "./helpers.ts";

const iso = (day: number): string => new Date(day * 864e5).toISOString().slice(0, 10);
const dayOf = (text: string): number => Date.parse(text) / 864e5;
const column = (times: readonly (string | number)[]): string =>
  `when;x\n${times.map((time, i) => `${time};${i}.5`).join("\n")}\n`;
const said = async (times: readonly (string | number)[]): Promise<string> =>
  saidBy(await arrays(file(column(times)), { time: "when", window: 4 })).join("\n");
const range = <T>(n: number, of: (i: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => of(i));
const month = (i: number, day = 1): string =>
  new Date(Date.UTC(2000, i, day)).toISOString().slice(0, 10);

/** Even times, and what a step of them is. */
const even: Readonly<Record<string, readonly [readonly (string | number)[], string]>> = {
  minutes: [range(40, (i) => `${iso(19_000)} 10:${String(i).padStart(2, "0")}`), "1 min"],
  "half hours": [range(60, (i) => new Date(i * 18e5).toISOString()), "30 min"],
  days: [range(60, (i) => iso(19_000 + i)), "a day"],
  "ten days": [range(60, (i) => iso(19_000 + 10 * i)), "10 d"],
  weeks: [range(60, (i) => iso(19_000 + 7 * i)), "a week"],
  "two weeks": [range(60, (i) => iso(19_000 + 14 * i)), "2 weeks"],
  "four weeks": [range(60, (i) => iso(19_000 + 28 * i)), "4 weeks"],
  "weeks by number": [
    range(
      60,
      (i) => `20${String(10 + Math.floor(i / 52))}-W${String((i % 52) + 1).padStart(2, "0")}`,
    ),
    "a week",
  ],
  "business days": [
    range(90, (i) => iso(18_995 + i)).filter((day) => (dayOf(day) + 3) % 7 < 5),
    "a business day",
  ],
  months: [range(60, (i) => month(i)), "a month"],
  "ends of months": [range(60, (i) => month(i, 0)), "a month"],
  "months by number": [
    range(60, (i) => `${2000 + Math.floor(i / 12)}M${String((i % 12) + 1).padStart(2, "0")}`),
    "a month",
  ],
  "two months": [range(60, (i) => month(2 * i, 15)), "2 months"],
  quarters: [range(60, (i) => `${2000 + Math.floor(i / 4)}Q${(i % 4) + 1}`), "a quarter"],
  "ends of quarters": [range(60, (i) => month(3 * i, 0)), "a quarter"],
  halves: [range(60, (i) => `${2000 + Math.floor(i / 2)}-S${(i % 2) + 1}`), "half a year"],
  years: [range(60, (i) => 1950 + i), "a year"],
  "days of years": [range(60, (i) => `${1950 + i}-07-01`), "a year"],
  seasons: [range(60, (i) => `${1950 + i}/${String((1951 + i) % 100).padStart(2, "0")}`), "a year"],
  "five years": [range(20, (i) => `${1900 + 5 * i}-07-01`), "5 years"],
  numbers: [range(60, (i) => (0.25 * i).toFixed(2)), "0.25"],
};

describe("even times have no gaps, and one that is left out is one of their unit", () => {
  test.each(Object.entries(even))("%s", async (_, [times, step]) => {
    expect(await said(times)).not.toMatch(/as most are|even on clocks|same/);
    const without = times.filter((_, i) => i !== 9);
    expect(await said(without)).toContain(
      `1 of ${without.length - 1} steps of "when" is not ${step} as most are, 1 time is missing; the first is at row 10 (`,
    );
    const far = times.filter((_, i) => i < 7 || (i > 9 && i !== 15));
    expect(await said(far)).toContain(
      `2 of ${far.length - 1} steps of "when" are not ${step} as most are, 4 times are missing; the first is at row 8 (`,
    );
  });

  test("times that are not of steps are uneven, with none missing", async () => {
    const times = range(40, (i) => iso(19_000 + 10 * i + (i === 20 ? 3 : 0)));
    expect(await said(times)).toContain(
      '2 of 39 steps of "when" are not 10 d as most are; the first is at row 21',
    );
  });

  test("rows of the same time are counted apart, and make no steps", async () => {
    const times = range(30, (i) => 1990 + Math.floor(i / 3));
    const text = await said(times);
    expect(text).toContain(
      '20 rows have the "when" of another row of their series, the first is row 2 (1990)',
    );
    expect(text).not.toContain("as most are");
  });
});

/** Every half hour of some days, as the clocks of a place show it. */
function walls(from: string, days: number, zone: string, minutes = 30): string[] {
  const format = new Intl.DateTimeFormat("sv", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  });
  return range((days * 1440) / minutes, (i) => format.format(Date.parse(from) + i * minutes * 6e4));
}

describe("clocks that are set make no gaps", () => {
  test.each([
    ["Madrid in autumn", "2024-10-26T00:00Z", "Europe/Madrid", "2024-10-27 02:00"],
    ["London in autumn", "2024-10-26T00:00Z", "Europe/London", "2024-10-27 01:00"],
    ["New York in autumn", "2024-11-02T00:00Z", "America/New_York", "2024-11-03 01:00"],
    ["Sydney in autumn", "2024-04-05T00:00Z", "Australia/Sydney", "2024-04-07 02:00"],
  ])("%s: rows of the hour that comes twice stay in their order", async (_, from, zone, hour) => {
    const times = walls(from, 4, zone);
    const source = await arrays(file(column(times)), { time: "when", window: 4 });
    const text = saidBy(source).join("\n");
    expect(text).toContain(`comes twice at row ${times.lastIndexOf(hour) + 1} (${hour}:00)`);
    expect(text).not.toMatch(/not in order|as most are|same/);
    expect([...source.starts!]).toEqual(range(times.length - 3, (i) => i));
    expect(await valuesOf(source)).toEqual(
      range(times.length - 3, (i) => range(4, (k) => i + k + 0.5)).flat(),
    );
  });

  test("whole hours too, in several series", async () => {
    const times = walls("2024-10-26T00:00Z", 4, "Europe/Madrid", 60);
    const rows = times.flatMap((time, i) => [`a;${time};${i}`, `b;${time};${1000 + i}`]);
    const path = file(`s;when;x\n${rows.join("\n")}\n`);
    const source = await arrays(path, { time: "when", group: "s", window: 96, features: ["x"] });
    expect(await valuesOf(source)).toEqual([...range(96, (i) => i), ...range(96, (i) => 1000 + i)]);
  });

  test.each([
    ["Madrid in spring", "2024-03-29T00:00Z", "Europe/Madrid"],
    ["New York in spring", "2024-03-08T00:00Z", "America/New_York"],
    ["Santiago in spring", "2024-09-06T00:00Z", "America/Santiago"],
  ])("%s: the hour that is left out is none that is missing", async (_, from, zone) => {
    const text = await said(walls(from, 4, zone));
    expect(text).toContain("even on clocks that are set forward and back");
    expect(text).not.toMatch(/as most are|not in order/);
  });

  test("a year of them, with one hour that is truly missing", async () => {
    const times = walls("2024-01-01T00:00Z", 366, "Europe/Madrid", 60).filter((_, i) => i !== 5000);
    const text = await said(times);
    expect(text).toContain(`is not 1 h as most are, 1 time is missing; the first is at row 5001`);
    expect(text).toContain("comes twice at row");
  });

  test("midnights and quarter days with their offsets", async () => {
    for (const hours of [24, 6]) {
      const zone = "Europe/Madrid";
      const local = new Intl.DateTimeFormat("sv", {
        timeZone: zone,
        dateStyle: "short",
        timeStyle: "short",
      });
      const offset = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
      const moments = range(366 * 24, (i) => Date.UTC(2024, 0, 1, i));
      const times = moments
        .filter((moment) => Number(local.format(moment).slice(11, 13)) % hours === 0)
        // the hour that comes twice is once in the data
        .filter((moment, i, all) => i === 0 || local.format(moment) !== local.format(all[i - 1]))
        .map((moment) => `${local.format(moment)}${offset.format(moment).split("GMT")[1]}`);
      expect(await said(times)).not.toMatch(/as most are|not in order/);
    }
  });

  test("rows that are in disorder for another reason are sorted as they are", async () => {
    const times = walls("2024-10-26T00:00Z", 4, "Europe/Madrid");
    const text = await said([...times.slice(100), ...times.slice(0, 100)]);
    expect(text).toContain("not in order");
    expect(text).not.toContain("comes twice");
  });

  test("a day that is there twice is on no clock", async () => {
    const days = range(60, (i) => iso(dayOf("2024-10-01") + i));
    for (const twice of days) {
      const cells = days.flatMap((day) => (day === twice ? [day, day] : [day]));
      const text = await said(cells);
      expect(text).toContain('1 row has the "when" of another row');
      expect(text).not.toContain("comes twice");
    }
  });

  test("a zone that is stated gives the moments, and the second hour its place", async () => {
    const times = walls("2024-10-26T00:00Z", 4, "Europe/Madrid");
    const options = { time: "when", window: 4, zone: "Europe/Madrid" };
    const source = await arrays(file(column(times)), options);
    expect([...source.starts!]).toEqual(range(times.length - 3, (i) => i));
    expect(source.detected.read).toMatchObject({
      ...{ dates: "ymd", layouts: { when: ["yyyy-mm-dd"] }, zone: "Europe/Madrid" },
    });
    const spring = walls("2024-03-29T00:00Z", 4, "Europe/Madrid");
    const text = saidBy(await arrays(file(column(spring)), options)).join("\n");
    expect(text).not.toMatch(/as most are|even on clocks/);
  });
});

describe("the order of rows is that of their true times", () => {
  const shuffled = <T>(items: readonly T[]): T[] =>
    items.map((_, i) => items[(i * 29) % items.length]!);

  test.each(Object.entries(even).filter(([name]) => !["minutes", "numbers"].includes(name)))(
    "%s in disorder",
    async (_, [times]) => {
      const cells = shuffled(times.slice(0, times.length % 29 === 0 ? -1 : undefined));
      const source = await arrays(file(column(cells)), { time: "when", window: cells.length });
      const sorted = [...cells.keys()].sort(
        (a, b) => times.indexOf(cells[a]!) - times.indexOf(cells[b]!),
      );
      expect(await valuesOf(source)).toEqual(sorted.map((row) => row + 0.5));
      expect(source.names).toEqual([String(cells[sorted[0]!])]);
    },
  );

  test("offsets give what moments of a format give", async () => {
    const cells = range(60, (i) => {
      const moment = Date.parse("2024-10-26T12:00Z") + i * 18e5;
      const summer = moment < Date.parse("2024-10-27T01:00Z");
      return `${new Date(moment + (summer ? 72e5 : 36e5)).toISOString().slice(0, 19)}${summer ? "+02:00" : "+01:00"}`;
    });
    const path = await parquet(
      `SELECT unnest([${cells.map((cell) => `'${cell}'`).join(", ")}]::TIMESTAMPTZ[]) AS "when", unnest(range(60)) + 0.5::DOUBLE AS x`,
    );
    const options = { time: "when", window: 6 };
    const [text, native] = [
      await arrays(file(column(cells)), options),
      await arrays(path, options),
    ];
    expect(await valuesOf(text)).toEqual(await valuesOf(native));
    expect([...text.starts!]).toEqual([...native.starts!]);
    for (const source of [text, native])
      expect(saidBy(source).join("\n")).not.toMatch(/as most|order/);
  });
});

test("a model of sequences knows how its times were written", async () => {
  const dmy = range(40, (i) =>
    iso(19_000 + i)
      .split("-")
      .reverse()
      .join("/"),
  );
  const source = await arrays(file(column(dmy)), { time: "when", window: 4 });
  const times = { dates: "dmy", layouts: { when: ["dd/mm/yyyy"] } } as const;
  expect(source.detected.read).toMatchObject(times);
  // three days that could be months
  const fresh = file(
    column(["01/02/2022", "02/02/2022", "03/02/2022", "04/02/2022", "05/02/2022"]),
  );
  const { read: _, columns: __, ...others } = source.detected;
  // models from before kept no more than that
  for (const like of [source.detected, { ...others, times }]) {
    const again = await arrays(fresh, { like });
    expect([...again.starts!]).toEqual([0, 1]);
    expect(saidBy(again).join("\n")).not.toMatch(/could be|as most are/);
  }
});

test("a column that cannot tell time is an error, also where a model has it", async () => {
  const path = file("when;x\nfirst;1\nsecond;2\nthird;3\n");
  await expect(arrays(path, { time: "when", window: 2 })).rejects.toMatchObject({
    code: "time_unreadable",
    parameters: { column: "when" },
  });
  const trained = await arrays(file(column(range(20, (i) => iso(19_000 + i)))), {
    time: "when",
    window: 2,
  });
  await expect(arrays(path, { like: trained.detected })).rejects.toMatchObject({
    code: /time_unreadable|cell_unreadable/,
  });
});

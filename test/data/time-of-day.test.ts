import { describe, expect, test } from "vitest";
import { dayShare } from "../../src/data/cells/day-share.ts";
import type { ArraysOptions } from "../../src/data/terms/arrays.ts";
import { arrays, saidBy, valuesOf } from "./arrays.ts";
import { parquet } from "./doors.ts";
import { file } from "./helpers.ts";

const said = (source: Parameters<typeof saidBy>[0]) => saidBy(source).join("\n");
const two = (n: number): string => String(n).padStart(2, "0");

test.each([
  ["18.00.00", 18 / 24],
  ["06:30", 6.5 / 24],
  ["6:30 pm", 18.5 / 24],
  ["12:00 a. m.", 0],
  ["23h15", 23.25 / 24],
  ["00:00:00.5", 0.5 / 86_400],
])("%s is a time of the day", (cell, share) => {
  expect(dayShare(cell)).toBeCloseTo(share, 12);
});

test.each(["24:00", "12:60", "13:00 pm", "18", "1.5", "2-1", "noon", ""])("%s is none", (cell) => {
  expect(dayShare(cell)).toBeNaN();
});

/** Hours from 18:00 on the 10th of March, as days, times and values. */
const hours = (n: number, time: (hour: number) => string, mark = ";") =>
  Array.from({ length: n }, (_, i) => {
    const at = new Date(Date.UTC(2004, 2, 10, 18 + i));
    const day = `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
    return [day, time(at.getUTCHours()), `${i / 4}`].join(mark);
  });
const csv = (lines: readonly string[]): string => file(`Date;Time;CO\n${lines.join("\n")}\n`);
const dotted = (hour: number): string => `${two(hour)}.00.00`;

describe("days and times of the day in two columns are one time", () => {
  const sources: readonly (readonly [string, () => Promise<string> | string, string])[] = [
    ["CSV", () => csv(hours(100, dotted)), "10/03/2004 18.00.00"],
    [
      "JSON",
      () =>
        file(
          JSON.stringify(
            hours(100, (hour) => `${hour}:00`).map((line) => {
              const [day, Time, CO] = line.split(";");
              return { Date: day, Time, CO: Number(CO) };
            }),
          ),
          "t.json",
        ),
      "10/03/2004 18:00:00",
    ],
    [
      "Parquet",
      () =>
        parquet(
          "SELECT CAST(t AS DATE) AS Date, CAST(t AS TIME) AS Time, i / 4.0 AS CO FROM (SELECT i, TIMESTAMP '2004-03-10 18:00' + INTERVAL (i) HOUR AS t FROM range(100) r(i))",
        ),
      "2004-03-10 18:00:00",
    ],
  ];

  test.each(sources)("in %s", async (_, make, first) => {
    const source = await arrays(await make(), { window: 6, stride: 6, stamps: true });
    expect(said(source)).toContain(`with the time of the day in "Time", the first is ${first};`);
    // neither repeats of days nor gaps, and Time is not said to be left out
    expect(said(source)).not.toMatch(/of another row|as most are|no part of/);
    expect(source.detected).toMatchObject({ time: "Date", clock: "Time", features: ["CO"] });
    expect([source.names![0], source.stamps!.times![0]]).toEqual([first, first]);
  });

  test("rows out of order are put in order, and a gap is one of hours", async () => {
    const lines = hours(100, dotted);
    const moved = [...lines.slice(0, 40), lines[41]!, lines[40]!, ...lines.slice(42, 60)];
    const source = await arrays(csv([...moved, ...lines.slice(63)]), { window: 4, stride: 50 });
    expect(said(source)).toMatch(/1 was not in order/);
    expect(said(source)).toMatch(
      /1 of 96 steps of "Date" is not 1 h as most are, 3 times are miss/,
    );
    expect((await valuesOf(source)).slice(0, 4)).toEqual([0, 0.25, 0.5, 0.75]);
  });

  test("a model has them so in new data, however few", async () => {
    const like = (await arrays(csv(hours(100, dotted)), { window: 3 })).detected;
    const next = await arrays(csv(hours(4, dotted).reverse()), { like });
    expect((await valuesOf(next)).slice(0, 3)).toEqual([0, 0.25, 0.5]);
    expect(next.detected).toMatchObject({ clock: "Time" });
  });

  test.each<[string, readonly string[], ArraysOptions]>([
    ["it is ignored", hours(100, dotted), { ignore: ["Time"] }],
    ["days do not come again", hours(2400, dotted).filter((_, i) => i % 24 === 0), {}],
    ["times do not rise", hours(100, (hour) => dotted((hour * 7) % 24)), {}],
    ["days have a time themselves", hours(100, dotted).map((l) => l.replace(";", " 01:00;")), {}],
  ])("unless %s", async (_, lines, options) => {
    const source = await arrays(csv(lines), { window: 4, time: "Date", ...options });
    expect(source.detected.clock).toBeUndefined();
  });
});

import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contentHeld } from "../../src/data/arrays/open-arrays.ts";
import { arrays, arraysRefused, saidBy, valuesOf } from "./arrays.ts";
import { file, shared } from "./helpers.ts";

const minute = (i: number) =>
  new Date(Date.UTC(2024, 0, 1, 0, i)).toISOString().slice(0, 16).replace("T", " ");
const lines = (n: number, line: (i: number) => string, head: string) =>
  `${[head, ...Array.from({ length: n }, (_, i) => line(i))].join("\n")}\n`;
const said = (source: Parameters<typeof saidBy>[0]) => saidBy(source).join("\n");

test("one series is cut into windows, by default said aloud", async () => {
  const path = file(lines(20, (i) => `${minute(i)},${i / 4},${i + 0.5}`, "time,a,b"));
  expect(await contentHeld(path)).toBe("table");
  const source = await arrays(path, { window: 4, stride: 8 });
  expect(source.detected).toMatchObject({
    content: "sequences",
    shape: [4, 2],
    features: ["a", "b"],
    time: "time",
    group: null,
    stride: 8,
  });
  expect(source.rows).toBe(3);
  expect([...source.starts!]).toEqual([0, 8, 16]);
  expect(source.names).toEqual([minute(0), minute(8), minute(16)]);
  expect((await valuesOf(source)).slice(8, 16)).toEqual([2, 8.5, 2.25, 9.5, 2.5, 10.5, 2.75, 11.5]);
  const guessed = await arrays(path);
  expect(guessed.detected).toMatchObject({ shape: [5, 2], stride: 1 });
  expect(said(guessed)).toContain("16 windows of 5 steps, one every 1; --window and --stride");
  expect(await valuesOf(guessed, 3)).toEqual(await valuesOf(guessed, 100));
});

test("with stamps one more window ends with each series, and every row has its time", async () => {
  const path = file(lines(20, (i) => `${minute(i)},${i / 4},${i + 0.5}`, "time,a,b"));
  const source = await arrays(path, { window: 6, stride: 4, stamps: true });
  expect([...source.starts!]).toEqual([0, 4, 8, 12, 14]);
  expect(source.stamps).toMatchObject({ rows: 20, series: null });
  expect(source.stamps!.times).toEqual(Array.from({ length: 20 }, (_, i) => minute(i)));
  // windows that already end with the series stay as they are, and no step is left out between windows
  const even = await arrays(path, { window: 4, stride: 4, stamps: true });
  expect([...even.starts!]).toEqual([0, 4, 8, 12, 16]);
  const apart = await arrays(path, { window: 4, stride: 9, stamps: true });
  expect([...apart.starts!]).toEqual([0, 4, 8, 12, 16]);
  const grouped = file("who,t,v\nx,1,10\nx,2,11\nx,3,12\ny,1,20\nz,1,30\nz,2,31\n");
  const several = await arrays(grouped, {
    group: "who",
    time: "t",
    window: 2,
    stride: 2,
    stamps: true,
  });
  expect([...several.starts!]).toEqual([0, 1, 3, 4]);
  expect(several.stamps).toEqual({
    rows: 6,
    times: ["1", "2", "3", "1", "1", "2"],
    series: ["x", "x", "x", "y", "z", "z"],
  });
});

test("series are told apart by a column, and short ones are filled up with missing steps", async () => {
  const path = file("who,t,v\nx,1,10\nx,2,11\nx,3,12\ny,1,20\nz,1,30\nz,2,31\n");
  const source = await arrays(path, { group: "who", time: "t" });
  expect(source.detected).toMatchObject({ shape: [3, 1], group: "who", stride: null });
  expect(source.names).toEqual(["x 1", "y 1", "z 1"]);
  expect(source.series).toEqual(["x", "y", "z"]);
  const nan = Number.NaN;
  expect(await valuesOf(source)).toEqual([10, 11, 12, 20, nan, nan, 30, 31, nan]);
  expect([...source.steps!(2)]).toEqual([4, 5]);
  const cut = await arrays(path, { group: "who", time: "t", window: 2 });
  expect(await valuesOf(cut)).toEqual([10, 11, 11, 12, 20, nan, 30, 31]);
  expect(said(cut)).toContain("1 series is shorter than 2 steps");
});

test("rows in disorder are sorted within their series, and gaps are counted; both said with the place", async () => {
  const rows = [3, 0, 1, 2, 4, 5, 9, 10, 11].map((i) => `a,${minute(i)},${i}`);
  const other = [0, 1, 2, 3].map((i) => `b,${minute(i)},${100 + i}`);
  const mixed = [
    rows[0],
    other[0],
    ...rows.slice(1, 5),
    other[1],
    other[2],
    ...rows.slice(5),
    other[3],
  ];
  const path = file(`s,time,v\n${mixed.join("\n")}\n`);
  const source = await arrays(path, {
    group: "s",
    time: "time",
    window: 4,
    stride: 4,
    features: ["v"],
  });
  expect(await valuesOf(source)).toEqual([0, 1, 2, 3, 4, 5, 9, 10, 100, 101, 102, 103]);
  expect([...source.starts!]).toEqual([2, 5, 1]);
  expect([...source.steps!(0)]).toEqual([2, 3, 4, 0]);
  expect(source.names).toEqual([`a ${minute(0)}`, `a ${minute(4)}`, `b ${minute(0)}`]);
  expect(said(source)).toContain(
    `rows are sorted by "time": 1 was not in order, the first is row 3`,
  );
  expect(said(source)).toContain(
    `1 of 11 steps of "time" is not 1 min as most are, 3 times are missing; the first is at row 10`,
  );
});

test("months and years are even steps, though their days differ", async () => {
  const month = (i: number) =>
    `${2000 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}`;
  const path = file(lines(30, (i) => `${month(i)},${i * 1.5}`, "month,v"));
  expect(said(await arrays(path, { window: 12 }))).not.toContain("as most are");
});

test("the last Fridays of months are even steps, four weeks or five apart", async () => {
  const friday = (i: number): string => {
    const day = new Date(Date.UTC(2000, i + 1, 0));
    day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 2) % 7));
    return day.toISOString().slice(0, 10);
  };
  const path = file(lines(60, (i) => `${friday(i)},${i * 1.5}`, "day,v"));
  expect(said(await arrays(path, { window: 12 }))).not.toContain("as most are");
});

test("a month that is missing is a step that is not a month, and a row without a time is said", async () => {
  const month = (i: number) => `2001-${String(i + 1).padStart(2, "0")}-01`;
  const path = file(
    lines(12, (i) => `${i === 11 ? "" : month(i < 5 ? i : i + 1)},${i * 1.5}`, "month,v"),
  );
  const source = await arrays(path, { window: 6 });
  expect(said(source)).toContain(
    '1 of 10 steps of "month" is not a month as most are, 1 time is missing; the first is at row 6 (2001-07-01)',
  );
  expect(said(source)).toContain('1 row without "month" comes last');
});

test("a window is as its commonest step that is not normal", async () => {
  const states = ["ok", "ok", "hot", "cold", "hot", "ok", "ok", "", "ok", "ok", "ok", "ok"];
  const path = file(lines(12, (i) => `${i + 0.5},${states[i]}`, "v,state"));
  const source = await arrays(path, { window: 3, stride: 3, label: "state" });
  expect(source.labels).toEqual(["hot", "hot", "ok", "ok"]);
  expect(source.detected.features).toEqual(["v"]);
  expect(said(source)).toContain(`"state" that is not "ok"`);
});

test("a wide table is a sequence a row, whose first column of few whole numbers is the class", async () => {
  const wide = (i: number) =>
    Array.from({ length: 24 }, (_, j) => Math.sin(i + j).toFixed(3)).join(" ");
  const path = file(
    Array.from({ length: 40 }, (_, i) => `  ${(i % 3) + 1}.0000e+00 ${wide(i)}`).join("\n"),
    "a.txt",
  );
  const source = await arrays(path);
  expect(source.detected).toMatchObject({ shape: [24, 1], features: null, time: null });
  expect(source.labels!.slice(0, 4)).toEqual(["1", "2", "3", "1"]);
  expect(said(source)).toContain('"column_1" holds few whole numbers');
  const values = await valuesOf(source);
  expect(
    values
      .slice(0, 24)
      .map((v) => v.toFixed(3))
      .join(" "),
  ).toBe(wide(0));
  const unlabelled = file(Array.from({ length: 5 }, (_, i) => wide(i)).join("\n"), "b.txt");
  const like = await arrays(unlabelled, { like: source.detected });
  expect(like).toMatchObject({ rows: 5, labels: null });
  expect((await arrays(path, { like: source.detected })).labels).toHaveLength(40);
});

test("new rows are cut as those of the model were", async () => {
  const path = file(lines(30, (i) => `${minute(i)},${i / 4},${i * i}`, "time,a,b"));
  const like = (await arrays(path, { window: 5, stride: 5 })).detected;
  const other = file(lines(12, (i) => `${i},x,${i * i},${minute(i)}`, "a,c,b,time"));
  const source = await arrays(other, { like });
  expect(source.detected).toEqual(like);
  expect(await valuesOf(source)).toHaveLength(2 * 5 * 2);
  const without = file(lines(12, (i) => `${minute(i)},${i}`, "time,a"));
  expect(await arraysRefused(without, { like })).toMatchObject({
    code: "column_absent",
    parameters: { column: "b" },
  });
  const whole = await arrays(path, { group: "a" });
  expect(whole.detected.shape).toEqual([1, 1]);
  const long = file(lines(4, (i) => `${minute(i)},7,${i}`, "time,a,b"));
  expect((await arraysRefused(long, { like: whole.detected })).code).toBe("sequence_long");
});

test("words cannot be steps of a sequence", async () => {
  const path = file("a,b\nx,y\nz,w\nx,w\n");
  expect((await arraysRefused(path, { window: 2 })).code).toBe("no_features");
  const group = await arraysRefused(path, { group: "aa" });
  expect(group).toMatchObject({ code: "column_unknown", parameters: { nearest: "a" } });
});

const present = existsSync(shared("INDEX.md"));
if (!present)
  console.warn("test/data/sequences: skipped, there is no shared/data beside the checkout");

describe.skipIf(!present)("real sequences", () => {
  test("ECG5000, as text without header and as CSV", async () => {
    const heart = await arrays(shared("sequences/ecg5000/ECG5000_TRAIN.txt"));
    expect(heart).toMatchObject({ rows: 500, detected: { shape: [140, 1] } });
    expect(heart.labels!.filter((label) => label === "1")).toHaveLength(292);
    const more = await arrays(shared("sequences/ecg5000/ECG5000_part_of_test.csv"), {
      like: heart.detected,
    });
    expect(more.rows).toBe(1336);
    expect(more.labels!.filter((label) => label === "1")).toHaveLength(782);
  });

  test("a water loop with a label", async () => {
    const source = await arrays(shared("sequences/skab/valve1/0.csv"), {
      label: "anomaly",
      ignore: ["changepoint"],
      window: 60,
      stride: 10,
    });
    expect(source).toMatchObject({ rows: 109, detected: { shape: [60, 8] } });
    expect(new Set(source.labels)).toEqual(new Set(["0.0", "1.0"]));
  });
});

import { describe, expect, onTestFinished, test } from "vitest";
import { openArrays } from "../../../src/data/arrays/open-arrays.ts";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import type { Arrays, ArraysOptions } from "../../../src/data/terms/arrays.ts";
import { noteIn } from "../../../src/data/terms/note-language.ts";
import { splitArrays } from "../../../src/tasks/lesson/deal.ts";
import { keptArrayLabels } from "../../../src/tasks/report/kept-labels.ts";
import { trainingCalls } from "../../../src/tasks/report/reproduce.ts";
import { labelsOf } from "../../../src/tasks/rows/labels.ts";
import { parts } from "../../../src/tasks/rows/split.ts";
import type { SplitName } from "../../../src/tasks/rows/split-units.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { openArraysBench } from "../../../src/tasks/workbench/open-bench.ts";
import { file } from "../../data/helpers.ts";

const day = (i: number): string => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
const lines = (head: string, rows: readonly string[]): string => `${[head, ...rows].join("\n")}\n`;
const times = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
const value = (i: number): string => `${Math.sin(i / 3).toFixed(4)},${Math.cos(i / 5).toFixed(4)}`;
const daily = (n = 300): string =>
  lines(
    "day,a,b",
    times(n).map((i) => `${day(i)},${value(i)}`),
  );
/** 12 machines of 40 steps, without times. */
const machines = (): string =>
  lines(
    "machine,a,b",
    times(480).map((i) => `m${Math.floor(i / 40)},${value(i)}`),
  );

async function opened(text: string, options: ArraysOptions): Promise<Arrays> {
  const arrays = await openArrays(file(text), options);
  onTestFinished(() => arrays.dispose());
  return arrays;
}
function dealt(
  arrays: Arrays,
  split?: SplitName,
  labels: Parameters<typeof splitArrays>[1] = null,
) {
  const notes: string[] = [];
  const onNote = (note: Parameters<typeof noteIn>[0]) => notes.push(noteIn(note, "en"));
  return { ...splitArrays(arrays, labels, { seed: 3, ...(split && { split }), onNote }), notes };
}
/** The source rows of the windows of a part. */
const rowsOf = (arrays: Arrays, partOf: Uint8Array, part: number): ReadonlySet<number> =>
  new Set([...partOf].flatMap((own, row) => (own === part ? [...arrays.steps!(row)] : [])));

describe("windows of a series", () => {
  test("are dealt by time: the newest judge, and no step lies in two parts", async () => {
    const arrays = await opened(daily(), { window: 10 });
    const { split, units, notes } = dealt(arrays);
    expect(units).toMatchObject({ by: "time", columns: ["day"] });
    const [old, fresh] = [parts.train, parts.validate].map((part) =>
      rowsOf(arrays, split.partOf, part),
    );
    expect(Math.max(...old!)).toBeLessThan(Math.min(...fresh!));
    expect(split.counts).toMatchObject({ train: 253, validate: 29, out: 9 });
    expect(notes).toEqual([
      'the newest windows by "day" judge, the older ones train; those that reach over a boundary are left out',
    ]);
  });

  test("with labels have four parts that no step joins", async () => {
    const arrays = await opened(daily(), { window: 10 });
    const classes = times(arrays.rows).map((i) => (i % 9 === 0 ? "odd" : "fine"));
    const { split } = dealt(arrays, undefined, labelsOf("x", "class", classes));
    const found = [parts.train, parts.validate, parts.calibrate, parts.test].map((part) =>
      rowsOf(arrays, split.partOf, part),
    );
    for (let i = 1; i < found.length; i++)
      expect(Math.max(...found[i - 1]!)).toBeLessThan(Math.min(...found[i]!));
  });

  test("go by the order of their rows where nothing tells time", async () => {
    const text = daily().replaceAll(/^[^,]*,/gm, "");
    const arrays = await opened(text, { window: 10, stride: 5 });
    const { split, units, notes } = dealt(arrays);
    expect(units).toMatchObject({ by: "time", columns: [] });
    const judge = rowsOf(arrays, split.partOf, parts.validate);
    expect(Math.max(...rowsOf(arrays, split.partOf, parts.train))).toBeLessThan(Math.min(...judge));
    expect(notes[0]).toMatch(/^the last windows judge/);
  });

  test("of several series without times are dealt by series", async () => {
    const arrays = await opened(machines(), { window: 10, group: "machine" });
    const { split, units } = dealt(arrays);
    expect(units).toMatchObject({ by: "key", columns: ["machine"] });
    const partsOf = new Map<string, Set<number>>();
    arrays.series!.forEach((name, row) => {
      partsOf.set(name, (partsOf.get(name) ?? new Set()).add(split.partOf[row]!));
    });
    expect([...partsOf.values()].map(({ size }) => size)).toEqual(Array(12).fill(1));
    expect(() => dealt(arrays, "time")).toThrow(/--split time needs a column/);
  });

  test("are dealt at random where that is stated, or a part would have none", async () => {
    const arrays = await opened(daily(60), { window: 50 });
    const { units, notes } = dealt(arrays);
    expect(units).toBeNull();
    expect(notes[0]).toMatch(/^windows are dealt at random/);
    expect(dealt(arrays, "random")).toMatchObject({ units: null, notes: [] });
  });

  test("are compared by time, too", async () => {
    const arrays = await opened(daily(), { window: 10 });
    const { split } = await openArraysBench(arrays);
    expect(Math.max(...rowsOf(arrays, split.partOf, parts.train))).toBeLessThan(
      Math.min(...rowsOf(arrays, split.partOf, parts.test)),
    );
  });
});

test("images, and sequences that are no windows, are dealt at random, and refuse to be otherwise", async () => {
  const images = arraysFromData({ data: new Uint8Array(20 * 16), shape: [20, 4, 4] });
  expect(dealt(images).units).toBeNull();
  expect(() => dealt(images, "time")).toThrow(/--split time is about rows of a table and windows/);
  const whole = await opened(machines(), { group: "machine" });
  expect(dealt(whole).units).toBeNull();
  expect(() => dealt(whole, "key")).toThrow(/these are sequences/);
});

describe("a model file", () => {
  const options = { epochs: 2, hidden: [4], latentDim: 2, seed: 2 };

  test("records how windows were dealt, so that a report knows which of them trained", async () => {
    const arrays = await opened(daily(), { window: 10, stride: 2 });
    const { model, split, verdicts } = await trainArrays(arrays, options);
    onTestFinished(() => model.dispose());
    expect(model.metadata.training.options.split).toEqual({ by: "time", columns: ["day"] });
    expect(keptArrayLabels(arrays, model.metadata.training, {}).split!.partOf).toEqual(
      split.partOf,
    );
    expect(verdicts).toEqual([]);
    const [call] = trainingCalls(model.metadata, "d.csv", "m.onnx");
    expect(call!.options).toMatchObject({ split: "time", window: 10, stride: 2 });
  });

  test("of a random split says that its windows overlap", async () => {
    const arrays = await opened(daily(), { window: 10, stride: 2 });
    const { model, verdicts } = await trainArrays(arrays, { ...options, split: "random" });
    onTestFinished(() => model.dispose());
    expect(verdicts.map(({ code }) => code)).toEqual(["windows_overlap"]);
    expect(trainingCalls(model.metadata, "d.csv", "m.onnx")[0]!.options.split).toBe("random");
    const apart = await opened(daily(), { window: 10, stride: 10 });
    const trained = await trainArrays(apart, { ...options, split: "random" });
    onTestFinished(() => trained.model.dispose());
    expect(trained.verdicts).toEqual([]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openArrays } from "../../src/data/arrays/open-arrays.ts";
import { choicesOf } from "../../src/data/columns/choices.ts";
import { numberMarks } from "../../src/data/columns/number-marks.ts";
import { tableFromColumns } from "../../src/data/memory/memory.ts";
import { openTable } from "../../src/data/tables/open.ts";
import { noteIn } from "../../src/data/terms/note-language.ts";
import { random } from "../../src/random.ts";

const draw = random(6);
const rows = 400;
const numbers = (make: (i: number) => number) => Array.from({ length: rows }, (_, i) => make(i));
const marked = (mark: number, share = 0.03, make = () => 20 + 5 * draw.normal()) =>
  numbers((i) => (i % Math.round(1 / share) === 0 ? mark : make()));
const suspects = (columns: Readonly<Record<string, readonly number[]>>) =>
  numberMarks(
    Object.entries(columns).map(([name, values]) => ({
      ...{ name, values, distinct: new Set(values).size },
    })),
  ).map(({ mark, columns: names, others }) => [mark, names.join(), others.join()]);

test.each([-200, -999, -9999, 999, 9999, -99.9, 99999, -32768, 1e30])(
  "%d, repeated and far from the rest of a column, may mean that there is none",
  (mark) => {
    expect(suspects({ t: marked(mark) })).toEqual([[mark, "t", ""]]);
  },
);

test("answers of a questionnaire that are not known are told from those that are", () => {
  const answers = numbers((i) => [1, 2, 3, 4, 5, 98, 99][i % 7]!);
  expect(suspects({ q1: answers, q2: answers })).toEqual([
    [99, "q1,q2", ""],
    [98, "q1,q2", ""],
  ]);
});

test("of several columns one tells of the others, and where it is a value like others that is said", () => {
  const gas = marked(-200, 0.03, () => 900 + 300 * draw.uniform());
  const ages = numbers(() => 40 + draw.below(60));
  expect(suspects({ t: marked(-200), gas, pressure: numbers(() => draw.normal()) })).toEqual([
    [-200, "t,gas", ""],
  ]);
  expect(suspects({ q: numbers((i) => [1, 2, 3, 4, 99][i % 5]!), ages })).toEqual([
    [99, "q", "ages"],
  ]);
});

test.each<[string, readonly number[]]>([
  ["ages up to 99", numbers((i) => 18 + (i % 82))],
  ["amounts among which one is 999", numbers((i) => (i % 40 ? 10 ** (5 * draw.uniform()) : 999))],
  ["prices that end in 99", numbers((i) => [199, 299, 499, 999, 1499, 1999][i % 6]!)],
  ["a single odd value", numbers((i) => (i === 7 ? -999 : draw.normal()))],
  ["two values", numbers((i) => (i % 9 ? 0 : 99))],
  ["temperatures down to -99", numbers(() => -20 + 30 * draw.normal())],
  ["a top code that is near", numbers(() => Math.min(90, 18 + draw.below(80)))],
  ["counts with a long tail", numbers(() => Math.floor(1 / draw.uniform()))],
  ["debits of -200 among amounts", numbers((i) => (i % 30 ? 2000 * draw.normal() : -200))],
])("%s are numbers", (_, values) => {
  expect(suspects({ values })).toEqual([]);
});

const sensor = marked(-999);
const hour = numbers((i) => i);
const folder = mkdtempSync(join(tmpdir(), "espejo-marks-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("every door says it first, in both languages, with the option that settles it", async () => {
  const path = join(folder, "sensor.csv");
  writeFileSync(path, `hour,t\n${hour.map((h, i) => `${h},${sensor[i]}`).join("\n")}\n`);
  const file = await openTable(path);
  const memory = tableFromColumns({ hour, t: sensor });
  const windows = await openArrays(path, { window: 24, time: "hour" });
  for (const { notes } of [file, memory, windows]) {
    const [first] = notes;
    expect(first).toMatchObject({ code: "number_mark_likely", parameters: { mark: "-999" } });
    expect(noteIn(first!, "en")).toMatch(/^-999 in t \(3\.\d % of the values\), far from/);
    expect(noteIn(first!, "es")).toMatch(/^-999 en t \(3\.\d % de los valores\), lejos de/);
    expect(choicesOf(first!).map(({ option, value }) => `--${option} ${value}`)).toEqual([
      "--missing -999",
      "--not-missing -999",
    ]);
  }
  await file.dispose();
  await windows.dispose();
  for (const settled of [{ missing: ["-999"] }, { notMissing: ["-999"] }]) {
    const table = await openTable(path, settled);
    expect(table.notes.map(({ code }) => code)).not.toContain("number_mark_likely");
    await table.dispose();
  }
});

test("a mark makes no heavy tail, but where a person said that it is a number, or among amounts most of which are 0", async () => {
  const amounts = numbers((i) => (i % 4 ? 0 : i % 48 ? 3000 + 1000 * draw.normal() : 99999));
  const t = marked(999);
  const tails = (options = {}) => tableFromColumns({ t, amounts }, options).shape!.tails;
  expect(tails()).toEqual(["amounts"]);
  expect(tails({ notMissing: ["999"] })).toEqual(["t", "amounts"]);
  expect(tails({ missing: ["999", "99999"] })).toEqual([]);
});

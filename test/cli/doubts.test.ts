import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { espejo, fileIn, folder } from "./helpers.ts";

interface Choice {
  readonly option: string;
  readonly value: string | null;
  readonly now: boolean;
  readonly reads?: string;
}
interface Told {
  readonly code: string;
  readonly column: string | null;
  readonly parameters: { readonly mark?: string; readonly line?: number };
  readonly settled: boolean;
  readonly message: string;
  readonly options: readonly Choice[];
}
interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly doubts: readonly Told[];
}

const wordsOf = ({ option, value }: Choice): string[] => [
  `--${option}`,
  ...(value === null ? [] : [value]),
];

async function inspected(path: string, ...words: readonly string[]): Promise<Answer> {
  const { code, out, err } = await espejo(["inspect", path, "--json", ...words]);
  expect(err, `${path} ${words.join(" ")}`).toBe("");
  expect(code).toBe(0);
  return JSON.parse(out) as Answer;
}

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join("");

/** Small files, each with the doubts that it raises. */
const files: Readonly<Record<string, readonly [content: string, ...codes: string[]]>> = {
  dates: [
    `when;"a,b"\n${lines(12, (i) => `0${1 + (i % 9)}/0${1 + ((i * 5) % 8)}/2025;${(i * 7) % 5},5`)}`,
    "dates_ambiguous",
    "decimal_comma",
  ],
  "month first": [
    `d,x\n${lines(30, (i) => `${1 + (i % 3)}/${1 + (i % 28)}/24,${i * i}`)}`,
    "dates_evidence",
    "dates_century",
  ],
  points: [
    `k;x\n${lines(20, (i) => `${"ab"[i % 2]};${1 + (i % 7)}.${100 + ((i * 37) % 900)}`)}`,
    "decimal_ambiguous",
  ],
  marks: [
    `lat;v=1,5\n${lines(40, (i) => `${i}.${i % 10}5;${1 + i}.${100 + i},5`)}`,
    "number_marks",
  ],
  mixed: [
    `"a,""b""",x\n${lines(40, (i) => `${i % 13 === 5 ? "low" : i % 9},${i === 7 ? "<=5" : (i * 7) % 31}`)}`,
    "guessed",
    "cells_unread",
  ],
  several: [
    `x,y\n${lines(80, (i) => `${["<5", ">9"][i - 60] ?? (i * 7) % 31},${i % 6}`)}`,
    "cells_unread",
  ],
  words: [
    `x,y\n${lines(40, (i) => `${i % 8 ? (i * 7) % 31 : "sin dato"},${i % 5 ? "a" : "unknown"}`)}`,
    "marks_found",
    "mark_kept",
  ],
  signs: [
    `a,b,c\n${lines(30, (i) => `${i % 20 ? `${(i * 7) % 30}.5 %` : `0.${i}`},${i % 4 ? `${i}.25` : `(${i}.75)`},${i}${i % 3 ? " p" : ""}`)}`,
    "number_sign",
    "sign_absent",
    "number_accounting",
    "number_flags",
  ],
  counted: [
    `timestamp,x\n${lines(20, (i) => `${1_700_000_000 + ((i * 7919) % 20) * 86_400},${i * i}`)}`,
    "dates_epoch",
  ],
  years: [`2023;2022;2021\n${lines(20, (i) => `${i * 1.5};${i * i};${i % 7}`)}`, "header_numbers"],
  total: [
    `place;x;y\n${lines(20, (i) => `p${i % 3};${i};${i % 7}`)}Total;190;57\n`,
    "line_skipped",
  ],
  "left out": [
    `id,name,one,words,sorted\n${lines(30, (i) => `${i + 1},n${(i * 7) % 30},k,${`text ${i} `.repeat(9)},2025-01-${10 + (i % 20)}`)}`,
    "left_out",
  ],
};

const field = fileURLToPath(new URL("../../../shared/field/tables", import.meta.url));
const fromField = existsSync(field)
  ? readdirSync(field).filter((name) => /\.(csv|tsv|xlsx|json)$/.test(name) && !/wide/.test(name))
  : [];
if (fromField.length === 0) console.warn("test/cli/doubts: files of the field are not here");

/** Holds every option of every doubt of a file against what the command makes of it. */
async function holds(path: string): Promise<readonly string[]> {
  const first = await inspected(path);
  const tried = new Set<string>();
  for (const { code, column, parameters, options } of first.doubts) {
    for (const choice of options) {
      const words = wordsOf(choice);
      if (tried.has(words.join(" "))) continue;
      tried.add(words.join(" "));
      const then = await inspected(path, ...words);
      const open = then.doubts.filter(
        (doubt) =>
          !doubt.settled &&
          doubt.code === code &&
          doubt.column === column &&
          doubt.parameters.mark === parameters.mark &&
          doubt.parameters.line === parameters.line,
      );
      expect(open, `${path} ${words.join(" ")}`).toEqual([]);
      if (!choice.now) continue;
      const types = ({ columns }: Answer) => columns.map(({ name, type }) => [name, type]);
      expect(types(then), `${path} ${words.join(" ")}`).toEqual(types(first));
    }
  }
  return first.doubts.map(({ code }) => code);
}

describe("each option of each doubt is accepted, and settles it", () => {
  test.each(Object.entries(files))("%s", async (name, [content, ...codes]) => {
    const told = await holds(fileIn(folder(), `${name}.csv`, content));
    expect(told).toEqual(expect.arrayContaining(codes));
  });

  test.each(fromField)("of the field: %s", async (name) => {
    await holds(join(field, name));
  });
});

test("the two readings of a date are told with what each makes of it", async () => {
  const place = folder();
  const path = fileIn(place, "t.csv", files.dates![0]);
  const { doubts } = await inspected(path);
  expect(doubts[0]).toMatchObject({
    code: "dates_ambiguous",
    column: "when",
    options: [
      { option: "dates", value: "mdy", now: false, reads: "2025-01-01" },
      { option: "dates", value: "dmy", now: true, reads: "2025-01-01" },
    ],
  });
});

test.each([
  ["en", "t.csv: 3 doubts, with what settles each of them", "    if not: --dates mdy (2025-01-02)"],
  ["es", "t.csv: 3 dudas, con lo que las resuelve", "    si no es así: --dates mdy (2025-01-02)"],
])("what could be corrected comes first, before the table: %s", async (lang, head, option) => {
  const place = folder();
  const rows = lines(12, (i) => `0${1 + (i % 7)}/0${2 - (i % 2)}/2025;n${i}`);
  fileIn(place, "t.csv", `when;name\n${rows}`);
  const { err, code } = await espejo(["inspect", "t.csv", "--lang", lang], { in: place });
  expect(code).toBe(0);
  const told = err.split("\n");
  expect(told[0]).toBe(head);
  expect(told.slice(1, 4).map((line) => line.trimEnd())).toContain(option);
  const settled = ["--dates", "dmy", "--id", "name", "--types", "when=date"];
  const again = await espejo(["inspect", "t.csv", "--lang", lang, ...settled], { in: place });
  expect(again.err).toMatch(/^t\.csv: 12 /);
});

test("types and names that are given twice come together", async () => {
  const path = fileIn(
    folder(),
    "t.csv",
    `id,a,b\n${lines(20, (i) => `${i + 1},${i % 3},${i % 5}`)}`,
  );
  const { columns } = await inspected(path, "--types", "a=category", "--types", "b=category");
  expect(columns.map(({ type }) => type)).toEqual(["number", "category", "category"]);
});

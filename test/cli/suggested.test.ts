import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { loadCommands } from "../../src/cli/commands/load.ts";
import { catalogues } from "../../src/cli/language.ts";
import { readWords } from "../../src/cli/program.ts";
import { esNotes } from "../../src/data/terms/es-notes.ts";
import { noteTexts } from "../../src/data/terms/notes.ts";
import { catalogue, phrases } from "../../src/errors.ts";
import { esErrors, esPhrases } from "../../src/es-errors.ts";
import { workbookOf } from "../data/doors.ts";
import { quiet, wordsIn } from "../invocation/shells.ts";
import { bundled, espejo, folder, smallTable } from "./helpers.ts";

const examples = join(bundled, "..");

/** Rows of numbers beside what tells of each row. */
function table(
  rows: number,
  heads: readonly string[],
  tells: (i: number) => readonly string[],
  { delimiter = ",", decimal = ".", columns = 3 } = {},
): string {
  const names = Array.from({ length: columns }, (_, j) => `v${j}`);
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell) =>
        /["\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell,
      )
      .join(delimiter);
  const body = Array.from({ length: rows }, (_, i) => {
    const values = names.map((_, j) => ((((i + 3) * (j + 5) * 7919) % 1009) / 100 + 1).toFixed(2));
    return line([...tells(i), ...values.map((value) => value.replace(".", decimal))]);
  });
  return `${[line([...heads, ...names]), ...body].join("\n")}\n`;
}

const isoDay = (i: number): string => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
const dmy = (i: number): string => isoDay(i).split("-").reverse().join("/");

/** Hours of a place, of which one comes twice as its clocks are set back. */
const hours = Array.from({ length: 300 }, (_, i) => {
  const hour = i < 27 ? i : i - 1;
  const date = new Date(Date.UTC(2023, 9, 28, hour));
  return date.toISOString().slice(0, 16).replace("T", " ");
});

/** Tables of each shape, with names that need care, and what is stated of them. */
const tables: readonly (readonly [
  name: string,
  content: string | Uint8Array,
  words?: readonly string[],
])[] = [
  ["a label.csv", smallTable(200).replace("odd", "is_fraud")],
  [
    "a label of several values.csv",
    table(240, ["Loan Status"], (i) => [
      ["Current", "Fully Paid", "Current", "Current", "Default", "Current"][i % 6]!,
    ]),
  ],
  [
    'the firm\'s "panel".csv',
    table(240, ['firm\'s "name", plc', "year"], (i) => [
      `F ${Math.floor(i / 12)}`,
      String(2000 + (i % 12)),
    ]),
  ],
  ["$HOME `series`.csv", table(200, ["el día, hora"], (i) => [isoDay(i)])],
  ["wide; rm -rf.csv", table(60, ["id"], (i) => [`r${i * i}x`], { columns: 20 })],
  ["español año.csv", table(120, ["fecha"], (i) => [dmy(i)], { delimiter: ";", decimal: "," })],
  [
    "libro.xlsx",
    workbookOf({
      "Año, fiscal": Array.from({ length: 60 }, (_, i) => String(1950 + i)),
      "PIB (M€)": Array.from({ length: 60 }, (_, i) => String((i * 37) % 11)),
    }),
  ],
  ["nothing to tell.csv", table(150, ["what's it"], (i) => [["a b", "c,d", 'e"f'][i % 3]!])],
  ["-dash.csv", smallTable(150)],
  [
    "meters with a clock set back.csv",
    table(900, ["household", "hour"], (i) => [`H${Math.floor(i / 300)}`, hours[i % 300]!], {
      columns: 1,
    }),
  ],
  [
    "claims of policies.csv",
    table(300, ["policy_id", "kind"], (i) => [`P${(i * 7) % 280}`, ["fire", "water"][i % 2]!]),
  ],
  [
    "answers.csv",
    table(200, ["respondent", "q1", "q2"], (i) => [
      ...[`R${i}`, ["1", "2", "3", "4", "5", "99"][i % 6]!],
      ["1", "2", "3", "99", "2"][i % 5]!,
    ]),
  ],
  [
    "eurostat.tsv",
    `${["geo\\TIME", ...Array.from({ length: 6 }, (_, j) => `${2010 + j} `)].join("\t")}\n${Array.from(
      { length: 60 },
      (_, i) =>
        [
          `region ${i}`,
          ...Array.from({ length: 6 }, (_, j) => ((i + j) % 9 ? `${i * 7 + j * j}.5 ` : ": ")),
        ].join("\t"),
    ).join("\n")}\n`,
  ],
  [
    "marks.txt",
    table(150, ["code", "flag"], (i) => [
      i % 9 === 0 ? "-200" : String(i % 7),
      i % 11 === 0 ? "n'a" : "yes",
    ]),
    ["--missing", "-200", "--missing", "n'a", "--ignore", "v0,v1", "--types", "code=category"],
  ],
];

/** What a person would type for each. */
const typed: Readonly<Record<string, readonly string[]>> = {
  "a label.csv": ["espejo detect 'a label.csv' --label is_fraud -o ranked.csv"],
  "a label of several values.csv": [
    "espejo detect 'a label of several values.csv' --label 'Loan Status' --normal Current --normal 'Fully Paid' -o ranked.csv",
  ],
  'the firm\'s "panel".csv': [
    'espejo detect "the firm\'s \\"panel\\".csv" -o ranked.csv',
    'espejo detect "the firm\'s \\"panel\\".csv" --group "firm\'s \\"name\\", plc" --time year --window 5 -o stretches.csv',
  ],
  "$HOME `series`.csv": [
    "espejo detect '$HOME `series`.csv' --time 'el día, hora' --window 7 -o ranked.csv",
  ],
  "wide; rm -rf.csv": ["espejo reduce 'wide; rm -rf.csv' -o codes.csv"],
  "español año.csv": ["espejo detect 'español año.csv' --time fecha --window 7 -o ranked.csv"],
  "libro.xlsx": ["espejo detect libro.xlsx --time 'Año, fiscal' --window 5 -o ranked.csv"],
  "nothing to tell.csv": ["espejo detect 'nothing to tell.csv' -o ranked.csv"],
  "-dash.csv": ["espejo detect ./-dash.csv --label place -o ranked.csv"],
  "meters with a clock set back.csv": [
    "espejo detect 'meters with a clock set back.csv' --group household --time hour --window 24 -o ranked.csv",
  ],
  "claims of policies.csv": ["espejo detect 'claims of policies.csv' -o ranked.csv"],
  "answers.csv": ["espejo detect answers.csv -o ranked.csv"],
  "eurostat.tsv": ["espejo detect eurostat.tsv -o ranked.csv"],
  "marks.txt": [
    'espejo detect marks.txt --ignore v0,v1 --missing -200 --missing "n\'a" --types code=category -o ranked.csv',
  ],
};

/** The commands and the options that a person reads in what was said. */
function readIn(said: string): {
  readonly commands: readonly string[];
  readonly options: readonly string[];
} {
  const lines = said.split("\n");
  return {
    commands: lines.flatMap((line) => /(?:^|: )(espejo [a-z]+ .*)$/.exec(line)?.[1] ?? []),
    options: lines.flatMap(
      (line) =>
        /^ {4}(?:if not|if so|si no|si es así)[^:]*: (--.*?)(?: \(.*\))?$/.exec(line)?.[1] ?? [],
    ),
  };
}

const short: Readonly<Record<string, readonly string[]>> = {
  detect: ["--alone", "--epochs", "1", "--save", "model.onnx", "--report", "report.html"],
  train: ["--epochs", "1"],
  reduce: ["--epochs", "1", "--sizes", "2", "--save", "model.onnx"],
  score: [],
};

const listed = tables.map(([name, content, words = []]) => ({ name, content, words }));

test.each(listed)(
  "what is suggested for $name is parsed and runs",
  async ({ name, content, words }) => {
    const place = folder();
    writeFileSync(join(place, name), content);
    const data = name.startsWith("-") ? `./${name}` : name;
    const call = ["inspect", data, ...words];
    const seen = await espejo(call, { in: place });
    expect(seen.code, seen.err).toBe(0);
    const { commands, options } = readIn(seen.err);
    expect(commands).toEqual(typed[name]);
    // the other language, and programs, are told the same
    const spanish = await espejo([...call, "--lang", "es"], { in: place });
    expect(readIn(spanish.err)).toEqual({ commands, options });
    const json = await espejo([...call, "--json"], { in: place });
    const told = (JSON.parse(json.out) as { next: readonly { command: string }[] }).next;
    expect(told.map(({ command }) => command)).toEqual(commands);
    for (const option of options) {
      const stated = wordsIn(`espejo ${option}`).slice(1);
      const again = await espejo([...call, ...stated], { in: place });
      expect(again.code, `${option}: ${again.err}`).toBe(0);
    }
    for (const command of commands) {
      const [, ...told] = wordsIn(command);
      const said = await readWords(told, quiet);
      expect(basename(said.data)).toBe(name);
      const done = await espejo([...told, ...short[said.command.name]!], { in: place });
      expect(done.code, `${command}: ${done.err}`).toBe(0);
      for (const next of readIn(done.err).commands) {
        const after = await espejo(wordsIn(next).slice(1), { in: place });
        expect(after.code, `${next}: ${after.err}`).toBe(0);
      }
    }
  },
);

test.each([
  ["creditcard.csv.gz", "detect"],
  ["economics/FRED-MD_2026-02.csv", "detect"],
  ["sequences/ecg5000/ECG5000_TRAIN.txt", "reduce"],
  ["faces/orl_faces_112x92.idx3.gz", "train"],
  ["mnist/t10k-images-idx3-ubyte.gz", "train"],
])("what is suggested for the bundled %s is parsed", async (path, verb) => {
  const seen = await espejo(["inspect", join(examples, path)]);
  const { commands } = readIn(seen.err);
  expect(commands).toHaveLength(1);
  const { command, data, options } = await readWords(wordsIn(commands[0]!).slice(1), quiet);
  expect(command.name).toBe(verb);
  expect(data).toBe(join(examples, path));
  expect(options.output).toEqual(expect.any(String));
});

const rows = await loadCommands();
const flags = new Set(
  rows.flatMap((row) => row.options.flatMap((option) => option.flags.match(/--[a-z0-9-]+/g) ?? [])),
);

test("every command and option that a text names is one", async () => {
  const texts = [
    ...Object.values(catalogue).map(({ text }) => text),
    ...[esErrors, phrases, esPhrases, noteTexts, esNotes, catalogues.en, catalogues.es].flatMap(
      (each) => Object.values(each as Readonly<Record<string, string>>),
    ),
  ];
  let found = 0;
  for (const text of texts) {
    const foreign = /npm |esbuild|tensorflowjs/.test(text);
    for (const [flag] of foreign ? [] : text.matchAll(/--[a-z][a-z-]+/g)) {
      if (!["--help", "--version", "--lang", "--json"].includes(flag))
        expect([...flags]).toContain(flag);
      found++;
    }
    // from the word on, up to where a sentence goes on
    for (const [line] of text.matchAll(/espejo [a-z]+( (?![a-z]+[ ;:,.])[^;:)]+)/g)) {
      const command = line
        .replace(/ (makes|lists|tells|reads|crea|enumera|dice|hace).*/, "")
        .replaceAll(/\{\w+:(--[a-z-]+)[^{}]*\}/g, "$1 quantile:0.99")
        .replaceAll(/\{(\w+)\}/g, "detect")
        .replace(" ...", " data.csv");
      if (!/--help/.test(command)) await readWords(wordsIn(command).slice(1), quiet);
      found++;
    }
  }
  expect(found).toBeGreaterThan(100);
});

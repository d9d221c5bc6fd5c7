import { describe, expect, test } from "vitest";
import { loadCommands } from "../../src/cli/commands/load.ts";
import {
  isOptional,
  isSwitch,
  nameOf,
  type OptionRow,
  readingOptions,
  roleOptions,
} from "../../src/cli/options.ts";
import { readWords } from "../../src/cli/program.ts";
import type { Verb } from "../../src/invocation/invocation.ts";
import { optionWords, repeatedOptions } from "../../src/invocation/option-words.ts";
import { readingNames, roleNames } from "../../src/invocation/reading-names.ts";
import { shellOf } from "../../src/invocation/shell.ts";
import { quiet, wordsInEach } from "./shells.ts";

const commands = await loadCommands();

/** A value for each way in which the rows of options ask for one; for options of one way the value stands by name. */
const byPlace: Readonly<Record<string, string>> = {
  "<column>": "a, b",
  "<list>": '"a, ""b""",c d',
  "<columns>": '"a, b",c',
  "<n>": "3",
  "<steps>": "12",
  "<size>": "64x32",
  "<sizes>": "8,4",
  "<share>": "0.1",
  "<deviation>": "0.2",
  "<weight>": "0.001",
  "<x>": "0.5",
  "<seconds>": "20",
  "<time>": "45s",
  "<address>": "127.0.0.1",
  "<origins>": "https://intranet.example",
  "<rule>": "recall:0.8",
  "<value>": "it's -1",
  "<mark>": "tab",
  "<example>": "a=1.234,5",
  "<low,high>": "0,4095",
  "<kind:amount>": "salt-and-pepper:0.3",
  "<kind>": "residual",
  "<two>": "3,'7",
  "<score>": "3.5",
  "<part>": "test",
  "<error>": '0.5,"a, b=0.01"',
  "<setting>": "spark.jars.packages=a:b,c:d=1",
};
const byName: Readonly<Record<string, string>> = {
  decimal: ",",
  thousands: "space",
  missing: "-200",
  notMissing: "NA",
  encoding: "latin-1",
  dates: "dmy",
  zone: "Europe/Madrid",
  types: 'a=number,"b, c=category"',
  content: "images",
  fit: "cover",
  channels: "3",
  pages: "first",
  memoryLimit: "500MB",
  bodyLimit: "16MB",
  kind: "sparse",
  split: "time",
  keep: "pca",
  down: "pooled",
  up: "upsampled",
  cell: "gru",
  activation: "tanh",
  optimizer: "adam",
  scaling: "robust",
  score: "mahalanobis",
  engine: "auto",
  prior: "mixture",
  penalty: "kl",
  robustLoss: "huber",
  format: "csv",
  reasons: "all",
  part: "encoder",
  latent: "3",
  sizes: "2,4",
  excel: "es",
  budget: "45s",
  fill: "median",
};

describe.each(commands.filter(({ options }) => options.length > 0))(
  "$name",
  ({ name, argument, options }) => {
    const verb = name.split(" ");
    const data = argument ? ["data.csv"] : [];
    const flagOf = ({ flags }: OptionRow): string => /--[a-z0-9-]+/.exec(flags)![0];
    const saidBy = (row: OptionRow) => {
      const place = /<.*>/.exec(row.flags)?.[0] ?? "";
      const value = byName[nameOf(row)] ?? byPlace[place] ?? "some 'thing\".csv";
      const words = isSwitch(row) ? [flagOf(row)] : [flagOf(row), value];
      return readWords([...verb, ...data, ...words], quiet);
    };

    test.each(options.map((row) => [row.flags, row] as const))("%s", async (_flags, row) => {
      const option = nameOf(row);
      const flag = flagOf(row);
      const said = await saidBy(row);
      const again = optionWords(option, said.options[option]);
      const written = await readWords([...verb, ...data, ...again], quiet);
      expect(again).not.toEqual([]);
      expect(written.options).toEqual(said.options);
      if (!isOptional(row)) return;
      const alone = await readWords([...verb, ...data, flag], quiet);
      expect(optionWords(option, alone.options[option])).toEqual([flag]);
    });

    test("each through a shell", async () => {
      const written = await Promise.all(
        options.map(async (row) => {
          const option = nameOf(row);
          const value = (await saidBy(row)).options[option];
          const call = { verb: name as Verb, data: data[0] ?? null, options: { [option]: value } };
          return { line: shellOf(call), words: optionWords(option, value) };
        }),
      );
      const lines = written.map(({ line }) => line);
      expect(wordsInEach(lines)).toEqual(
        written.map(({ words }) => ["espejo", ...verb, ...data, ...words]),
      );
    });
  },
);

test("the options that are given several times are those that the command line takes so", () => {
  const all = commands.flatMap(({ options }) => options);
  const repeated = all.filter((row) => row.repeated).map(nameOf);
  expect([...new Set(repeated)].sort()).toEqual([...repeatedOptions].sort());
});

test("the names of options that open data are those of the command line", () => {
  const of = (rows: typeof readingOptions): readonly string[] => [...new Set(rows.map(nameOf))];
  expect([...readingNames].sort()).toEqual([...of(readingOptions)].sort());
  expect([...roleNames].sort()).toEqual([...of(roleOptions)].sort());
});

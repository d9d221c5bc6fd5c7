import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readWords } from "../../src/cli/program.ts";
import { random } from "../../src/random.ts";
import { quiet, wordsIn } from "../invocation/shells.ts";
import { espejo, fileIn, folder, smallTable } from "./helpers.ts";

/** Rows of five numbers that go with one hidden number, beside what tells of each row. */
function linear(
  rows: number,
  head: string,
  tell: (i: number, hidden: number) => string,
  hiddenOf: (i: number, draw: number) => number = (_, draw) => draw,
): string {
  const draws = random(5);
  const lines = Array.from({ length: rows }, (_, i) => {
    const hidden = hiddenOf(i, draws.normal());
    const cells = Array.from({ length: 5 }, (_, j) =>
      (hidden * (j - 1.7) + draws.normal() / 5).toFixed(3),
    );
    return [tell(i, hidden), ...cells].join(",");
  });
  return `${[`${head},a,b,c,d,e`, ...lines].join("\n")}\n`;
}

const day = (i: number): string => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10);
const rare = (i: number): string => (i % 9 === 0 ? "bad" : "good");

interface Job {
  readonly data: readonly [name: string, content: string];
  readonly words: readonly string[];
  /** What comes next, as verbs. */
  readonly next: readonly string[];
  /** What the summary says. */
  readonly says: RegExp;
}

const noise = ["my data.csv", linear(300, "class", rare)] as const;
const quick = ["--epochs", "2", "--alone", "--save", "m.onnx"];
const jobs: Readonly<Record<string, Job>> = {
  "a label that nothing tells": {
    ...{ data: noise, words: ["detect", "--label", "class", "--normal", "good", ...quick] },
    ...{ next: ["compare"], says: /hardly finds .* do not act on this list\.$/ },
  },
  "no label": {
    data: ["my data.csv", smallTable(300)],
    words: ["detect", "--ignore", "odd", ...quick],
    ...{ next: ["score"], says: /Nobody has said which of them are really wrong/ },
  },
  "a model that was not saved": {
    ...{
      data: ["my data.csv", smallTable(300)],
      words: ["detect", "--ignore", "odd", "--alone", "--epochs", "2"],
    },
    ...{ next: ["train", "score"], says: /do not fit the usual pattern/ },
  },
  "a PCA that was not saved": {
    ...{
      data: ["my data.csv", smallTable(300)],
      words: ["detect", "--ignore", "odd", "--alone", "--keep", "pca"],
    },
    ...{ next: ["detect", "score"], says: /do not fit the usual pattern/ },
  },
  windows: {
    data: ["my data.csv", linear(300, "day", day)],
    words: ["detect", "--time", "day", "--window", "7", "--epochs", "1", "--save", "m.onnx"],
    // after one epoch it has learnt next to nothing
    ...{ next: ["score"], says: /^\d+ windows of my data\.csv were compared/ },
  },
  codes: {
    ...{
      data: ["my data.csv", linear(200, "id", (i) => `r${i}`)],
      words: ["reduce", "--latent", "2", "--sizes", "2", "--epochs", "20", "--save", "m.onnx"],
    },
    ...{
      next: ["encode"],
      says: /were described by 2 numbers each instead of 5 columns\. That keeps/,
    },
  },
  "an index that is mostly time": {
    data: ["my data.csv", linear(240, "day", day, (i, draw) => i / 40 + draw / 9)],
    words: ["reduce", "--latent", "1", "--sizes", "1", "--epochs", "40", "--save", "m.onnx"],
    ...{
      next: ["encode", "reduce"],
      says: /The index is little more than the passing of time \(day\)/,
    },
  },
};

interface Told {
  readonly summary: readonly string[];
  readonly next: readonly { readonly command: string }[];
}

/** What a command with --report tells programs of its report: as its answer, or as an event beside it. */
function toldIn(out: string, err: string): Told {
  const lines = `${err}\n${out}`.split("\n").filter((line) => line.includes('"summary"'));
  return JSON.parse(lines.at(-1)!) as Told;
}

test.each(Object.entries(jobs))(
  "a report of %s says what it comes to in three sentences, and its next steps run",
  async (_, { data: [name, content], words: [verb, ...words], next, says }) => {
    const place = folder();
    fileIn(place, name, content);
    const call = [verb!, name, ...words, "--report", "r.html"];
    const made = await espejo(call, { in: place });
    expect(made.code, made.err).toBe(0);
    const html = readFileSync(join(place, "r.html"), "utf8");
    const lead = /<p class="lead">([^<]+)</.exec(html)![1]!;
    expect(lead).toMatch(says);
    const commands = [...html.matchAll(/<ol class="steps">([\s\S]*?)<\/ol>/g)]
      .flatMap(([, steps]) => [...steps!.matchAll(/<code>([\s\S]*?)<\/code>/g)])
      .map(([, code]) => code!.replace(/<\/?span[^>]*>/g, "").replaceAll("&#39;", "'"));
    expect(commands.map((line) => wordsIn(line)[1])).toEqual(next);
    for (const line of commands) {
      const [, ...said] = wordsIn(line);
      await readWords(said, quiet);
      const short = said[0] === "compare" ? ["--budget", "3"] : [];
      const done = await espejo([...said, ...short], { in: place });
      expect(done.code, `${line}: ${done.err}`).toBe(0);
    }
    const spanish = await espejo([...call, "--lang", "es", "--json"], { in: place });
    const told = toldIn(spanish.out, spanish.err);
    expect(told.summary.length).toBeLessThanOrEqual(3);
    const plain = (line: string): string => line.replace(" --lang es", "");
    expect(told.next.map(({ command }) => plain(command))).toEqual(commands);
    const page = readFileSync(join(place, "r.html"), "utf8");
    expect(page).toContain(told.summary[0]!);
    expect(page).toContain("Qué hacer ahora");
  },
);

test("the next steps of a report on other data let the model learn them", async () => {
  const place = folder();
  fileIn(
    place,
    "old.csv",
    linear(300, "id", (i) => `r${i}`),
  );
  fileIn(
    place,
    "new.csv",
    linear(
      300,
      "id",
      (i) => `r${i}`,
      (_, draw) => 60 + draw,
    ),
  );
  await espejo(["train", "old.csv", "--epochs", "2", "-o", "m.onnx"], { in: place });
  const { out } = await espejo(["report", "new.csv", "-m", "m.onnx", "--json"], { in: place });
  const { next, summary } = JSON.parse(out) as Told;
  expect(summary[0]).toContain("what was usual in the data that the model had learnt from");
  const verbs = next.map(({ command }) => wordsIn(command)[1]);
  expect(verbs).toEqual(["train", "score"]);
  for (const { command } of next) {
    const done = await espejo(wordsIn(command).slice(1), { in: place });
    expect(done.code, `${command}: ${done.err}`).toBe(0);
  }
});

test("a report of standard input calls it so, and suggests nothing that cannot be done again", async () => {
  const place = folder();
  const call = ["detect", "-", "--epochs", "1", "--alone", "--report", "r.html"];
  const made = await espejo(call, { in: place, input: smallTable(200) });
  expect(made.code, made.err).toBe(0);
  const html = readFileSync(join(place, "r.html"), "utf8");
  expect(html).toContain("<h1>standard input</h1>");
  expect(html).toContain("200 rows of standard input were compared");
  expect(html).not.toContain('<ol class="steps">');
});

test("a report of windows with a label calls it by its column, and says once whether scores tell it", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable(400));
  const cut = ["--features", "a,b,c", "--window", "4", "--label", "odd", "--epochs", "3"];
  const made = await espejo(["detect", "t.csv", ...cut, "--report", "r.html"], { in: place });
  expect(made.code, made.err).toBe(0);
  const html = readFileSync(join(place, "r.html"), "utf8");
  expect(/<p class="lead">([^<]+)</.exec(html)![1]).toContain("hecked against odd");
  expect(html).not.toContain("class = ");
  expect(html.match(/<li>The scores (tell|do not separate) anomalies/g)).toHaveLength(1);
});

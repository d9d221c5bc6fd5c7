import { describe, expect, test } from "vitest";
import { loadCommands } from "../../src/cli/commands/load.ts";
import { bundled, espejo, fileIn, folder } from "./helpers.ts";

const commands = await loadCommands();

describe("a call that is wrong says so in one line, and exits with 2", () => {
  test.each([
    [["trian"], 'there is no command or file "trian"; did you mean "train"?'],
    [["clutter"], 'there is no command or file "clutter"; did you mean "help"?'],
    [["cluster"], 'there is no command or file "cluster"; did you mean "cluster '],
    [
      ["cluster", "scor"],
      'there is no command or file "cluster scor"; did you mean "cluster score"?',
    ],
    [["score", "x.csv", "--modle", "m.onnx"], "score has no option --modle; did you mean --model?"],
    [["tune", "x.csv", "--budget", "2x"], "--budget: a time such as 45s, 2m or 1h"],
    [["train", "x.csv", "--epochs"], "--epochs needs a value"],
    [
      ["train", "x.csv", "--epochs", "many"],
      '--epochs: a whole number >= 1 is expected, got "many"',
    ],
    [["train", "x.csv", "--learning-rate", "0"], "--learning-rate: a number > 0 is expected"],
    [
      ["train", "x.csv", "--kind", "vea"],
      "--kind: one of basic, convolutional, recurrent, ensemble, tied, variational, ",
    ],
    [
      ["train", "x.csv", "--kind", "tied+variational"],
      "this network cannot be built: kind: tied and variational do not go together: each gives the code",
    ],
    [["train", "x.csv", "--activation", "Relu"], "--activation: one of linear, relu, "],
    [
      ["train", "x.csv", "--threshold", "sd:-1"],
      "threshold: sd needs a number above 0, as in sd:3",
    ],
    [["train", "x.csv", "--types", "a=int"], "--types: name=number|category|date|text|boolean,..."],
    [["train", "x.csv", "--delimiter", "::"], "--delimiter: one character is expected"],
    [["train", "x.csv", "--memory-limit", "much"], "--memory-limit: a size such as 500MB"],
    [["inspect", "x", "--size", "64by64"], "--size: a height and a width such as 64x64"],
    [["inspect", "x", "--size", "0x9"], "--size: a height and a width such as 64x64"],
    [["inspect", "x", "--channels", "2"], "--channels: one of 1, 3"],
    [["inspect", "x", "--fit", "crop"], "--fit: one of cover, contain, fill"],
    [["inspect", "x", "--window", "0"], "--window: a whole number >= 1"],
    [["train", "x.csv", "--lang", "fr"], "--lang: one of en, es is expected"],
    [["train"], "train needs DATA: espejo train data.csv"],
    [["score"], "score needs DATA: espejo score data.csv"],
    [["score", "x.csv"], "score needs a model: -m model.onnx"],
    [["score", "x.csv", "y.csv", "-m", "m.onnx"], '"y.csv" is one argument too many'],
    [["train", bundled, "--threshold", "f1"], "threshold: f1 needs labelled calibration rows"],
  ])("%j", async (words, message) => {
    const { code, out, err } = await espejo(words, { in: folder() });
    expect(err).toContain(`error: ${message}`);
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
    expect(out).toBe("");
  });
});

test("a first word that looks like a path is a file that is missing", async () => {
  for (const word of ["m.onnx", "data.csv", "./data", "folder/data"]) {
    const { code, err } = await espejo([word], { in: folder() });
    expect(err).toBe(`error: ${word}: no such file\n`);
    expect(code).toBe(3);
  }
});

test("a misspelt command is one even where a file of another name lies", async () => {
  const place = folder();
  fileIn(place, "train.csv", "a,b\n1,2\n2,3\n");
  expect((await espejo(["tarin"], { in: place })).code).toBe(2);
});

test("with --json an error is JSON, with its code, message and exit code", async () => {
  const { code, out, err } = await espejo(["inspect", "absent.csv", "--json"], { in: folder() });
  expect(JSON.parse(err)).toEqual({
    schemaVersion: 1,
    event: "error",
    code: "file_missing",
    parameters: { path: "absent.csv" },
    message: "absent.csv: no such file",
    exitCode: 3,
  });
  expect(out).toBe("");
  expect(code).toBe(3);
});

test("without words, with --help and with help the same is printed, with every command in it", async () => {
  const [bare, long, word] = await Promise.all(
    [[], ["--help"], ["help"]].map((words) => espejo(words)),
  );
  // alone it begins with what to do first
  expect(bare!.out).toMatch(
    /^1\. espejo data\.csv .*\n2\. espejo detect .*\n3\. espejo train .*\n\nUsage:/,
  );
  expect(bare!.out.endsWith(long!.out)).toBe(true);
  expect(word!.out).toBe(long!.out);
  expect([bare!.code, long!.code, word!.code]).toEqual([0, 0, 0]);
  for (const { name } of commands) expect(bare!.out).toContain(`\n  ${name}`);
});

test("each command explains itself, with every option and an example", async () => {
  for (const { name, options } of commands) {
    const { code, out } = await espejo([...name.split(" "), "--help"]);
    expect(code).toBe(0);
    for (const { flags, hidden } of options) if (!hidden) expect(out).toContain(flags);
    expect(out).toContain(`  espejo ${name}`);
  }
});

test("the version is that of the package", async () => {
  expect((await espejo(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\S*\n$/);
});

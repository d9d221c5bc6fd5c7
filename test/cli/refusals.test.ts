import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { add, input } from "../../src/graph/index.ts";
import { toModel, writeModel } from "../../src/onnx/index.ts";
import { type Call, espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";

const rows = (n: number, row: (i: number) => string): string =>
  `${Array.from({ length: n }, (_, i) => row(i)).join("\n")}\n`;
const wide = (n: number): string => `a,b,c\n${rows(n, (i) => `${i % 7},${(i * i) % 11},${i / 3}`)}`;

/** One line that is an error, and nothing that was begun. */
function refused(call: Call, exitCode: number, message: string | RegExp, place: string): void {
  const errors = call.err.split("\n").filter((line) => line.startsWith("error: "));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(message);
  expect(call.err).not.toMatch(/\n\s+at |Error:|should not have happened/);
  expect(call.code).toBe(exitCode);
  const left = namesIn(place).filter((name) => name.endsWith(".onnx") || name.includes(".tmp"));
  expect(left).toEqual([]);
}

describe("data that cannot train are refused with their own words", () => {
  const strict = ["--strict"];
  const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * i * 31 + 7 * i) % 251);
  test.each<[string, string | Uint8Array, readonly string[], string]>([
    ["an empty file", "", [], "t.csv: the file is empty"],
    ["a header and no rows", "a,b,c\n", [], "t.csv: a header and no rows below it"],
    ["one row", "a,b\n1,2\n", [], "t.csv: 1 of its rows is left to learn from, and at least 2"],
    ["two rows", "a,b\n1,2\n3,4\n", [], "t.csv: 1 of its rows is left to learn from"],
    [
      "a row too short, strictly",
      `${wide(30)}7,8\n`,
      strict,
      "t.csv, line 32: 2 fields where 3 are expected",
    ],
    [
      "a row too long, strictly",
      `${wide(30)}7,8,9,1\n`,
      strict,
      "t.csv, line 32: 4 fields where 3 are expected",
    ],
    [
      "a text in a column of numbers at row 70,000, strictly",
      `a,b\n${rows(80_000, (i) => `${i % 977},${i === 69_999 ? "oops" : i / 7}`)}`,
      strict,
      't.csv, line 70001 \\(row 70000\\), column "b": "oops" is not a number',
    ],
    ["columns of which each is missing", `a,b\n${rows(9, () => "NA,")}`, [], "no column is left"],
    [
      "an infinite value",
      `${wide(30)}1,inf,2\n`,
      [],
      'line 32 \\(row 31\\), column "b": inf is inf',
    ],
    ["random bytes", bytes, [], "t.csv: this is binary data, not a table"],
    ["no such label", wide(30), ["--label", "klass"], 'no column "klass" for the label; did you'],
    ["no such feature", wide(30), ["--features", "a,bb"], 'no column "bb"; did you mean "b"'],
    ["no such column to ignore", wide(30), ["--ignore", "d"], 'no column "d"'],
    ["no such column for the logarithm", wide(30), ["--log", "d"], 'no column "d"'],
    ["a logarithm of words", smallTable(30), ["--log", "place"], "does not hold numbers"],
    [
      "no such value of the label",
      smallTable(60),
      ["--label", "odd", "--normal", "2"],
      "no row has",
    ],
    [
      "a label of one class",
      `${wide(30)}`.replaceAll(/^(\d),/gm, "1,"),
      ["--label", "a"],
      "has no an",
    ],
    [
      "a quotation mark that stays open, strictly",
      `a,b\n1,"2\n${rows(50, () => "1,2")}`,
      strict,
      "quotation mark|fields",
    ],
  ])("%s", async (_, content, words, message) => {
    const place = folder();
    fileIn(place, "t.csv", content);
    const call = await espejo(["train", "t.csv", "-o", "m.onnx", "--run", "r", ...words], {
      in: place,
    });
    refused(call, 3, new RegExp(message), place);
    expect(namesIn(join(place, "r"))).toEqual(["config.json", "metrics.jsonl"]);
  });

  test("a file that is not there, and a folder", async () => {
    const place = folder();
    const absent = await espejo(["train", "absent.csv", "-o", "m.onnx"], { in: place });
    refused(absent, 3, "absent.csv: no such file", place);
    const whole = await espejo(["train", place, "-o", "m.onnx"], { in: place });
    refused(whole, 3, "a folder; name a file in it", place);
  });
});

describe("options of training that would change nothing are refused", () => {
  const [table, series] = [wide(40), ["--window", "4"]];
  test.each<[string, readonly string[], string]>([
    [
      "--penalty l1",
      ["train"],
      "--penalty changes nothing in the kind basic: it belongs to sparse",
    ],
    ["--rho 0.1", ["train", "--kind", "denoising"], "kind denoising: it belongs to sparse"],
    ["--beta 2", ["train", "--kind", "tied"], "kind tied: it belongs to variational"],
    ["--filters 4", ["train"], "--filters .* it belongs to convolutional"],
    ["--cell gru", ["train", "--kind", "convolutional", ...series], "it belongs to recurrent"],
    ["--hidden 4", ["train", "--kind", "recurrent", ...series], "it belongs to basic"],
    ["--strength 1", ["train"], "it belongs to sparse, contractive, wasserstein"],
    ["--private", ["train"], "it belongs to ensemble"],
    ["--normal-only", ["train"], "--normal-only .* it belongs to ensemble"],
    ["--clean", ["detect", "--kind", "basic"], "--normal-only .* it belongs to ensemble"],
    ["--scaling minmax", ["train", ...series], "is read as sequences, where --scaling has nothing"],
    ["--log a", ["detect", ...series], "is read as sequences, where --log has nothing"],
    ["--weight a", ["train", ...series], "is read as sequences, where --weight has nothing"],
    ["--size 8x8", ["train"], "is read as csv, where --size has nothing to decide"],
    ["--normal 1", ["train"], "--normal is a value of the label, and no column is the label"],
  ])("%s in %j", async (option, [command, ...words], message) => {
    const place = folder();
    fileIn(place, "t.csv", table);
    const output = command === "train" ? ["-o", "m.onnx", "--run", "r"] : [];
    const given = [command!, "t.csv", ...output, ...words, ...option.split(" ")];
    refused(await espejo(given, { in: place }), 2, new RegExp(message), place);
  });
});

describe("data that can train with a warning", () => {
  test("one column is learnt, with a word on what it is worth", async () => {
    const place = folder();
    fileIn(place, "t.csv", `a\n${rows(40, (i) => String(Math.sin(i)))}`);
    const { code, err } = await espejo(["train", "t.csv", "-o", "m.onnx"], { in: place });
    expect(err).toContain("note: the code (1) is not smaller than the prepared row (1)");
    expect(code).toBe(0);
  });

  test("few rows are learnt, with the advice that they may be learnt by heart", async () => {
    const place = folder();
    fileIn(place, "t.csv", wide(3));
    const { code, err } = await espejo(["train", "t.csv", "-o", "m.onnx"], { in: place });
    expect(err).toMatch(/note: the network has \d+ parameters for 6 cells/);
    expect(code).toBe(0);
  });

  test("a column without values is left out, and said so", async () => {
    const place = folder();
    fileIn(place, "t.csv", `a,b,c\n${rows(40, (i) => `${i % 7},,${(i * i) % 5}`)}`);
    const { code, err } = await espejo(["train", "t.csv", "-o", "m.onnx"], { in: place });
    expect(err).toContain('column "b" is left out: every cell is missing');
    expect(code).toBe(0);
  });
});

describe("a model that does not fit is refused", () => {
  async function withModel(): Promise<{ place: string; bytes: Buffer }> {
    const place = folder();
    fileIn(place, "t.csv", smallTable(60));
    const words = ["train", "t.csv", "--ignore", "odd", "--epochs", "1", "-o", "good.model"];
    const { err, code } = await espejo(words, { in: place });
    if (code !== 0) throw new Error(err);
    return { place, bytes: readFileSync(join(place, "good.model")) };
  }
  const score = (place: string, data: string, model: string) =>
    espejo(["score", data, "-m", model, "-o", "s.csv"], { in: place });

  test("to other data, to a part of the file, to other models, to no file", async () => {
    const { place, bytes } = await withModel();
    fileIn(place, "other.csv", wide(30));
    const wrong = await score(place, "other.csv", "good.model");
    refused(wrong, 3, /other.csv: the model needs column "place".*right model/, place);
    fileIn(
      place,
      "bare.csv",
      rows(30, (i) => `${i},${i % 3}`),
    );
    const bare = await score(place, "bare.csv", "good.model");
    refused(bare, 3, /bare.csv: 2 columns without names, and the model was trained on 5/, place);
    for (const part of [0.02, 0.5, 0.99]) {
      fileIn(place, "cut.model", bytes.subarray(0, Math.floor(part * bytes.length)));
      const cut = await score(place, "t.csv", "cut.model");
      refused(cut, 5, "cut.model: not a readable ONNX model", place);
    }
    const x = input("x", "float32", ["rows", 2]);
    fileIn(place, "plain.model", writeModel(toModel({ inputs: [x], outputs: { y: add(x, x) } })));
    const plain = await score(place, "t.csv", "plain.model");
    refused(plain, 5, "plain.model: an ONNX model, but not one that Espejo made", place);
    fileIn(place, "text.model", "this is no model at all, but a text\n");
    refused(await score(place, "t.csv", "text.model"), 5, "not a readable ONNX model", place);
    refused(await score(place, "t.csv", "absent.onnx"), 3, "absent.onnx: no such file", place);
    expect(namesIn(place)).not.toContain("s.csv");
  });
});

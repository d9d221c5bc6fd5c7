import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Call, espejo, namesIn, smallTable } from "./helpers.ts";

const place = mkdtempSync(join(tmpdir(), "espejo-report-"));
afterAll(() => rmSync(place, { recursive: true, force: true }));
/** A page whose commands are as they are read. */
const pageOf = (name: string): string =>
  readFileSync(join(place, name), "utf8").replace(/<\/?span[^>]*>/g, "");
const run = (...words: readonly string[]): Promise<Call> => espejo(words, { in: place });

let training: Call;
beforeAll(async () => {
  writeFileSync(join(place, "t.csv"), smallTable());
  writeFileSync(join(place, "other.csv"), "x,y\n1,2\n3,4\n");
  writeFileSync(join(place, "empty.csv"), "a,b,c,place,odd\n");
  writeFileSync(join(place, "file"), "here first");
  mkdirSync(join(place, "folder"));
  const small = ["--label", "odd", "--epochs", "3", "-o", "m.onnx", "--run", "run"];
  training = await run("train", "t.csv", ...small, "--report", "trained.html");
});

test("a report is one HTML file, and its figures are files where a folder is named", async () => {
  const { code, out, err } = await run(
    ...["report", "t.csv", "-m", "m.onnx", "-o", "r.html", "--figures", "figures"],
    ...["--missing", "-200", "--temp-directory", place],
  );
  expect(code).toBe(0);
  expect(out).toBe("");
  expect(err).toMatch(/saved r\.html: \d+ of 240 rows flagged\nsaved 7 figures in figures\n/);
  const page = pageOf("r.html");
  expect(page).toContain("espejo report t.csv --missing -200 -m m.onnx -o r.html");
  expect(page).not.toContain(place);
  expect(namesIn(join(place, "figures"))).toContain("roc.svg");
  expect(namesIn(join(place, "figures"))).toContain("map.png");
});

test("train writes the same report as report, but for the command and the model's name", async () => {
  expect(training.code).toBe(0);
  expect(training.err).toContain("saved trained.html: ");
  await run("report", "t.csv", "-m", "m.onnx", "-o", "again.html");
  const bare = (name: string): string =>
    readFileSync(join(place, name), "utf8")
      .replace(/espejo report .*?<\/code>/, "")
      .replace(/<section id="data"[\s\S]*?<\/section>/, "");
  expect(bare("trained.html") === bare("again.html")).toBe(true);
});

test("without -o it is report.html, with - standard output, with --json an answer", async () => {
  expect((await run("report", "t.csv", "-m", "m.onnx")).err).toContain("saved report.html");
  const { out } = await run("report", "t.csv", "-m", "m.onnx", "-o", "-");
  expect(out).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  const answer = await run("report", "t.csv", "-m", "m.onnx", "-o", "j.html", "--json");
  expect(JSON.parse(answer.out)).toMatchObject({
    ...{ schemaVersion: 1, output: "j.html", rows: 240, figures: [] },
    evaluation: { rows: expect.any(Number) },
  });
});

test("it speaks Spanish", async () => {
  const words = ["report", "t.csv", "-m", "m.onnx", "-o", "es.html", "--lang", "es"];
  expect((await run(...words)).err).toContain("guardado es.html");
  const page = pageOf("es.html");
  expect(page).toContain('<html lang="es">');
  expect(page).toContain("espejo report t.csv -m m.onnx -o es.html --lang es");
});

describe("what cannot be is refused in a line, and nothing is left behind", () => {
  test.each<[string, readonly string[], number, string]>([
    ["no model", ["t.csv"], 2, "report needs a model"],
    ["a missing model", ["t.csv", "-m", "no.onnx"], 3, "no.onnx"],
    ["a model that is none", ["t.csv", "-m", "t.csv"], 5, "t.csv: not a readable ONNX model"],
    ["missing data", ["no.csv", "-m", "m.onnx"], 3, "no.csv"],
    ["data without the model's columns", ["other.csv", "-m", "m.onnx"], 3, '"a"'],
    ["no rows", ["empty.csv", "-m", "m.onnx"], 3, "empty.csv: "],
    ["no such colour", ["t.csv", "-m", "m.onnx", "--color", "plaec"], 3, 'did you mean "place"'],
    ["no such label", ["t.csv", "-m", "m.onnx", "--label", "od"], 3, 'did you mean "odd"'],
    ["no such value", ["t.csv", "-m", "m.onnx", "--normal", "7"], 3, '"7"'],
    ["a folder that is absent", ["t.csv", "-m", "m.onnx", "-o", "no/x.html"], 1, "does not exist"],
    ["a folder for a file", ["t.csv", "-m", "m.onnx", "-o", "folder"], 1, "it is a folder"],
    [
      "a file for a folder",
      ["t.csv", "-m", "m.onnx", "-o", "x.html", "--figures", "file"],
      1,
      "it is a file, not a folder",
    ],
  ])("%s", async (_, words, code, message) => {
    const output = words.includes("-o") ? [] : ["-o", "x.html"];
    const before = namesIn(place);
    const call = await run("report", ...words, ...output);
    const errors = call.err.split("\n").filter((line) => line.startsWith("error: "));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(message);
    expect(call.err).not.toMatch(/\n\s+at |should not have happened/);
    expect(call.code).toBe(code);
    expect(namesIn(place)).toEqual(before);
  });

  test("train refuses a place for its report before it trains", async () => {
    const words = ["train", "t.csv", "-o", "n.onnx", "--report", "no/r.html"];
    const { code, err } = await run(...words);
    expect(code).toBe(1);
    expect(err).not.toContain("network");
    expect(namesIn(place)).not.toContain("n.onnx");
  });
});

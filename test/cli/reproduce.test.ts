import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { wordsIn } from "../invocation/shells.ts";
import { espejo, fileIn, folder, smallTable } from "./helpers.ts";

const unescaped = (text: string): string =>
  text
    .replace(/<\/?span[^>]*>/g, "")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

/** The commands that a report names, in their order. */
function commandsOf(html: string): readonly string[] {
  const section = html.slice(html.indexOf('id="reproduce"'));
  const blocks = [...section.matchAll(/<pre><code>([\s\S]*?)<\/code><\/pre>/g)];
  return blocks
    .flatMap(([, code]) => unescaped(code!).split("\n"))
    .filter((line) => line.startsWith("espejo "));
}

const detect = ["detect", "my data.csv", "--alone", "--epochs", "2", "--report", "r.html"];
const train = ["train", "my data.csv", "--epochs", "2", "--report", "r.html", "-o", "m.onnx"];
const windows = ["--features", "a,b", "--window", "6", "--kind", "recurrent"];

test.each<readonly [string, readonly string[]]>([
  ["an ensemble", [...detect, "--label", "odd", "--save", "m.onnx"]],
  ["an ensemble without a label", [...detect, "--log", "b", "--save", "m.onnx"]],
  ["one of normal rows", [...detect, "--clean", "--ignore", "odd", "--save", "m.onnx"]],
  ["one that keeps no rows", [...detect, "--private", "--save", "m.onnx"]],
  [
    "a model of data that are read in a way of their own",
    [...train, "--label", "odd", "--missing", "n'a", "--types", "place=category", "--header"],
  ],
  [
    "a model with settings of its kind",
    [...train, "--kind", "denoising+sparse", "--corruption", "salt-and-pepper:0.2", "--rho", "0.1"],
  ],
  ["a model with another score", [...train, "--score", "mahalanobis", "--learning-rate", "0.002"]],
  ["a model whose newest rows test", [...train, "--time", "a"]],
  [
    "a model whose rows test at random, though they have a time",
    [...train, "--time", "a", "--split", "random"],
  ],
  ["a model that keeps a key together", [...train, "--id", "place", "--split", "key"]],
  ["a model of windows", [...train, ...windows, "--stride", "2"]],
  ["a model of windows with a label", [...train, ...windows, "--label", "odd", "--normal", "0"]],
  [
    "a reduction",
    [
      "reduce",
      "my data.csv",
      ..."--epochs 2 --sizes 2 --save m.onnx".split(" "),
      "--report",
      "r.html",
    ],
  ],
])("the report of %s names commands that make the same model, and a report", async (_, words) => {
  const place = folder();
  fileIn(place, "my data.csv", smallTable(240));
  const made = await espejo(words, { in: place });
  expect(made.code, made.err).toBe(0);
  const [model, report] = ["m.onnx", "r.html"].map((name) => join(place, name)) as [string, string];
  const [bytes, commands] = [readFileSync(model), commandsOf(readFileSync(report, "utf8"))];
  expect(commands.map((line) => wordsIn(line)[1])).toEqual(["train", "report"]);
  for (const path of [model, report]) rmSync(path);
  for (const line of commands) {
    const again = await espejo(wordsIn(line).slice(1), { in: place });
    expect(again.code, `${line}: ${again.err}`).toBe(0);
  }
  expect(readFileSync(model).equals(bytes), commands[0]).toBe(true);
  expect(commandsOf(readFileSync(report, "utf8"))).toEqual(commands);
});

test("a report of a model that was not saved names the one that its training makes", async () => {
  const place = folder();
  fileIn(place, "my data.csv", smallTable(200));
  expect((await espejo(detect, { in: place })).code).toBe(0);
  const commands = commandsOf(readFileSync(join(place, "r.html"), "utf8"));
  for (const line of commands) {
    const again = await espejo(wordsIn(line).slice(1), { in: place });
    expect(again.code, `${line}: ${again.err}`).toBe(0);
  }
  expect(commands[0]).toMatch(/ -o model\.onnx$/);
});

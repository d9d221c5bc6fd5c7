import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { espejo, fileIn, folder, namesIn, printed, smallTable, start } from "./helpers.ts";

const quick = ["--epochs", "9", "--trials", "3", "--budget", "300"];

test("tune saves the winner, and its command makes the same file again", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const words = ["tune", "t.csv", "--label", "odd", "--seed", "5", "-o", "m.onnx", ...quick];
  const { code, out } = await espejo(words, { in: place });
  expect(code).toBe(0);
  expect(out).toMatch(/3 candidates, epochs 3, 9/);
  expect(out).toMatch(/^ +1 +\d+ +9 +[01]\.\d{3} {2}/m);
  expect(out).toMatch(/^winner {2,}[01]\.\d{3}/m);
  expect(out).toMatch(/^ROC AUC/m);
  const [, command] = /^to repeat: espejo (.*) -o m.onnx$/m.exec(out)!;
  const again = ["-o", "again.onnx", "--run", "r"];
  const repeated = await espejo([...command!.split(" "), ...again], { in: place });
  expect(repeated.code).toBe(0);
  const bytes = (name: string) => readFileSync(join(place, name));
  expect(bytes("again.onnx").equals(bytes("m.onnx"))).toBe(true);
});

test("tune without a label holds the code, and answers as JSON", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const words = ["tune", "t.csv", "--ignore", "odd", "--latent", "2", ...quick, "--json"];
  const told = JSON.parse((await espejo(words, { in: place })).out);
  expect(told).toMatchObject({ model: "model.onnx", search: { labelled: false, latentDim: 2 } });
  expect(told.command).toContain("--latent 2");
  expect(namesIn(place)).toEqual(["model.onnx", "t.csv"]);
});

test("Ctrl-C keeps the best so far", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const words = ["tune", "t.csv", "--label", "odd", "-o", "m.onnx", "--budget", "3000"];
  const { child, done } = start([...words, "--trials", "100000"], { in: place });
  await printed(child, /candidate 2 /);
  child.kill("SIGINT");
  const { code, out, err } = await done;
  expect(code).toBe(130);
  expect(err).toContain("saved m.onnx");
  expect(out).toMatch(/to repeat: espejo train/);
  expect((await espejo(["inspect", "m.onnx"], { in: place })).code).toBe(0);
});

describe("what cannot be searched is refused with a line that says why", () => {
  const few = smallTable(60).replaceAll(/,1\n/g, ",0\n").replace(/,0\n$/, ",1\n");
  test.each<[string, string, readonly string[], number, RegExp]>([
    ["a budget of nothing", smallTable(), ["--budget", "0"], 2, /--budget: a time such as 45s/],
    ["no trials", smallTable(), ["--trials", "0"], 2, /--trials/],
    ["an unknown kind", smallTable(), ["--kind", "magic"], 2, /--kind/],
    [
      "kinds that are rivals",
      smallTable(),
      ["--kind", "tied+variational"],
      2,
      /do not go together/,
    ],
    ["one anomaly", few, ["--label", "odd"], 3, /1 anomaly is too few/],
    ["one row", smallTable(1), [], 3, /t.csv: 1 of its rows/],
  ])("%s", async (_, content, words, exit, message) => {
    const place = folder();
    fileIn(place, "t.csv", content);
    const { code, err } = await espejo(["tune", "t.csv", "--epochs", "1", ...words], { in: place });
    const errors = err.split("\n").filter((line) => line.startsWith("error: "));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(message);
    expect(err).not.toMatch(/should not have happened|\n\s+at /);
    expect(code).toBe(exit);
    expect(namesIn(place)).toEqual(["t.csv"]);
  });
});

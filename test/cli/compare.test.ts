import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { espejo, fileIn, folder, namesIn, printed, smallTable, start } from "./helpers.ts";

const quick = ["--epochs", "2", "--seeds", "1", "--budget", "300"];

test("compare ranks autoencoders and baselines, and says how to make the best", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const words = ["compare", "t.csv", "--label", "odd", "--decimal", ".", ...quick];
  const { code, out, err } = await espejo([...words, "-o", "runs.csv"], { in: place });
  expect(code).toBe(0);
  expect(out).toMatch(/^isolation forest {2,}baseline {2,}[01]\.\d{3} {2,}[01]\.\d{3} {2,}1 /m);
  expect(out).toMatch(/^basic {2,}autoencoder {2,}2 {2,}/m);
  expect(out).toMatch(/against .*one seed alone/);
  expect(err).toMatch(
    /next: espejo train t.csv --label odd --epochs 2 --decimal \. .*-o model.onnx/,
  );
  const lines = readFileSync(join(place, "runs.csv"), "utf8").trim().split("\n");
  expect(lines[0]).toContain("method,role,latent,seed,roc_auc,average_precision");
  expect(lines.length).toBeGreaterThan(8);
  expect(namesIn(place)).toEqual(["runs.csv", "t.csv"]);
  const call = err.split("next: espejo ")[1]!.trim().split(" ");
  const again = await espejo([...call, "--epochs", "1", "--run", "r"], { in: place });
  expect(again.code).toBe(0);
});

test("compare that is interrupted tells what it has, and what was cut by whom", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const words = ["compare", "t.csv", "--label", "odd", "--epochs", "1000000", "--patience", "0"];
  const { child, done } = start([...words, "--budget", "30", "-o", "runs.csv"], { in: place });
  await printed(child, /seed 42 {2}basic .*cut by the budget/);
  setTimeout(() => child.kill("SIGINT"), 300);
  const { code, out, err } = await done;
  expect(code).toBe(130);
  expect(err).toMatch(/seed 42 {2}linear .*\(interrupted\)/);
  expect(out).toMatch(/^basic {2,}autoencoder.*cut by the budget$/m);
  expect(out).toMatch(/^linear {2,}autoencoder.*interrupted$/m);
  expect(out).toMatch(/^PCA .* not begun$/m);
  expect(out).toMatch(/^interrupted after \d+ s of a budget of 30 s$/m);
  const runs = readFileSync(join(place, "runs.csv"), "utf8").trim().split("\n");
  expect(runs.map((line) => line.split(",").at(-1))).toEqual(["cut", "budget", "interrupted"]);
});

test("compare without a label tells errors, as JSON or in Spanish", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const words = ["compare", "t.csv", "--ignore", "odd", ...quick];
  const told = JSON.parse((await espejo([...words, "--json"], { in: place })).out);
  expect(told).toMatchObject({ labelled: false, baseRate: null, budget: 300 });
  expect(told.contenders[0].runs[0].error).toBeGreaterThan(0);
  const spanish = await espejo([...words, "--lang", "es"], { in: place });
  expect(spanish.out).toMatch(/^la media {2,}referencia {2,}0/m);
});

describe("what cannot be compared is refused with a line that says why", () => {
  const few = smallTable(60).replaceAll(/,1\n/g, ",0\n").replace(/,0\n$/, ",1\n");
  test.each<[string, string, readonly string[], number, RegExp]>([
    ["a budget of nothing", smallTable(), ["--budget", "0"], 2, /--budget: a time such as 45s/],
    ["no seeds", smallTable(), ["--seeds", "0"], 2, /--seeds/],
    ["an unknown ending", smallTable(), ["-o", "runs.xls"], 2, /-o: .*runs.xls/],
    ["one anomaly", few, ["--label", "odd"], 3, /t.csv: 1 anomaly is too few/],
    ["an unknown label", smallTable(), ["--label", "klass"], 3, /no column "klass"/],
    ["one row", smallTable(1), [], 3, /t.csv: 1 of its rows/],
  ])("%s", async (_, content, words, exit, message) => {
    const place = folder();
    fileIn(place, "t.csv", content);
    const { code, err } = await espejo(["compare", "t.csv", "--epochs", "1", ...words], {
      in: place,
    });
    const errors = err.split("\n").filter((line) => line.startsWith("error: "));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(message);
    expect(err).not.toMatch(/should not have happened|\n\s+at /);
    expect(code).toBe(exit);
    expect(namesIn(place)).toEqual(["t.csv"]);
  });
});

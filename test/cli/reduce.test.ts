import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bundled, espejo, fileIn, folder, namesIn, smallTable } from "./helpers.ts";

test("reduce tells sizes, winner and meaning, and writes codes, map and model", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const words = ["reduce", "t.csv", "--label", "odd", "--epochs", "20", "--sizes", "1,2,3"];
  const files = ["-o", "codes.csv", "--map", "map.json", "--save", "m.onnx"];
  const { code, out, err } = await espejo([...words, ...files], { in: place });
  expect(code).toBe(0);
  expect(out).toMatch(/192 rows train, 24 judge when to stop, 24 test/);
  expect(out).toMatch(/^\s+1\s+0\.\d+\s+0\.\d+\s+\d+\.\d %/m);
  expect(out).toMatch(/<- chosen/);
  expect(out).toMatch(/PCA.*(lower|chance)/);
  expect(out).toMatch(/trustworthiness {2}[01]\.\d{3} \(PCA [01]\.\d{3}\)/);
  expect(out).toMatch(/class of 24 rows by their 5 nearest training rows/);
  expect(out).toMatch(/^latent_1 \(\d+ %\): [+±-]\w+/m);
  expect(err).toContain("saved codes.csv: 240 rows");
  const codes = readFileSync(join(place, "codes.csv"), "utf8").trim().split("\n");
  expect(codes).toHaveLength(241);
  expect(codes[0]).toMatch(/^odd,latent_1/);
  const map = JSON.parse(readFileSync(join(place, "map.json"), "utf8"));
  expect(Object.keys(map[0])).toEqual(["odd", "x", "y"]);
  const again = await espejo(["encode", "t.csv", "-m", "m.onnx"], { in: place });
  const second = codes[1]!.split(",").slice(1).join(",");
  expect(again.out.split("\n")[1]).toBe(second);
});

test("reduce draws the map, coloured by the label or a column, and writes a report", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const words = ["reduce", "t.csv", "--label", "odd", "--epochs", "2", "--latent", "3"];
  const files = ["--map", "map.svg", "--report", "r.html"];
  const { code, err } = await espejo([...words, ...files], { in: place });
  expect(code).toBe(0);
  expect(err).toMatch(/saved map.svg. .*the column odd.*of its variance. All 240 rows/);
  const svg = readFileSync(join(place, "map.svg"), "utf8");
  expect(svg.match(/data-told=/g)).toHaveLength(240);
  expect(svg.match(/direction 1 [^<]*/)?.[0]).toMatch(/\(\d+\.\d&#160;% of the variance\)/);
  expect(svg.match(/odd = 1"/g)).toHaveLength(12);
  const html = readFileSync(join(place, "r.html"), "utf8");
  expect(html.includes("Map of the codes")).toBe(true);
  expect(html.includes("precision")).toBe(false);
  const again = ["--color", "a", "--map", "map.png", "--lang", "es"];
  const spanish = await espejo([...words, ...again], { in: place });
  expect(spanish.err).toMatch(/guardado map.png. .*la columna a;/);
  const png = readFileSync(join(place, "map.png"));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect(png.length).toBeGreaterThan(10_000);
});

test("reduce answers with one JSON object, the codes in it or in a file", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const words = ["reduce", "t.csv", "--ignore", "odd", "--latent", "2", "--epochs", "2", "--json"];
  const told = JSON.parse((await espejo(words, { in: place })).out);
  expect(told.study.choice).toEqual({ latentDim: 2, rule: "stated", depth: 0 });
  expect(told.influence).toHaveLength(2);
  const held = JSON.parse((await espejo([...words, "-o", "-"], { in: place })).out);
  expect([held.count, held.rows.length]).toEqual([240, 240]);
  const written = JSON.parse((await espejo([...words, "-o", "c.csv"], { in: place })).out);
  expect(written).toMatchObject({ output: "c.csv", count: 240 });
  expect(namesIn(place)).toEqual(["c.csv", "t.csv"]);
});

test("reduce speaks Spanish", async () => {
  const words = ["reduce", bundled, "--label", "Class", "--latent", "2", "--epochs", "1"];
  const { out } = await espejo([...words, "--lang", "es"]);
  expect(out).toMatch(/tamaño {2}autoencoder/);
  expect(out).toMatch(/clase de 549 filas/);
});

describe("what cannot be reduced is refused with a line that says why", () => {
  test.each<[string, string, readonly string[], number, RegExp]>([
    ["an unknown ending", smallTable(), ["-o", "codes.xyz"], 2, /-o: .*codes.xyz/],
    ["an unknown ending of a map", smallTable(), ["--map", "map.gif"], 2, /--map: .*map.gif/],
    ["a map for standard output", smallTable(), ["--map", "-"], 2, /--map: .*"-"/],
    ["a folder that is none", smallTable(), ["--map", "none/map.svg"], 1, /none\/map.svg/],
    ["an unknown colour", smallTable(), ["--color", "hue"], 3, /no column "hue"/],
    ["a size that is no number", smallTable(), ["--latent", "many"], 2, /--latent/],
    ["a ladder that is none", smallTable(), ["--sizes", "1,x"], 2, /--sizes/],
    ["an empty ladder", smallTable(), ["--sizes", "0"], 2, /--sizes/],
    ["an unknown label", smallTable(), ["--label", "klass"], 3, /no column "klass"/],
    ["two rows", smallTable(2), [], 3, /t.csv: 2 of its rows/],
    ["no columns to learn from", smallTable(), ["--features", "odd", "--label", "odd"], 3, /./],
  ])("%s", async (_, content, words, exit, message) => {
    const place = folder();
    fileIn(place, "t.csv", content);
    const { code, err } = await espejo(["reduce", "t.csv", "--epochs", "1", ...words], {
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

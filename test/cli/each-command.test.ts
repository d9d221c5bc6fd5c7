import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { commandNames } from "../../src/cli/commands/load.ts";
import { espejo, fileIn, smallTable } from "./helpers.ts";

/** A call of each command, in an order in which one finds what another wrote, and the file that it writes. */
const calls: Readonly<Record<string, readonly [words: string, file?: string]>> = {
  doctor: [""],
  kinds: [""],
  inspect: ["t.csv"],
  train: ["t.csv --label odd --epochs 3 -o m.onnx", "m.onnx"],
  detect: ["t.csv --label odd --alone --epochs 3 -o ranked.csv", "ranked.csv"],
  runs: [""],
  score: ["t.csv -m m.onnx -o scores.csv", "scores.csv"],
  reduce: ["t.csv --label odd --latent 2 --epochs 2 --map map.svg", "map.svg"],
  encode: ["t.csv -m m.onnx -o codes.csv", "codes.csv"],
  decode: ["codes.csv -m m.onnx -o decoded.csv", "decoded.csv"],
  reconstruct: ["t.csv -m m.onnx -o rebuilt.csv", "rebuilt.csv"],
  evaluate: ["t.csv -m m.onnx"],
  threshold: ["t.csv -m m.onnx --threshold f1 -o other.onnx", "other.onnx"],
  label: ["t.csv --marks marks.csv -o labelled.csv", "labelled.csv"],
  report: ["t.csv -m m.onnx -o report.html", "report.html"],
  compare: ["t.csv --label odd --epochs 1 --seeds 1 --budget 300 -o runs.csv", "runs.csv"],
  tune: ["t.csv --label odd --epochs 2 --trials 1 --budget 300 -o tuned.onnx", "tuned.onnx"],
  denoise: ["t.csv -m m.onnx -o clean.csv", "clean.csv"],
  generate: ["-m m.onnx --data t.csv --rows 5 -o new.csv", "new.csv"],
  compress: ["t.csv -m m.onnx -o t.espc --lossless", "t.espc"],
  decompress: ["t.espc -m m.onnx -o back.csv", "back.csv"],
  import: ["k.keras -o k.onnx", "k.onnx"],
  export: ["k.onnx -o back.keras", "back.keras"],
};

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "espejo-each-"));
  fileIn(place, "t.csv", smallTable(120));
  fileIn(place, "marks.csv", "row,mark\n8,confirmed\n9,false_alarm\n");
  const keras = new URL("../golden/keras/functional-in-functional.keras", import.meta.url);
  copyFileSync(fileURLToPath(keras), join(place, "k.keras"));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

test("every command has its call here, but for those that do not end by themselves, or need a cluster", () => {
  const here = commandNames.filter((name) => !name.startsWith("cluster "));
  expect([...Object.keys(calls), "serve", "studio"].sort()).toEqual(here.sort());
});

test.each(Object.entries(calls))("%s does its work", async (name, [words, file]) => {
  const told = words === "" ? [] : words.split(" ");
  const { code, out, err } = await espejo([name, ...told], { in: place });
  expect(code, err).toBe(0);
  expect(out + err).not.toBe("");
  if (file) expect(statSync(join(place, file)).size).toBeGreaterThan(0);
});

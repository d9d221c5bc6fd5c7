import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { Invocation } from "../../src/invocation/invocation.ts";
import { shellOf } from "../../src/invocation/shell.ts";
import { typescriptOf } from "../../src/invocation/typescript.ts";
import { espejo, fileIn, folder, smallTable } from "../cli/helpers.ts";
import { wordsIn } from "./shells.ts";

test("a detection is a call of the library with the same options, by their names there", () => {
  const options = { label: "is fraud", normal: ["no"], log: ["a"], clean: true, output: "r.csv" };
  expect(typescriptOf({ verb: "detect", data: "x.csv", options })).toBe(
    [
      'import { detect } from "espejo/node";',
      "",
      'const detector = await detect("x.csv", { label: "is fraud", normal: ["no"], log: ["a"], normalOnly: true });',
      'const { ranked } = await detector.rank("x.csv");',
    ].join("\n"),
  );
});

test("windows are opened as arrays", () => {
  const options = { time: "date", window: 12, latent: 2, corruption: { noise: "masking" } };
  const call = { verb: "train", data: "x.csv", options: { ...options, output: "m.onnx" } } as const;
  expect(typescriptOf(call)).toBe(
    [
      'import { openArrays, trainArrays } from "espejo/node";',
      "",
      'const arrays = await openArrays("x.csv", { time: "date", window: 12 });',
      'const { model } = await trainArrays(arrays, { latentDim: 2, denoising: { noise: "masking" } });',
      'await model.save("m.onnx");',
    ].join("\n"),
  );
});

test("a run is kept and gone on with, and its ranking looked into", () => {
  const options = { label: "y", run: "runs/a", top: 5 };
  expect(typescriptOf({ verb: "detect", data: "x.csv", options })).toContain(
    'await detect("x.csv", { label: "y", run: "runs/a" });',
  );
  const again = { verb: "detect", data: "x.csv", options: { resume: "runs/a" } } as const;
  expect(typescriptOf(again)).toContain('await detect("x.csv", { resumeRun: "runs/a" });');
  expect(typescriptOf({ verb: "train", data: "x.csv", options })).not.toContain("run:");
  expect(typescriptOf({ verb: "runs", data: "runs/a", options: {} })).toBe(
    [
      'import { openRanking } from "espejo/node";',
      "",
      'const ranking = await openRanking("runs/a");',
      "const { rows } = await ranking.page();",
      "ranking.dispose();",
    ].join("\n"),
  );
});

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Runs a program in a folder, as one of the package itself. */
function runProgram(text: string, place: string): void {
  const path = join(root, `.program-${process.pid}.mjs`);
  onTestFinished(() => rmSync(path, { force: true }));
  writeFileSync(path, text);
  execFileSync(process.execPath, [path], { cwd: place });
}

const read = { types: { place: "category" }, number: ["a=1.5"], header: true };
const calls: readonly (readonly [string, Invocation])[] = [
  [
    "training on a table",
    {
      ...{ verb: "train", data: "my data.csv" },
      options: {
        label: "odd",
        ...read,
        epochs: 2,
        beta: 0.5,
        kind: "variational",
        output: "m.onnx",
      },
    },
  ],
  [
    "a detection",
    {
      ...{ verb: "detect", data: "my data.csv" },
      options: {
        label: "odd",
        log: ["b"],
        epochs: 2,
        kind: "basic",
        save: "m.onnx",
        output: "r.csv",
      },
    },
  ],
  [
    "training on windows",
    {
      ...{ verb: "train", data: "my data.csv" },
      options: { features: ["a", "b"], window: 6, kind: "recurrent", epochs: 1, output: "m.onnx" },
    },
  ],
];

test.each(calls)("%s makes the same model as the command", async (_, call) => {
  const place = folder();
  fileIn(place, "my data.csv", smallTable(200));
  const told = await espejo(wordsIn(shellOf(call, "posix")).slice(1), { in: place });
  expect(told.code, told.err).toBe(0);
  const bytes = readFileSync(join(place, "m.onnx"));
  rmSync(join(place, "m.onnx"));
  runProgram(typescriptOf(call), place);
  expect(readFileSync(join(place, "m.onnx")).equals(bytes)).toBe(true);
});

const others: readonly (readonly [string, Invocation])[] = [
  ["a score", { verb: "score", data: "d.csv", options: { model: "m.onnx", output: "s.csv" } }],
  ["a report", { verb: "report", data: "d.csv", options: { model: "m.onnx", output: "r.html" } }],
  [
    "a report of data that are read in a way of their own",
    { verb: "report", data: "d.csv", options: { header: true, model: "m.onnx", lang: "es" } },
  ],
  ["codes", { verb: "encode", data: "d.csv", options: { model: "m.onnx", output: "c.csv" } }],
  [
    "a comparison",
    { verb: "compare", data: "d.csv", options: { label: "odd", epochs: 1, budget: 1 } },
  ],
  ["a reduction", { verb: "reduce", data: "d.csv", options: { epochs: 1, save: "c.onnx" } }],
  [
    "a threshold",
    {
      ...{ verb: "threshold", data: "d.csv" },
      options: { model: "m.onnx", threshold: "quantile:0.9", output: "t.onnx" },
    },
  ],
  [
    "a stated threshold",
    { verb: "threshold", data: null, options: { model: "m.onnx", threshold: 2, output: "t.onnx" } },
  ],
];

test("every other call is a program that runs", async () => {
  const place = folder();
  fileIn(place, "d.csv", smallTable(200));
  await espejo(["train", "d.csv", "--epochs", "1", "-o", "m.onnx"], { in: place });
  for (const [, call] of others) runProgram(typescriptOf(call), place);
}, 60_000);

test("a page about generated rows is the same from a program as from the command", async () => {
  const place = folder();
  fileIn(place, "my data.csv", smallTable(200));
  await espejo(["train", "my data.csv", "--epochs", "2", "-o", "m.onnx"], { in: place });
  const options = { rows: 50, seed: 3, data: "my data.csv", model: "m.onnx", report: "p.html" };
  const call: Invocation = { verb: "generate", data: null, options };
  const told = await espejo(wordsIn(shellOf(call, "posix")).slice(1), { in: place });
  expect(told.code, told.err).toBe(0);
  const read = () =>
    readFileSync(join(place, "p.html"), "utf8").replace(/<pre>[\s\S]*?<\/pre>/g, "");
  const page = read();
  rmSync(join(place, "p.html"));
  runProgram(typescriptOf(call), place);
  expect(read()).toBe(page);
});

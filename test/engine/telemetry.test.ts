import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { engineOf, type OnnxRuntime } from "../../src/engine/onnxruntime.ts";
import { writeModel } from "../../src/onnx/index.ts";
import { withoutMetadata } from "../../src/onnx/without-metadata.ts";
import { richModel } from "../onnx/models.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const main = join(root, "dist/cli/main.js");
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const table = `client,amount,months\n${Array.from(
  { length: 60 },
  (_, i) => `${["Banco Alfa", "Textiles Beta"][i % 2]},${(i * 7) % 41},${i % 12}`,
).join("\n")}\n`;

/**
 * Runs programs with an empty home and an empty temporary folder, and without the variables of a build server,
 * where ONNX Runtime keeps quiet by itself. Gives what they left in both, and what they printed.
 */
function leftBy(...programs: (readonly string[])[]): { files: string[]; printed: string } {
  const folder = mkdtempSync(join(tmpdir(), "espejo-quiet-"));
  folders.push(folder);
  const [home, temporary, work] = ["home", "temporary", "work"].map((name) => join(folder, name));
  for (const each of [home!, temporary!, work!]) mkdirSync(each);
  writeFileSync(join(work!, "clients.csv"), table);
  const env = { PATH: process.env.PATH, HOME: home, TMPDIR: temporary, ESPEJO_ENGINE: "native" };
  let printed = "";
  for (const words of programs) {
    const { status, stdout, stderr } = spawnSync(process.execPath, words, {
      cwd: work,
      env,
      encoding: "utf8",
    });
    expect(status, stderr).toBe(0);
    printed += stdout;
  }
  const files = [home!, temporary!].flatMap((each) =>
    readdirSync(each, { recursive: true, encoding: "utf8" }),
  );
  return { files, printed };
}

const script = (text: string): readonly string[] => ["--input-type=module", "-e", text];
const library = JSON.stringify(new URL("../../dist/node.js", import.meta.url).href);
const training = `
  const { autoencoder, fit } = await import(${library});
  const data = new Float32Array(400).map((_, i) => Math.sin(i));
  const fitted = await fit(autoencoder({ input: 8, latentDim: 2 }), { data, shape: [50, 8] }, { epochs: 2 });
  const scores = await fitted.scoreSamples({ data, shape: [50, 8] });
  console.log(scores.length, fitted.history.at(-1).loss);`;
const inWorker = (before: string): string => `
  import { Worker } from "node:worker_threads";
  ${before}
  new Worker(${JSON.stringify(training)}, { eval: true, env: { ESPEJO_ENGINE: "native" } });`;

describe("the native engine collects nothing and leaves no file", () => {
  test("the library by itself would: else these tests hold nothing", () => {
    const session = `
      const { createRequire } = await import("node:module");
      const { InferenceSession } = createRequire(${JSON.stringify(join(root, "package.json"))})("onnxruntime-node");
      const bytes = Uint8Array.from(${JSON.stringify([...writeModel(richModel())])});
      await InferenceSession.create(bytes);`;
    expect(leftBy(script(session)).files).toContain(".cache");
  });

  test("train, score and detect", () => {
    const { files } = leftBy(
      [main, "train", "clients.csv", "--epochs", "2", "-o", "m.onnx"],
      [main, "score", "clients.csv", "-m", "m.onnx"],
      [main, "detect", "clients.csv", "--epochs", "2"],
    );
    expect(files).toEqual([]);
  });

  test("the library in the main thread, in a worker, and in one whose main thread knows of it", () => {
    const results = [training, inWorker(""), inWorker(`await import(${library});`)].map((text) =>
      leftBy(script(text)),
    );
    expect(results.map(({ files }) => files)).toEqual([[], [], []]);
    const [inMain] = results;
    expect(inMain!.printed).toMatch(/^50 0\.\d+\n$/);
    // also where the engine is in a process of its own
    for (const { printed } of results) expect(printed).toBe(inMain!.printed);
  });
});

test("an engine is given a program without its metadata, and nothing else is taken away", async () => {
  const { metadataProps, ...rest } = richModel();
  expect(metadataProps!.length).toBeGreaterThan(0);
  const given: Uint8Array[] = [];
  const runtime = {
    InferenceSession: {
      create: async (bytes: Uint8Array) => {
        given.push(bytes);
        return { outputNames: [], release: async () => {} };
      },
    },
  } as unknown as OnnxRuntime;
  const engine = engineOf(runtime, { kind: "native", version: "", note: null });
  await engine.load(writeModel(richModel()));
  expect(given.map((bytes) => Buffer.from(bytes))).toEqual([Buffer.from(writeModel(rest))]);
});

test("bytes without metadata, and bytes that are no model, are left as they are", () => {
  const { metadataProps: _, ...rest } = richModel();
  const plain = writeModel(rest);
  expect(withoutMetadata(plain)).toBe(plain);
  const cutOff = plain.subarray(0, plain.length - 3);
  expect(withoutMetadata(cutOff)).toBe(cutOff);
  const noModel = Uint8Array.of(7, 0, 255);
  expect(withoutMetadata(noModel)).toBe(noModel);
});

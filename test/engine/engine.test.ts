import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { loadEngine } from "../../src/engine/node.ts";
import { EspejoError } from "../../src/errors.ts";
import * as g from "../../src/graph/index.ts";
import { writeProgram } from "../../src/onnx/index.ts";
import { random } from "../../src/random.ts";
import { drawCells, farthest } from "../graph/compute.ts";

const kinds = ["native", "wasm"] as const;

const x = g.input("x", "float32", ["rows", 4]);
const words = g.input("words", "string", ["rows", 1]);
const w = g.constant(
  "float32",
  [4, 3],
  Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
  "w",
);
const { state, outputs } = g.scan([w], [g.softmax(g.gemm(x, w))], ([s], [row]) => ({
  state: [g.add(s!, g.mul(row!, 0.1))],
  outputs: [g.mean(g.square(s!))],
}));
const bytes = writeProgram({
  inputs: [x, words],
  outputs: {
    state: state[0]!,
    losses: outputs[0]!,
    erf: g.erf(x),
    codes: g.encodeLabels(words, new Map([["ñ", 7]]), -1),
    names: g.decodeLabels(g.encodeLabels(words, new Map([["ñ", 0]]), 1), ["eñe", "otra"], "?"),
    high: g.greater(x, 0.5),
    double: g.cast(x, "float64"),
  },
});
const feeds = {
  x: {
    dtype: "float32",
    shape: [5, 4],
    data: Float32Array.from(drawCells([5, 4], -2, 2, random(1))),
  },
  words: { dtype: "string", shape: [5, 1], data: ["ñ", "n", "", "ñ", "日本"] },
} as const;

test("both engines give the same program the same outputs", async () => {
  const [native, wasm] = await Promise.all(
    kinds.map(async (kind) => {
      const engine = await loadEngine(kind);
      expect(engine.kind).toBe(kind);
      expect(engine.note).toBeNull();
      const program = await engine.load(bytes);
      expect([...program.outputs].sort()).toEqual([
        "codes",
        "double",
        "erf",
        "high",
        "losses",
        "names",
        "state",
      ]);
      const results = await program.run(feeds);
      await program.dispose();
      return results;
    }),
  );
  for (const [name, { dtype, shape, data }] of Object.entries(native!)) {
    const other = wasm![name]!;
    expect({ dtype: other.dtype, shape: other.shape }).toEqual({ dtype, shape });
    if (typeof data[0] === "string" || typeof data[0] === "bigint")
      expect([...other.data]).toEqual([...data]);
    else expect(farthest(other.data as Float32Array, data as Float32Array)).toBeLessThan(2e-6);
  }
  expect([...native!.codes!.data]).toEqual([7n, -1n, -1n, 7n, -1n]);
  expect([...native!.names!.data]).toEqual(["eñe", "otra", "otra", "eñe", "otra"]);
});

describe.each(kinds)("the %s engine", (kind) => {
  test("refuses what is no program, and says why", async () => {
    const engine = await loadEngine(kind);
    const cases = [new Uint8Array(), Uint8Array.of(1, 2, 3), bytes.subarray(0, bytes.length - 40)];
    for (const bad of cases) {
      const error = await engine.load(bad).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(EspejoError);
      expect((error as EspejoError).code).toBe("engine_refused");
      expect(String((error as EspejoError).parameters.reason)).not.toBe("");
    }
  });

  test("says what it could not compute", async () => {
    const engine = await loadEngine(kind);
    const program = await engine.load(writeProgram({ inputs: [x], outputs: { y: g.sum(x, 1) } }));
    const wrong = { x: { dtype: "float32", shape: [1, 5], data: new Float32Array(5) } } as const;
    for (const feeds of [wrong, {}, { x: { ...wrong.x, shape: [1, 4] } }]) {
      const error = await program.run(feeds).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(EspejoError);
      expect((error as EspejoError).code).toBe("engine_failed");
      expect(String((error as EspejoError).parameters.reason)).not.toBe("");
    }
    await program.dispose();
  });

  test("runs one program with batches of any size", async () => {
    const engine = await loadEngine(kind);
    const program = await engine.load(writeProgram({ inputs: [x], outputs: { y: g.sum(x, 1) } }));
    for (const rows of [1, 7, 2]) {
      const data = new Float32Array(rows * 4).fill(rows);
      const { y } = await program.run({ x: { dtype: "float32", shape: [rows, 4], data } });
      expect(y!.shape).toEqual([rows]);
      expect([...y!.data]).toEqual(new Array(rows).fill(4 * rows));
    }
    await program.dispose();
  });
});

test("a provider that is not there is an error with its own words", async () => {
  const engine = await loadEngine("native");
  const error = await engine.load(bytes, { provider: "abacus" }).catch((e: unknown) => e);
  expect((error as EspejoError).code).toBe("engine_refused");
  expect((error as EspejoError).message).toContain("abacus");
});

/** What a new process with ESPEJO_ENGINE prints. */
function inProcess(choice: string): string {
  const module = new URL("../../dist/engine/node.js", import.meta.url).href;
  const script = `const { loadEngine } = await import(${JSON.stringify(module)});
    try { console.log((await loadEngine()).kind); } catch (error) { console.log(error.message); }`;
  const environment = { ...process.env, ESPEJO_ENGINE: choice };
  const words = ["--input-type=module", "-e", script];
  return spawnSync(process.execPath, words, { env: environment, encoding: "utf8" }).stdout.trim();
}

test("ESPEJO_ENGINE chooses the engine of a process, and a misspelt one is refused", () => {
  expect(inProcess("wasm")).toBe("wasm");
  expect(inProcess("native")).toBe("native");
  expect(inProcess("auto")).toBe("native");
  expect(inProcess("gpu")).toBe("ESPEJO_ENGINE: auto, native or wasm, got gpu");
});

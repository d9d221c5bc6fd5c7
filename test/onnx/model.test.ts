import { describe, expect, test } from "vitest";
import { loadEngine } from "../../src/engine/node.ts";
import * as g from "../../src/graph/index.ts";
import {
  cut,
  metadataOf,
  readModel,
  withMetadata,
  writeModel,
  writeProgram,
} from "../../src/onnx/index.ts";
import type { ModelProto, ValueProto } from "../../src/onnx/model.ts";
import { farthest } from "../graph/compute.ts";
import { richModel } from "./models.ts";

const read = (bytes: Uint8Array): ModelProto => readModel(bytes, "m.onnx", g.operatorNames);

test("a model that is written and read is the same, and is written in the same bytes", () => {
  const bytes = writeModel(richModel());
  const again = read(bytes);
  expect(writeModel(again)).toEqual(bytes);
  expect(again.opsetImport).toEqual([
    { domain: "", version: 18 },
    { domain: "ai.onnx.ml", version: 3 },
  ]);
  expect(again.irVersion).toBe(8);
  const { graph } = again;
  expect(graph.node?.map(({ opType }) => opType)).toEqual(
    richModel().graph.node?.map((n) => n.opType),
  );
  expect(graph.initializer?.find(({ name }) => name === "encoder.0.weight")?.dims).toEqual([3, 2]);
  expect(graph.input).toEqual(richModel().graph.input);
});

test("values of a tensor keep every bit", () => {
  const cells = Float32Array.of(-0, Number.NaN, Infinity, 1e-45, 3.4e38, 1 / 3);
  const w = g.constant("float32", [6], cells, "w");
  const { graph } = read(writeProgram({ inputs: [], outputs: { y: g.neg(w) } }));
  const raw = graph.initializer!.find(({ name }) => name === "w")!.rawData!;
  expect(new Uint8Array(raw)).toEqual(new Uint8Array(cells.buffer));
});

test("metadata come back as they were, texts of every language and empty ones too", () => {
  const model = read(writeModel(richModel()));
  expect(metadataOf(model)).toEqual({ "espejo.kind": "basic", "espejo.note": "año", empty: "" });
  const other = read(writeModel(withMetadata(model, { a: "日本" })));
  expect(metadataOf(other)).toEqual({ a: "日本" });
  expect(other.graph).toEqual(model.graph);
});

describe("a part of a model", () => {
  const model = richModel();
  const x = {
    dtype: "float32",
    shape: [2, 3],
    data: Float32Array.of(1, 0, -1, 0.5, 2, 0),
  } as const;
  const words = { dtype: "string", shape: [2, 1], data: ["sí", "x"] } as const;
  const run = async (part: ModelProto, feeds: Record<string, object>) => {
    const program = await (await loadEngine()).load(writeModel(part));
    const results = await program.run(feeds as never);
    await program.dispose();
    return results;
  };

  test("has the outputs that were asked for, the same numbers, and no more inputs than it needs", async () => {
    const whole = await run(model, { x, words });
    const part = cut(model, ["total"]);
    expect(part.graph.input?.map(({ name }) => name)).toEqual(["x"]);
    expect(part.graph.node!.map(({ opType }) => opType)).not.toContain("Scan");
    const results = await run(part, { x });
    expect(Object.keys(results)).toEqual(["total"]);
    expect(results.total!.data).toEqual(whole.total!.data);
  });

  test("may start at a value inside, and leave what lies before it", async () => {
    const code: ValueProto = {
      name: "code",
      type: { tensorType: { elemType: 1, shape: { dim: [{ name: "rows" }, { value: 2 }] } } },
    };
    const encoder = await run(cut(model, [code]), { x });
    const decoder = cut(model, ["y"], [code]);
    expect(decoder.graph.input?.map(({ name }) => name)).toEqual(["code"]);
    const cells = encoder.code!.data as Float32Array;
    const direct = await run(cut(model, ["y"]), { x });
    const results = await run(decoder, { code: { dtype: "float32", shape: [2, 2], data: cells } });
    expect(farthest(results.y!.data as Float32Array, direct.y!.data as Float32Array)).toBeLessThan(
      1e-6,
    );
  });

  test("keeps what its bodies take from outside", async () => {
    const rows = g.input("rows", "float32", ["steps", 2]);
    const w = g.constant("float32", [2], Float32Array.of(2, 3), "w");
    const scale = g.exp(w);
    const { outputs } = g.scan([g.scalar(0)], [rows], ([s], [row]) => ({
      state: [s!],
      outputs: [g.sum(g.mul(row!, scale))],
    }));
    const both = read(
      writeProgram({ inputs: [rows], outputs: { y: outputs[0]!, other: g.neg(rows) } }),
    );
    const part = cut(both, ["y"]);
    expect(part.graph.node!.map(({ opType }) => opType)).toEqual(["Exp", "Scan"]);
    const feed = { dtype: "float32", shape: [1, 2], data: Float32Array.of(1, 1) };
    const results = await run(part, { rows: feed });
    expect(results.y!.data[0]).toBeCloseTo(Math.exp(2) + Math.exp(3), 4);
  });

  test("of a name that is not there is refused", () => {
    expect(() => cut(model, ["nothing"])).toThrow('cut: no value "nothing"');
  });
});

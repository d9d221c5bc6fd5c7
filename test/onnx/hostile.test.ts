import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EspejoError } from "../../src/errors.ts";
import { operatorNames } from "../../src/graph/index.ts";
import { cut, readModel, writeModel } from "../../src/onnx/index.ts";
import type { GraphProto, ModelProto, TensorProto } from "../../src/onnx/model.ts";
import { richModel } from "./models.ts";

const whole = writeModel(richModel());

/**
 * Null for a model that can be read, cut and written; the reason for one that is refused; anything else is
 * a failure.
 */
function reasonOf(bytes: Uint8Array): string | null {
  try {
    const model = readModel(bytes, "m.onnx", operatorNames);
    const outputs = (model.graph.output ?? []).map(({ name }) => name);
    const made = new Set((model.graph.node ?? []).flatMap(({ output = [] }) => output));
    writeModel(
      cut(
        model,
        outputs.filter((name) => made.has(name)),
      ),
    );
    return null;
  } catch (error) {
    if (!(error instanceof EspejoError) || error.code !== "model_damaged") throw error;
    return String(error.parameters.reason);
  }
}

test("a truncated file is refused at every length", () => {
  expect(reasonOf(whole)).toBeNull();
  // the last field is metadata, one message per entry: between two of them a file is whole
  const graphEnd = whole.length - metadataBytes();
  for (let length = 0; length < graphEnd; length++)
    expect(reasonOf(whole.subarray(0, length)), `${length} bytes`).not.toBeNull();
});

function metadataBytes(): number {
  const { metadataProps: _, opsetImport: __, ...rest } = richModel();
  return whole.length - writeModel(rest).length;
}

test("bytes that are no model are refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      expect(reasonOf(bytes)).not.toBeNull();
    }),
    { numRuns: 300 },
  );
});

test("a file with changed, lost or added bytes is refused or read, and nothing else happens", () => {
  const change = fc.record({
    at: fc.nat(whole.length - 1),
    lost: fc.nat(8),
    added: fc.uint8Array({ maxLength: 8 }),
  });
  let refused = 0;
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      let bytes: Uint8Array = whole;
      for (const { at, lost, added } of changes)
        bytes = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + lost)]);
      if (reasonOf(bytes) !== null) refused++;
    }),
    { numRuns: 1000 },
  );
  expect(refused).toBeGreaterThan(500);
});

/** The rich model with another graph. */
const withGraph = (change: Partial<GraphProto>): Uint8Array => {
  const model = richModel();
  return writeModel({ ...model, graph: { ...model.graph, ...change } });
};
const withTensor = (tensor: TensorProto): Uint8Array => withGraph({ initializer: [tensor] });
const withModel = (change: Partial<ModelProto>): Uint8Array =>
  writeModel({ ...richModel(), ...change });

/** Messages in messages, each the graph of the only attribute of the only node of the one before. */
function nested(depth: number): Uint8Array {
  let graph = new Uint8Array();
  for (let i = 0; i < depth; i++) {
    const attribute = new BinaryWriter().tag(6, WireType.LengthDelimited).bytes(graph).finish();
    const node = new BinaryWriter().tag(5, WireType.LengthDelimited).bytes(attribute).finish();
    graph = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(node).finish() as never;
  }
  return new BinaryWriter().tag(7, WireType.LengthDelimited).bytes(graph).finish();
}
/** Groups, an old form that no field of ours has, opened and never closed. */
const groups = (depth: number): Uint8Array => new Uint8Array(depth).fill(((99 << 3) & 0x7f) | 3);

describe("a hostile file is refused with its reason:", () => {
  test.each<[string, () => Uint8Array, string]>([
    ["nothing", () => new Uint8Array(), "it holds no graph with outputs"],
    ["no outputs", () => withGraph({ output: [] }), "it holds no graph with outputs"],
    [
      "data outside the file",
      () =>
        withTensor({
          name: "w",
          dataType: 1,
          dims: [1],
          externalData: [{ key: "location", value: "/etc/passwd" }],
        }),
      'tensor "w" points to data outside the file',
    ],
    [
      "a location alone",
      () => withTensor({ name: "w", dataType: 1, dims: [0], dataLocation: 1 }),
      'tensor "w" points to data outside the file',
    ],
    [
      "an unknown domain",
      () =>
        withGraph({
          node: [{ opType: "Add", domain: "com.evil", input: ["x", "x"], output: ["y"] }],
        }),
      'it holds Add of the unknown domain "com.evil"',
    ],
    [
      "a domain that is only announced",
      () => withModel({ opsetImport: [{ domain: "com.evil", version: 1 }] }),
      'it needs operators of the domain "com.evil"',
    ],
    [
      "an unknown operator",
      () => withGraph({ node: [{ opType: "Loop", output: ["y"] }] }),
      "it holds the operator Loop, which Espejo does not know",
    ],
    [
      "an input that is none",
      () => withGraph({ node: [{ opType: "Max", input: ["x", ""], output: ["y"] }] }),
      "Max lacks its input 2",
    ],
    [
      "an operator without a name",
      () => withGraph({ node: [{ output: ["y"] } as never] }),
      "it holds a node without an operator",
    ],
    [
      "an unknown operator in a body",
      () =>
        withGraph({
          node: [
            {
              opType: "Scan",
              output: ["y"],
              attribute: [{ name: "body", type: 5, g: { node: [{ opType: "If" }] } }],
            },
          ],
        }),
      "it holds the operator If, which Espejo does not know",
    ],
    [
      "operators of the future",
      () => withModel({ opsetImport: [{ domain: "", version: 99 }] }),
      'it needs operator set 99 of "ai.onnx"',
    ],
    [
      "a tensor larger than its bytes",
      () => withTensor({ name: "w", dataType: 1, dims: [1e6, 1e6], rawData: new Uint8Array(8) }),
      'tensor "w" should hold 1000000000000 values and holds 2',
    ],
    [
      "sizes beyond all numbers",
      () =>
        withTensor({
          name: "w",
          dataType: 1,
          dims: new Array(40).fill(2 ** 52),
          rawData: new Uint8Array(8),
        }),
      'tensor "w" should hold Infinity values and holds 2',
    ],
    [
      "empty sizes beyond all numbers",
      () => withTensor({ name: "w", dataType: 1, dims: [...new Array(40).fill(2 ** 52), 0] }),
      'tensor "w" should hold NaN values and holds 0',
    ],
    [
      "a negative size",
      () => withTensor({ name: "w", dataType: 1, dims: [-1, -2], rawData: new Uint8Array(8) }),
      'tensor "w" has a negative size',
    ],
    [
      "a circle",
      () =>
        withGraph({
          node: [
            { opType: "Abs", input: ["b"], output: ["a"] },
            { opType: "Abs", input: ["a"], output: ["b"] },
          ],
        }),
      'Abs uses "b", which nothing before it makes',
    ],
    [
      "an output of nothing",
      () => withGraph({ output: [{ name: "ghost" }] }),
      'nothing makes its output "ghost"',
    ],
    [
      "rows that would swell",
      () =>
        withGraph({
          initializer: [{ name: "sizes", dataType: 7, dims: [2], int64Data: [1, 40e9] }],
          node: [{ opType: "Expand", input: ["x", "sizes"], output: ["y"] }],
        }),
      "Expand would make 40000000000 cells of one",
    ],
    [
      "a padding without measure",
      () =>
        withGraph({
          initializer: [{ name: "pads", dataType: 7, dims: [2], int64Data: [0, 1e7] }],
          node: [{ opType: "Pad", input: ["x", "pads"], output: ["y"] }],
        }),
      "Pad would reach 10000000 cells far",
    ],
    [
      "a padding without measure in a body, by a constant of the graph around it",
      () =>
        withGraph({
          initializer: [{ name: "pads", dataType: 7, dims: [2], int64Data: [0, 1e7] }],
          node: [
            {
              ...{ opType: "Scan", input: ["x"], output: ["y"] },
              attribute: [
                {
                  ...{ name: "body", type: 5 },
                  g: {
                    input: [{ name: "row" }],
                    node: [{ opType: "Pad", input: ["row", "pads"], output: ["wide"] }],
                    output: [{ name: "wide" }],
                  },
                },
              ],
            },
          ],
        }),
      "Pad would reach 10000000 cells far",
    ],
    [
      "a window without measure",
      () =>
        withGraph({
          node: [
            {
              ...{ opType: "Conv", input: ["x", "x"], output: ["y"] },
              attribute: [{ name: "pads", type: 7, ints: [0, 1e7] }],
            },
          ],
        }),
      "Conv would reach 10000000 cells far",
    ],
    ["deep nesting", () => nested(200), "nested more than 32 deep"],
    ["nesting without end", () => nested(4000), "nested more than 32 deep"],
    [
      "text where a number belongs",
      () => new BinaryWriter().tag(7, WireType.Varint).int64(5).finish(),
      "field 7 has wire type 0, which it cannot have",
    ],
    [
      "a part longer than the whole",
      () => new BinaryWriter().tag(7, WireType.LengthDelimited).uint32(4_000_000_000).finish(),
      "field 7 reaches beyond the end (cut off?)",
    ],
  ])("%s", (_, bytes, reason) => {
    expect(reasonOf(bytes())).toBe(reason);
  });

  test("groups within groups", () => {
    expect(reasonOf(groups(10))).not.toBeNull();
    expect(reasonOf(groups(1_000_000))).not.toBeNull();
  });
});

test("what is read takes memory in proportion to the file", () => {
  // the worst that a byte can ask for: empty messages of two bytes each
  const count = 500_000;
  const graph = new Uint8Array(2 * count);
  for (let i = 0; i < count; i++) graph[2 * i] = (1 << 3) | 2;
  const bytes = new BinaryWriter().tag(7, WireType.LengthDelimited).bytes(graph).finish();
  // what else is on the heap, and not yet collected, comes and goes: the least of some is that of reading
  const used = [1, 2, 3].map(() => {
    const before = process.memoryUsage().heapUsed;
    expect(reasonOf(bytes)).not.toBeNull();
    return process.memoryUsage().heapUsed - before;
  });
  expect(Math.min(...used.filter((each) => each > 0))).toBeLessThan(40 * bytes.length);
});

test("a long chain is read, cut and written without a deep stack", () => {
  const length = 60_000;
  const node = Array.from({ length }, (_, i) => ({
    opType: "Abs",
    input: [i === 0 ? "x" : `v${i}`],
    output: [`v${i + 1}`],
  }));
  const long = withGraph({ node, initializer: [], output: [{ name: `v${length}` }] });
  expect(reasonOf(long)).toBeNull();
});

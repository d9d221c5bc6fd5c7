import * as g from "../../src/graph/index.ts";
import { toModel } from "../../src/onnx/index.ts";
import type { ModelProto } from "../../src/onnx/model.ts";

/** A small model with everything that our files hold: a body, strings, floats, names, metadata. */
export function richModel(): ModelProto {
  const x = g.input("x", "float32", ["rows", 3]);
  const words = g.input("words", "string", ["rows", 1]);
  const weight = g.constant(
    "float32",
    [3, 2],
    Float32Array.of(1, 2, 3, 4, 5, 6),
    "encoder.0.weight",
  );
  const code = g.tanh(g.gemm(x, weight));
  const y = g.leakyRelu(g.gemm(code, weight, null, { transB: true }), 0.25);
  const numbers = g.encodeLabels(words, new Map([["sí", 1]]), 0);
  const { outputs } = g.scan([g.scalar(0)], [x], ([s], [row]) => {
    const next = g.add(s!, g.sum(row!));
    return { state: [next], outputs: [next] };
  });
  return toModel(
    {
      inputs: [x, words],
      outputs: {
        y,
        names: g.decodeLabels(numbers, ["no", "sí"], "?"),
        running: outputs[0]!,
        total: g.sum(g.square(g.sub(y, x)), 1),
      },
      names: { code },
    },
    { name: "rich", metadata: { "espejo.kind": "basic", "espejo.note": "año", empty: "" } },
  );
}

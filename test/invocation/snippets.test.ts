import { expect, test } from "vitest";
import { snippetsOf } from "../../src/invocation/snippets.ts";

const model = {
  file: "my model.onnx",
  plain: false,
  numeric: [
    { name: 'net "sum", €', type: "number", value: 3e9 },
    { name: "when", type: "date", value: 19737.5 },
    { name: "gap", type: "number", value: null },
  ],
  categories: [{ name: "kind\\n", type: "category", value: 'a "b"' }],
};

test("names and values stand in each program as it writes them", () => {
  const { node, python, java, shell, serve } = snippetsOf(model);
  expect(node).toContain('"net \\"sum\\", €": 3000000000');
  expect(node).toContain('"when": new Date("2024-01-15T12:00:00.000Z")');
  expect(node).toContain('"gap": null');
  expect(python).toContain('"gap": float("nan")');
  expect(python).toContain('"kind\\\\n": "a \\"b\\""');
  // a whole number beyond those of Java's int
  expect(java).toContain("3000000000d, 19737.5d, Double.NaN");
  // a backslash in a comment would begin a character of Java
  expect(java).toContain("// kind n\n");
  expect(shell).toBe("espejo score new-rows.csv -m 'my model.onnx' -o scores.csv");
  expect(serve).toBe("espejo serve 'my model.onnx'");
});

test("what a model does not take is no input", () => {
  const { python, java } = snippetsOf({ ...model, categories: [] });
  expect(python).not.toContain("categories");
  expect(java).not.toContain("categories");
  const plain = snippetsOf({ ...model, categories: [], plain: true });
  expect(plain.python).toContain('"x": numpy.array');
  expect(plain.java).toContain("float[][] numeric");
});

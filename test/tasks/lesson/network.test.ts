import { describe, expect, test } from "vitest";
import { type Content, kinds } from "../../../src/models/kinds.ts";
import { mse } from "../../../src/nn/index.ts";
import { networkFor } from "../../../src/tasks/lesson/network.ts";
import { ruleOf } from "../../../src/training/optimizers.ts";
import { trainingProgram } from "../../../src/training/program.ts";

const shapes: Readonly<Record<Content, readonly number[]>> = {
  tables: [6],
  images: [4, 4, 1],
  sequences: [5, 2],
};

/** Every name that joins one network, at most one code and any restrictions that take such data. */
function joins(content: Content): readonly string[] {
  const names = (role: string): readonly string[] =>
    kinds
      .filter((kind) => kind.role === role && kind.data.includes(content))
      .map(({ name }) => name)
      .filter((name) => name !== "ensemble");
  const single = names("restriction");
  const restrictions = Array.from({ length: 2 ** single.length }, (_, bits) =>
    single.filter((_, i) => (bits >> i) & 1),
  );
  return names("network").flatMap((network) =>
    [[], ...names("code").map((name) => [name])].flatMap((code) =>
      restrictions.map((set) => [network, ...code, ...set].join("+")),
    ),
  );
}

describe.each(Object.keys(shapes) as Content[])("of %s", (content) => {
  test("all kinds that take such data join, and their objectives have gradients", () => {
    const shape = shapes[content];
    const refused = joins(content).flatMap((kind) => {
      try {
        const model = networkFor({ content, shape }, { kind, latentDim: 2 });
        const { bytes } = trainingProgram(model, mse, ruleOf({ name: "sgd" }), { x: shape });
        return bytes.length > 0 ? [] : [kind];
      } catch (error) {
        return [`${kind}: ${(error as Error).message}`];
      }
    });
    expect(refused).toEqual([]);
  });
});

test("a sparse code that may take any value has the l1 penalty, unless it is told", () => {
  const rows = { content: "tables", shape: [6] } as const;
  const { architecture } = networkFor(rows, { kind: "variational+sparse", latentDim: 2 });
  expect(architecture.sparse).toEqual({ penalty: "l1" });
  const told = () =>
    networkFor(rows, { kind: "variational+sparse", latentDim: 2, sparse: { penalty: "kl" } });
  expect(told).toThrow('needs a code between bounds: latentActivation "sigmoid" or "tanh"');
});

test("hidden layers leave room for a code that is stated, unless they are stated too", () => {
  const rows = { content: "tables", shape: [4], sizes: { hidden: [2], latentDim: 2 } } as const;
  const hidden = (options: object) => networkFor(rows, options).architecture.hidden;
  expect(hidden({})).toEqual([2]);
  expect(hidden({ latentDim: 3 })).toEqual([3]);
  expect(hidden({ latentDim: 3, hidden: [2] })).toEqual([2]);
});

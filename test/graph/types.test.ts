import fc from "fast-check";
import { expect, test } from "vitest";
import { EspejoError } from "../../src/errors.ts";
import * as g from "../../src/graph/index.ts";
import { sumTo } from "../../src/graph/ops/reduce.ts";
import { compute, sizeOf } from "./compute.ts";

const t = (...shape: g.Dim[]): g.Tensor => g.input("t", "float32", shape);
const double = g.input("d", "float64", [2]);

test.each<[string, () => unknown, string]>([
  [
    "gemm",
    () => g.gemm(t(32, 8), t(10, 4)),
    "gemm: inner sizes must agree, got [32, 8] and [10, 4]",
  ],
  [
    "gemm, transposed",
    () => g.gemm(t(8, 32), t(4, 10), null, { transA: true, transB: true }),
    "gemm: inner sizes must agree, got [32, 8] and [10, 4]",
  ],
  [
    "a bias that does not fit",
    () => g.gemm(t(2, 3), t(3, 4), t(3)),
    "gemm: sizes must agree or be 1, got [3] and [2, 4]",
  ],
  [
    "a bias of too many axes",
    () => g.gemm(t(2, 3), t(3, 4), t(5, 2, 4)),
    "gemm: [5, 2, 4] cannot be added to [2, 4]",
  ],
  [
    "a bias that would widen the product",
    () => g.gemm(t(1, 3), t(3, 4), t(5, 4)),
    "gemm: [5, 4] cannot be added to [1, 4]",
  ],
  [
    "matmul",
    () => g.matmul(t(2, 32, 8), t(10, 4)),
    "matmul: inner sizes must agree, got [2, 32, 8] and [10, 4]",
  ],
  ["add", () => g.add(t(2, 3), t(2, 4)), "add: sizes must agree or be 1, got [2, 3] and [2, 4]"],
  [
    "named sizes",
    () => g.add(t("rows", 3), t("steps", 3)),
    "add: sizes must agree or be 1, got [rows, 3] and [steps, 3]",
  ],
  [
    "element types",
    () => g.mul(t(2), double),
    "mul: element types must agree, got float32[2] and float64[2]",
  ],
  ["two numbers", () => g.add(1, 2), "one operand must be a tensor"],
  ["where", () => g.where(t(2), t(2), t(2)), "where: the condition must be bool, got float32[2]"],
  ["reshape", () => g.reshape(t(2, 3), [4]), "reshape: [2, 3] cannot become [4]"],
  [
    "reshape of rows",
    () => g.reshape(t("rows", 6), ["rows", 5]),
    "reshape: [rows, 6] cannot become [rows, 5]",
  ],
  [
    "reshape of two unknowns",
    () => g.reshape(t("a", "b"), ["b", "a"]),
    "reshape: [a, b] cannot become [b, a]",
  ],
  [
    "concat",
    () => g.concat([t(2, 3), t(3, 3)], 1),
    "concat: shapes must agree but for axis 1, got [2, 3] and [3, 3]",
  ],
  [
    "concat of unknown sizes",
    () => g.concat([t("rows", 3), t("rows", 3)], 0),
    "concat: size rows is not known yet",
  ],
  ["split", () => g.split(t(5), [2, 2], 0), "split: the parts must sum to 5, got 2 + 2"],
  ["slice", () => g.slice(t(5), 2, 6, 0), "slice: 2..6 is not within axis 0 of [5]"],
  ["an empty slice", () => g.slice(t(5), 2, 2, 0), "slice: 2..2 is not within axis 0 of [5]"],
  ["pad", () => g.pad(t("rows", 2), 0, 1, 0), "pad: size rows is not known yet"],
  ["an axis", () => g.reduceMax(t(2, 3), 2), "reduceMax: axis must be within [2, 3], got 2"],
  [
    "a negative axis",
    () => g.gather(t(2, 3), g.integers([0]), -3),
    "gather: axis must be within [2, 3], got -3",
  ],
  [
    "a constant",
    () => g.constant("float32", [3], Float32Array.of(1)),
    "constant: [3] needs 3 values, got 1",
  ],
  ["expand", () => g.expandLike(t(2), t(3)), "expand: sizes must agree or be 1, got [2] and [3]"],
])("%s throws where it is written, and says what came", (_, write, message) => {
  expect(write).toThrow(new EspejoError("argument_wrong", { reason: message }));
});

const dim = fc.integer({ min: 1, max: 4 });
const shape = fc.array(dim, { maxLength: 4 });

/** A shape and one that broadcasts to it: some axes 1, some leading ones gone. */
const narrowed = shape.chain((full) =>
  fc
    .tuple(
      fc.array(fc.boolean(), { minLength: full.length, maxLength: full.length }),
      fc.nat(full.length),
    )
    .map(([ones, gone]) => ({ full, narrow: full.map((d, i) => (ones[i] ? 1 : d)).slice(gone) })),
);

test("broadcasting keeps a shape that others broadcast to, in any order and grouping", () => {
  fc.assert(
    fc.property(narrowed, narrowed, ({ full, narrow }, other) => {
      expect(g.broadcast("t", full, narrow)).toEqual(full);
      expect(g.broadcast("t", narrow, full)).toEqual(full);
      const attempt = (...shapes: g.Shape[]): g.Shape | null => {
        try {
          return g.broadcast("t", ...shapes);
        } catch {
          return null;
        }
      };
      const joined = attempt(narrow, other.full);
      expect(attempt(other.full, narrow)).toEqual(joined);
      if (joined) expect(attempt(joined, narrow)).toEqual(joined);
    }),
  );
});

test("the shape of an elementwise result is the one that the engine gives", async () => {
  await fc.assert(
    fc.asyncProperty(narrowed, narrowed, async (a, b) => {
      fc.pre(a.full.length === b.full.length && a.full.every((d, i) => d === b.full[i]));
      const y = g.add(t(...a.narrow), g.input("u", "float32", b.narrow));
      const given = [a.narrow, b.narrow].map((s) => ({
        shape: s,
        cells: new Array<number>(sizeOf(s)).fill(1),
      }));
      const inputs = [y.node.inputs[0]!, y.node.inputs[1]!];
      const results = await compute(
        inputs,
        { y, sizes: g.shapeOf(g.input("y", "float32", y.shape)) },
        given,
      );
      expect(results.y).toHaveLength(sizeOf(y.shape as number[]));
    }),
    { numRuns: 20 },
  );
});

test("sumTo brings a broadcast gradient back to the shape it came from", () => {
  fc.assert(
    fc.property(narrowed, ({ full, narrow }) => {
      expect(sumTo(t(...full), t(...narrow)).shape).toEqual(narrow);
    }),
  );
});

test("sumTo of ones counts the cells that one cell was copied to", async () => {
  await fc.assert(
    fc.asyncProperty(narrowed, async ({ full, narrow }) => {
      const x = t(...full);
      const { y } = await compute([x], { y: sumTo(x, g.input("like", "float32", narrow)) }, [
        { shape: full, cells: new Array<number>(sizeOf(full)).fill(1) },
      ]);
      expect(new Set(y)).toEqual(new Set([sizeOf(full) / sizeOf(narrow)]));
    }),
    { numRuns: 30 },
  );
});

test("reshaping back gives the shape that was there, and wrong sizes are refused", () => {
  fc.assert(
    fc.property(shape, shape, (from, to) => {
      const x = t(...from);
      if (sizeOf(from) === sizeOf(to))
        expect(g.reshape(g.reshape(x, to), from).shape).toEqual(from);
      else expect(() => g.reshape(x, to)).toThrow("cannot become");
    }),
  );
});

test("transposing by an order and by its inverse gives the shape that was there", () => {
  const ordered = fc
    .array(dim, { minLength: 1, maxLength: 4 })
    .chain((sizes) =>
      fc.tuple(
        fc.constant(sizes),
        fc.shuffledSubarray([...sizes.keys()], { minLength: sizes.length }),
      ),
    );
  fc.assert(
    fc.property(ordered, ([sizes, order]) => {
      const there = g.transpose(t(...sizes), order);
      const back = order.map((_, i) => order.indexOf(i));
      expect(there.shape).toEqual(order.map((i) => sizes[i]));
      expect(g.transpose(there, back).shape).toEqual(sizes);
    }),
  );
});

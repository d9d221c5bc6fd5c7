import { describe, expect, test } from "vitest";
import { EspejoError } from "../../src/errors.ts";
import * as g from "../../src/graph/index.ts";
import {
  activationOf,
  activations,
  type Context,
  inference,
  initializers,
  type Loss,
  losses,
  mixed,
  type NoiseKind,
  observedMean,
  reduceErrors,
  sequence,
  weightPenalty,
} from "../../src/nn/index.ts";
import { random } from "../../src/random.ts";
import { compute, farthest, type Given } from "../graph/compute.ts";
import { golden } from "../training/golden.ts";

const matrix = (rows: readonly (readonly number[])[]): Given => ({
  shape: [rows.length, rows[0]!.length],
  cells: rows.flat(),
});

test.each(Object.keys(activations))("%s is that of Keras", async (name) => {
  const { x, y } = golden.activations;
  const input = g.input("x", "float32", ["rows", x.length]);
  const results = await compute([input], { y: activationOf(name)(input) }, [matrix([x])]);
  expect(farthest(results.y!, y[name]!)).toBeLessThan(1e-6);
});

test("an unknown activation is refused with the names of the known", () => {
  expect(() => activationOf("swoosh")).toThrow(
    /^activation: one of linear, relu, .* got "swoosh"$/,
  );
  expect(() => activationOf("toString")).toThrow(EspejoError);
});

describe("a loss", () => {
  const { target, output, probability, values, classes, logits, entropy } = golden.losses;
  const of = async (
    loss: Loss,
    y: (x: g.Tensor) => g.Tensor,
    rows: number[][],
    wanted: number[][],
  ) => {
    const x = g.input("x", "float32", ["rows", rows[0]!.length]);
    const t = g.input("t", "float32", ["rows", wanted[0]!.length]);
    const errors = loss.errors(y(x), t);
    return compute([x, t], { mean: g.mean(errors, 1), errors }, [matrix(rows), matrix(wanted)]);
  };
  const same = (x: g.Tensor): g.Tensor => x;
  const logit = (p: number): number => Math.log(p / (1 - p));

  test.each([
    ["mse", losses.mse!, same, output],
    ["mae", losses.mae!, same, output],
    ["huber", losses.huber!, same, output],
    ["binaryCrossentropy of logits", losses.binaryCrossentropy!, g.sigmoid, output],
    ["binaryCrossentropy of probabilities", losses.binaryCrossentropy!, same, probability],
  ])("%s is that of Keras", async (name, loss, y, rows) => {
    const { mean } = await of(loss, y, rows, target);
    expect(farthest(mean!, values[name]!)).toBeLessThan(1e-5);
  });

  test("by cross-entropy stays exact and finite for logits of any size", async () => {
    const rows = [[-200, 200, 0, logit(0.25)]];
    const { errors } = await of(losses.binaryCrossentropy!, g.sigmoid, rows, [[1, 1, 0.5, 0]]);
    expect(farthest(errors!, [200, 0, Math.log(2), -Math.log(0.75)])).toBeLessThan(1e-6);
  });

  test("of a mixed table is squared errors, then the cross-entropy of each block", async () => {
    const rows = output.map((row, i) => [...row.slice(0, 2), ...logits[i]!, ...row.slice(2, 4)]);
    const wanted = target.map((row, i) => [
      ...row.slice(0, 2),
      ...classes[i]!,
      ...(i % 2 ? [1, 0] : [0, 1]),
      9, // a column that is only an input
    ]);
    const { errors } = await of(mixed({ numeric: 2, categories: [4, 2] }), same, rows, wanted);
    const expected = rows.flatMap((row, i) => {
      const pair = row.slice(6);
      const own = pair[i % 2 ? 0 : 1]!;
      return [
        ...[0, 1].map((j) => (row[j]! - wanted[i]![j]!) ** 2),
        entropy[i]!,
        Math.log(Math.exp(pair[0]!) + Math.exp(pair[1]!)) - own,
      ];
    });
    expect(farthest(errors!, expected)).toBeLessThan(2e-6);
  });

  test("of categories alone is cross-entropy alone", async () => {
    const { errors } = await of(mixed({ numeric: 0, categories: [4] }), same, logits, classes);
    expect(farthest(errors!, entropy)).toBeLessThan(2e-6);
  });

  test("counts observed cells only, row by row", async () => {
    const errors = g.input("e", "float32", ["rows", 3]);
    const mask = g.input("m", "float32", ["rows", 3]);
    const given = [
      matrix([
        [1, 2, 6],
        [4, 5, 9],
        [7, 8, 9],
      ]),
      matrix([
        [1, 1, 1],
        [1, 0, 0],
        [0, 0, 0],
      ]),
    ];
    const mean = reduceErrors(errors, { mask, weight: null });
    const outputs = { rows: observedMean(errors, mask), mean };
    const results = await compute([errors, mask], outputs, given);
    expect(farthest(results.rows!, [3, 4, 0])).toBeLessThan(1e-6);
    expect(results.mean![0]).toBeCloseTo(7 / 3, 6);
  });
});

test("a row's weight multiplies its mean error, with gaps and without", async () => {
  const errors = g.input("e", "float32", ["rows", 2]);
  const mask = g.input("m", "float32", ["rows", 2]);
  const weight = g.input("w", "float32", ["rows", 1]);
  const given = [
    matrix([
      [1, 3],
      [4, 6],
    ]),
    matrix([
      [1, 1],
      [0, 1],
    ]),
    matrix([[2], [0.5]]),
  ];
  const outputs = {
    masked: reduceErrors(errors, { mask, weight }),
    whole: reduceErrors(errors, { mask: null, weight }),
  };
  const results = await compute([errors, mask, weight], outputs, given);
  expect(results).toEqual({ masked: [(2 * 2 + 0.5 * 6) / 2], whole: [(2 * 2 + 0.5 * 5) / 2] });
});

describe("normalization", () => {
  const { gamma, beta, batches, trained, inferred, layer } = golden.normalization;
  const x = g.input("x", "float32", ["batch", 3]);
  const vector = (name: string): g.Tensor => g.input(name, "float32", [3]);
  const of = (kind: "batchNormalization" | "layerNormalization") =>
    sequence("n", [{ layer: kind }], [3]);

  test("by batch gives what Keras gives, and moves its statistics as Keras does", async () => {
    const names = ["gamma", "beta", "mean", "variance"];
    const inputs = [x, ...names.map(vector)];
    const parameters = Object.fromEntries(names.map((name, i) => [`n.0.${name}`, inputs[i + 1]!]));
    const updates: Record<string, g.Tensor> = {};
    const context: Context = {
      ...inference,
      training: true,
      update: (name, value) => {
        updates[name] = value;
      },
    };
    const y = of("batchNormalization").apply(parameters, x, context);
    let [mean, variance] = [
      [0, 0, 0],
      [1, 1, 1],
    ];
    const rest = () => [gamma, beta, mean, variance].map((cells) => ({ shape: [3], cells }));
    for (const [i, batch] of batches.entries()) {
      const outputs = { y, mean_: updates["n.0.mean"]!, variance_: updates["n.0.variance"]! };
      const results = await compute(inputs, outputs, [matrix(batch), ...rest()]);
      expect(farthest(results.y!, trained[i]!.y.flat())).toBeLessThan(1e-5);
      expect(farthest(results.mean_!, trained[i]!.mean)).toBeLessThan(1e-6);
      expect(farthest(results.variance_!, trained[i]!.variance)).toBeLessThan(1e-6);
      [mean, variance] = [results.mean_!, results.variance_!];
    }
    const still = of("batchNormalization").apply(parameters, x, inference);
    const results = await compute(inputs, { still }, [matrix(batches[0]!), ...rest()]);
    expect(farthest(results.still!, inferred.flat())).toBeLessThan(1e-5);
  });

  test("by row gives what Keras gives", async () => {
    const inputs = [x, vector("gamma"), vector("beta")];
    const y = of("layerNormalization").apply(
      { "n.0.gamma": inputs[1]!, "n.0.beta": inputs[2]! },
      x,
      inference,
    );
    const given = [matrix(batches[0]!), { shape: [3], cells: gamma }, { shape: [3], cells: beta }];
    const results = await compute(inputs, { y }, given);
    expect(farthest(results.y!, layer.flat())).toBeLessThan(1e-5);
  });
});

describe("noise while training", () => {
  const x = g.input("x", "float32", ["batch", 4]);
  const noise = g.input("noise", "float32", ["batch", 4]);
  const asked: NoiseKind[] = [];
  const training: Context = {
    ...inference,
    training: true,
    noise: (kind) => {
      asked.push(kind);
      return noise;
    },
  };
  const cells = [matrix([[1, 2, 3, 4]]), matrix([[0.1, 0.74, 0.76, 0.99]])];

  test("dropout drops its share and scales up the rest, so that the mean stays", async () => {
    const layer = sequence("d", [{ layer: "dropout", rate: 0.25 }], [4]);
    const { y } = await compute([x, noise], { y: layer.apply({}, x, training) }, cells);
    expect(farthest(y!, [1 / 0.75, 2 / 0.75, 0, 0])).toBeLessThan(1e-6);
    expect(asked.pop()).toBe("uniform");
    expect(layer.apply({}, x, inference)).toBe(x);
  });

  test("Gaussian noise is added with its deviation", async () => {
    const layer = sequence("d", [{ layer: "gaussianNoise", deviation: 2 }], [4]);
    const { y } = await compute([x, noise], { y: layer.apply({}, x, training) }, cells);
    expect(farthest(y!, [1.2, 3.48, 4.52, 5.98])).toBeLessThan(1e-6);
    expect(asked.pop()).toBe("normal");
    expect(layer.apply({}, x, inference)).toBe(x);
  });
});

describe("initial values", () => {
  const deviationOf = (values: Float32Array): number =>
    Math.sqrt(values.reduce((total, v) => total + v * v, 0) / values.length);

  test.each(golden.initializers)("$name of $shape spread as far as those of Keras", (each) => {
    const values = initializers[each.name](each.shape, random(1));
    const extreme = values.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    expect(values).toHaveLength(each.shape.reduce((a, b) => a * b));
    expect(deviationOf(values) / each.deviation).toBeCloseTo(1, 1);
    expect(extreme / each.extreme).toBeCloseTo(1, 2);
  });

  test.each([[[6, 4]], [[4, 6]], [[5, 5]]])("orthogonal ones of %j are orthonormal", (shape) => {
    const values = initializers.orthogonal(shape, random(1));
    const [rows, columns] = shape as [number, number];
    const count = Math.min(rows, columns);
    const vector = (k: number): number[] =>
      rows >= columns
        ? Array.from({ length: rows }, (_, i) => values[i * columns + k]!)
        : [...values.subarray(k * columns, (k + 1) * columns)];
    for (let a = 0; a < count; a++)
      for (let b = 0; b <= a; b++) {
        const dot = vector(a).reduce((total, v, i) => total + v * vector(b)[i]!, 0);
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 5);
      }
  });

  test("are the same for the same seed and others for another", () => {
    for (const draw of [
      initializers.glorotUniform,
      initializers.heNormal,
      initializers.orthogonal,
    ]) {
      expect(draw([4, 3], random(7))).toEqual(draw([4, 3], random(7)));
      expect(draw([4, 3], random(7))).not.toEqual(draw([4, 3], random(8)));
    }
    expect(new Set(initializers.zeros([3]))).toEqual(new Set([0]));
    expect(new Set(initializers.ones([3]))).toEqual(new Set([1]));
  });
});

test("a weight penalty sums over weights and not over biases", async () => {
  const weight = g.input("w", "float32", [2, 2]);
  const bias = g.input("b", "float32", [2]);
  const parameters = { "encoder.0.weight": weight, "encoder.0.bias": bias };
  const penalty = weightPenalty(parameters, { l1: 0.5, l2: 0.25 })!;
  const given = [
    matrix([
      [1, -2],
      [3, -4],
    ]),
    { shape: [2], cells: [100, 100] },
  ];
  const results = await compute([weight, bias], { penalty }, given);
  expect(results.penalty).toEqual([0.5 * 10 + 0.25 * 30]);
  expect(weightPenalty(parameters, {})).toBeNull();
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { openTable } from "../../../src/data/tables/open.ts";
import { loadEngine } from "../../../src/engine/node.ts";
import { gradient, input, slice, sum } from "../../../src/graph/index.ts";
import { sd } from "../../../src/metrics/statistics.ts";
import { makeModel } from "../../../src/models/kinds.ts";
import { inference } from "../../../src/nn/index.ts";
import {
  influence,
  latentMap,
  reduce,
  studyArrays,
  studyReduction,
  train,
} from "../../../src/node.ts";
import { writeProgram } from "../../../src/onnx/index.ts";
import { random } from "../../../src/random.ts";
import { ladderFor } from "../../../src/tasks/reduce/reduction.ts";
import { splitInThree, splitUnlabelled, thinned } from "../../../src/tasks/rows/split.ts";
import { parameterConstants } from "../../../src/training/layout.ts";
import { mixedCsv, scratch } from "../tables.ts";

/** Rows of 12 columns that are mixtures of three factors with a little noise, and a class by the first factor. */
function factorsCsv(name: string, rows: number): string {
  const source = random(5);
  const loadings = Array.from({ length: 12 }, () => [
    source.normal(),
    source.normal(),
    source.normal(),
  ]);
  const lines = Array.from({ length: rows }, () => {
    const f = [source.normal(), source.normal(), source.normal()];
    const cells = loadings.map((w) =>
      w.reduce((total, weight, j) => total + weight * f[j]!, 0.1 * source.normal()).toFixed(4),
    );
    return [...cells, f[0]! > 0 ? "up" : "down"].join(",");
  });
  const head = [...loadings.map((_, j) => `c${j + 1}`), "class"].join(",");
  const path = join(scratch, name);
  writeFileSync(path, `${[head, ...lines].join("\n")}\n`);
  return path;
}

describe("the study of a reduction", () => {
  test("finds how many factors there are, and PCA the better tool for mixtures of them", async () => {
    const steps: number[] = [];
    const study = await studyReduction(factorsCsv("factors.csv", 800), {
      ...{ label: "class", epochs: 40, learningRate: 0.01 },
      onStep: ({ latentDim }) => steps.push(latentDim),
    });
    expect(study.rows).toEqual({ train: 640, validate: 80, test: 80 });
    expect(study.meanError).toBeGreaterThan(0.8);
    expect(steps).toEqual(ladderFor(12));
    expect(study.choice).toMatchObject({ latentDim: 3, rule: "elbow" });
    const at = (size: number) => study.steps.find(({ latentDim }) => latentDim === size)!;
    expect(at(3).pca).toBeLessThan(0.05);
    expect(at(3).explained).toBeGreaterThan(0.95);
    expect(at(2).autoencoder).toBeGreaterThan(2 * at(3).autoencoder!);
    // beyond the elbow nothing is trained
    expect(at(8).autoencoder).toBeNull();
    expect(study.difference).toMatchObject({ clear: true });
    expect(study.difference!.mean).toBeGreaterThan(0);
    expect(study.closer).toBeLessThan(0.5);
    expect(study.neighbours!.pca!.trustworthiness).toBeGreaterThan(0.98);
    expect(study.classes).toMatchObject({ k: 5, rows: 80 });
    expect(study.classes!.pca).toBeGreaterThan(study.classes!.commonest + 0.2);
  });

  test("keeps to the size and the ladder that are asked for", async () => {
    const path = factorsCsv("asked.csv", 300);
    const options = { latentDim: 2, epochs: 2, ignore: ["class"] };
    const study = await studyReduction(path, options);
    expect(study.choice).toEqual({ latentDim: 2, rule: "stated", depth: 0 });
    const trained = study.steps.filter(({ autoencoder }) => autoencoder !== null);
    expect(trained.map(({ latentDim }) => latentDim)).toEqual([2]);
    expect(study.classes).toBeNull();
    const wide = await studyReduction(path, { ...options, latentDim: 1, sizes: [5, 1] });
    expect(wide.steps.map(({ latentDim }) => latentDim)).toEqual([1, 5]);
  });

  test("takes categories, dates and missing cells, and the usual size where nothing is shared", async () => {
    const mixed = await studyReduction(mixedCsv("mixed.csv", 300), { epochs: 3, sizes: [1, 2] });
    expect(mixed.steps.every(({ autoencoder }) => Number.isFinite(autoencoder))).toBe(true);
    const source = random(8);
    const noise = Array.from({ length: 400 }, () =>
      Array.from({ length: 6 }, () => source.normal().toFixed(4)).join(","),
    );
    const path = join(scratch, "noise.csv");
    writeFileSync(path, `a,b,c,d,e,f\n${noise.join("\n")}\n`);
    const { choice } = await studyReduction(path, { epochs: 30 });
    expect(choice).toMatchObject({ latentDim: 2, rule: "flat" });
    // the usual size is trained even where the ladder leaves it out
    const { steps } = await studyReduction(path, { epochs: 3, sizes: [1] });
    expect(steps.map(({ latentDim }) => latentDim)).toEqual([1, 2]);
    expect(steps[1]!.autoencoder).toBeGreaterThan(0);
  });

  test("takes images, and looks for their classes", async () => {
    const [rows, data, labels] = [200, new Float32Array(200 * 36), [] as string[]];
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < 6; k++) data[i * 36 + (i % 2 ? k * 6 + (i % 6) : (i % 6) * 6 + k)] = 255;
      labels.push(i % 2 ? "upright" : "flat");
    }
    const arrays = arraysFromData({ data, shape: [rows, 6, 6, 1], labels });
    const study = await studyArrays(arrays, { sizes: [1, 4], epochs: 40, learningRate: 0.01 });
    expect(study.cells).toBe(36);
    expect(study.steps[1]!.autoencoder).toBeLessThan(study.steps[0]!.autoencoder!);
    expect(study.classes!.autoencoder).toBeGreaterThan(0.5);
  });
});

describe("what a latent variable moves", () => {
  test("is, for a linear autoencoder, the decoder's weights in deviations", async () => {
    const table = await openTable(factorsCsv("linear.csv", 400), { ignore: ["class"] });
    const { model, fitted } = await train(table, {
      ...{ hidden: [], activation: "linear", latentDim: 3, epochs: 30, learningRate: 0.01 },
    });
    const found = await influence(model, table);
    const weights = fitted.parameters["decoder.0.weight"]!;
    const columns = Array.from({ length: 12 }, (_, j) => `c${j + 1}`);
    const codes: number[] = [];
    const cells: number[] = [];
    for await (const batch of model.batches(table)) {
      const { latent, prepared } = await model.run(["latent", "prepared"], batch);
      codes.push(...(latent!.data as Float32Array));
      cells.push(...(prepared!.data as Float32Array));
    }
    const deviation = (values: readonly number[], width: number, j: number): number =>
      sd(values.filter((_, i) => i % width === j));
    for (const { latent, columns: moved, share } of found) {
      const j = latent - 1;
      for (const { column, mean, strength } of moved) {
        const c = columns.indexOf(column);
        const expected = (weights[j * 12 + c]! * deviation(codes, 3, j)) / deviation(cells, 12, c);
        expect(mean).toBeCloseTo(expected, 3);
        expect(strength).toBeCloseTo(Math.abs(expected), 3);
      }
      expect(moved.map(({ strength }) => strength)).toEqual(
        moved.map(({ strength }) => strength).sort((a, b) => b - a),
      );
      expect(share).toBeGreaterThan(0);
    }
    expect(found.reduce((all, { share }) => all + share, 0)).toBeCloseTo(1, 6);
    await table.dispose();
  });

  test("is, for a deep one, the gradient of its graph averaged over rows", async () => {
    const table = await openTable(factorsCsv("deep.csv", 300), { ignore: ["class"] });
    const { model, fitted } = await train(table, { latentDim: 2, epochs: 20, learningRate: 0.01 });
    const found = await influence(model, table);
    const network = makeModel(model.metadata.architecture as never);
    const code = input("code", "float32", ["rows", 2]);
    const y = network.decode(parameterConstants(network, fitted.parameters), code, inference);
    const outputs = Object.fromEntries(
      Array.from({ length: 12 }, (_, j) => [
        `d${j}`,
        gradient(sum(slice(y, j, j + 1, 1)), [code])[0]!,
      ]),
    );
    const engine = await loadEngine();
    const program = await engine.load(writeProgram({ inputs: [code], outputs }));
    const codes: number[] = [];
    const cells: number[] = [];
    for await (const batch of model.batches(table)) {
      const { latent, prepared } = await model.run(["latent", "prepared"], batch);
      codes.push(...(latent!.data as Float32Array));
      cells.push(...(prepared!.data as Float32Array));
    }
    const slopes = await program.run({
      code: { dtype: "float32", shape: [300, 2], data: Float32Array.from(codes) },
    });
    for (const { latent, columns } of found)
      for (const { column, mean, strength } of columns) {
        const j = Number(column.slice(1)) - 1;
        const own = (slopes[`d${j}`]!.data as Float32Array).filter((_, i) => i % 2 === latent - 1);
        const scale =
          sd(codes.filter((_, i) => i % 2 === latent - 1)) /
          sd(cells.filter((_, i) => i % 12 === j));
        const average = (values: Float32Array): number =>
          (scale * values.reduce((a, b) => a + b, 0)) / values.length;
        expect(mean).toBeCloseTo(average(own), 2);
        expect(strength).toBeCloseTo(average(own.map(Math.abs)), 2);
      }
    await program.dispose();
    await table.dispose();
  });

  test("names the values of categories", async () => {
    const path = mixedCsv("values.csv", 300);
    const table = await openTable(path, { label: "class" });
    const { model } = await reduce(table, { latentDim: 2, epochs: 20, learningRate: 0.01 });
    const [first] = await influence(model, table);
    const values = first!.columns.filter(({ column }) => column === "kind");
    expect(values.map(({ value }) => value).sort()).toEqual(["(other)", "high", "low"]);
    const strength = (wanted: string): number =>
      values.find(({ value }) => value === wanted)!.strength;
    expect(strength("high")).toBeGreaterThan(0);
    // never seen, so it never moves
    expect(strength("(other)")).toBe(0);
    await model.dispose();
    await table.dispose();
  });
});

test("a label is not learnt from, and no row is left out for its class", async () => {
  const path = factorsCsv("label.csv", 200);
  const options = { latentDim: 2, epochs: 2 };
  const [labelled, ignored] = [
    await reduce(path, { ...options, label: "class" }),
    await reduce(path, { ...options, ignore: ["class"] }),
  ];
  expect(labelled.model.metadata.training.rows).toMatchObject({
    train: 180,
    validate: 20,
    test: 0,
  });
  expect(await labelled.encode(path)).toEqual(await ignored.encode(path));
});

describe("the map of codes", () => {
  const codes = (latentDim: number) => {
    const source = random(2, latentDim);
    const data = Float32Array.from({ length: 50 * latentDim }, () => source.normal());
    return { data, shape: [50, latentDim] };
  };

  test("is the codes themselves where there are two, and a line where there is one", () => {
    const two = codes(2);
    const map = latentMap(two, { colour: Array.from({ length: 50 }, String) });
    expect(map.axes).toBe("latent");
    expect([...map.x]).toEqual([...two.data.filter((_, i) => i % 2 === 0)]);
    expect(map.shares[0] + map.shares[1]).toBeCloseTo(1, 6);
    expect(map.colour).toHaveLength(50);
    const line = latentMap(codes(1));
    expect([line.shares, [...new Set(line.y)]]).toEqual([[1, 0], [0]]);
    expect(() => latentMap(two, { colour: ["red"] })).toThrow("50 rows need as many colours");
  });

  test("is their principal components where there are more", () => {
    const given = codes(4);
    given.data.forEach((value, i) => {
      if (i % 4 === 3) given.data[i] = 10 * value;
    });
    const { axes, shares, x } = latentMap(given);
    expect(axes).toBe("components");
    expect(shares[0]).toBeGreaterThan(0.9);
    const fourth = given.data.filter((_, i) => i % 4 === 3);
    const distance = Math.abs(x[0]! - x[1]!) / Math.abs(fourth[0]! - fourth[1]!);
    expect(distance).toBeCloseTo(1, 1);
  });
});

describe("the rows of a comparison", () => {
  test("are split in three, whatever their number", () => {
    expect(splitInThree(1000, 1).counts).toEqual({
      ...{ train: 800, validate: 100, calibrate: 0, test: 100, out: 0 },
    });
    expect(splitInThree(3, 1).counts).toMatchObject({ train: 1, validate: 1, test: 1 });
    expect(splitInThree(2, 1).counts).toMatchObject({ train: 2, test: 0 });
    expect(splitInThree(1000, 1).partOf).not.toEqual(splitInThree(1000, 2).partOf);
  });

  test("are thinned alike in all parts", () => {
    const whole = splitUnlabelled(10_000, 3);
    const thin = thinned(whole, 1000, 3);
    const { train, validate, out } = thin.counts;
    expect([train + validate, out]).toEqual([1000, 9000]);
    expect(validate).toBeGreaterThan(60);
    expect(validate).toBeLessThan(140);
    thin.partOf.forEach((part, row) => {
      if (part !== 4) expect(part).toBe(whole.partOf[row]);
    });
    expect(thinned(whole, 10_000, 3)).toBe(whole);
  });
});

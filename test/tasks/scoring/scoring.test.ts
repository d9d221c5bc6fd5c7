import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inverse, Matrix } from "ml-matrix";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import { openTable } from "../../../src/data/tables/open.ts";
import type { Table } from "../../../src/data/terms/table.ts";
import { rocAuc } from "../../../src/metrics/index.ts";
import { cut } from "../../../src/onnx/index.ts";
import { random } from "../../../src/random.ts";
import type { TrainTableOptions } from "../../../src/tasks/lesson/train-table-options.ts";
import { floatValue, ModelFile } from "../../../src/tasks/model/model-file.ts";
import type { RawRows } from "../../../src/tasks/model/raw-rows.ts";
import { tableFeeds } from "../../../src/tasks/model/table-feeds.ts";
import { TableModel } from "../../../src/tasks/model/table-model.ts";
import { parts } from "../../../src/tasks/rows/split.ts";
import { explainRows, scoreRows } from "../../../src/tasks/score/score.ts";
import { type ScoreName, scoreNames } from "../../../src/tasks/scoring/score-names.ts";
import { type TrainedTable, train } from "../../../src/tasks/train/train.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { mixedCsv, scratch } from "../tables.ts";

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});

let table: Table;
beforeAll(async () => {
  table = await openTable(mixedCsv("scores.csv", 400), { ignore: ["class"] });
  open.push(table);
});

async function trained(score: ScoreName, more: TrainTableOptions = {}) {
  const result = await train(table, { epochs: 8, seed: 5, score, ...more });
  open.push(result.model);
  return result;
}

/** All rows of the table in one piece. */
async function allRows(model: TableModel): Promise<RawRows> {
  const [numeric, categories]: [number[], string[]] = [[], []];
  for await (const batch of model.batches(table)) {
    numeric.push(...batch.numeric);
    categories.push(...batch.categories);
  }
  return { rows: table.rows, numeric: Float64Array.from(numeric), categories };
}

/** Residuals by column, computed here: null where the cell is missing. */
async function residualsOf({ model }: TrainedTable): Promise<(number | null)[][]> {
  const rows = await allRows(model);
  const [p, q] = [model.numericColumns.length, model.categoryColumns.length];
  const file = await ModelFile.from(model.bytes, "cut");
  open.push(file);
  const inside = ["prepared", "mask", "decoded"].map((name) => floatValue(name, ["rows", name]));
  const { prepared, mask, decoded } = await file.run(
    "inside",
    () => cut(file.proto, inside),
    tableFeeds(rows, p, q),
  );
  const row = (value: typeof prepared, i: number): number[] => {
    const cells = Array.from(value!.data as Float32Array);
    const width = cells.length / rows.rows;
    return cells.slice(i * width, (i + 1) * width);
  };
  return Array.from({ length: rows.rows }, (_, i) => {
    const [x, y] = [row(prepared, i), row(decoded, i)];
    const numbers = x.slice(0, p).map((value, j) => y[j]! - value);
    // one category column: its block follows the numbers
    const logits = y.slice(p).map(Math.exp);
    const actual = x.slice(p, p + logits.length).indexOf(1);
    const unlikely = 1 - logits[actual]! / logits.reduce((a, b) => a + b);
    return row(mask, i).map((there, j) => (there === 1 ? [...numbers, unlikely][j]! : null));
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

/** Scores of all rows, and their errors. */
async function outputsOf(model: TableModel): Promise<{ error: number[][]; score: number[] }> {
  const rows = await allRows(model);
  const { error, score } = await model.run(["error", "score"], rows);
  const cells = Array.from(error!.data as Float32Array);
  const width = cells.length / rows.rows;
  return {
    error: Array.from({ length: rows.rows }, (_, i) => cells.slice(i * width, (i + 1) * width)),
    score: Array.from(score!.data as Float32Array),
  };
}

/** Root mean squares of the residuals of the rows that judge, and those rows. */
function judges({ split }: TrainedTable, residuals: readonly (number | null)[][]) {
  const rows = residuals.filter((_, i) => split.partOf[i] === parts.validate);
  const deviations = residuals[0]!.map((_, j) => {
    const there = rows.map((row) => row[j]!).filter((value) => value !== null);
    return Math.sqrt(mean(there.map((value) => value * value)) + 1e-4);
  });
  return { rows, deviations };
}

const near = (actual: number, expected: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThan(2e-4 * Math.max(1, Math.abs(expected)));

describe("a table scores by the formula that was asked for", () => {
  test.each([
    ["absolute", (r: number) => Math.abs(r)],
    ["standardised", (r: number, d: number) => (r / d) ** 2],
  ] as const)("%s", async (name, formula) => {
    const result = await trained(name);
    const residuals = await residualsOf(result);
    const { deviations } = judges(result, residuals);
    const { error, score } = await outputsOf(result.model);
    let gaps = 0;
    residuals.forEach((row, i) => {
      const wanted = row.map((r, j) => (r === null ? null : formula(r, deviations[j]!)));
      gaps += wanted.filter((value) => value === null).length;
      wanted.forEach((value, j) => {
        near(error[i]![j]!, value ?? 0);
      });
      near(score[i]!, mean(wanted.filter((value) => value !== null)));
    });
    expect(gaps).toBeGreaterThan(10);
    expect(result.model.metadata.training.options.score).toBe(name);
  });

  test("mahalanobis: the parts of a row without gaps add up to r' S^-1 r", async () => {
    const result = await trained("mahalanobis");
    const residuals = await residualsOf(result);
    const { rows, deviations } = judges(result, residuals);
    const p = deviations.length;
    // Ledoit and Wolf (2004) by its definition, on standardised residuals
    const z = rows.map((row) => row.map((r, j) => (r ?? 0) / deviations[j]!));
    const products = z.map((row) => row.map((a) => row.map((b) => a * b)));
    const C = z[0]!.map((_, i) => z[0]!.map((_, j) => mean(products.map((each) => each[i]![j]!))));
    const m = mean(C.map((row, i) => row[i]!));
    const distance = (A: number[][], B: number[][]): number =>
      A.flatMap((row, i) => row.map((a, j) => (a - B[i]![j]!) ** 2)).reduce((a, b) => a + b);
    const identity = C.map((_, i) => C.map((_, j) => (i === j ? m : 0)));
    const off = mean(products.map((each) => distance(each, C))) / rows.length;
    const share = Math.min(1, Math.max(0.01, off / distance(C, identity)));
    const S = C.map((row, i) =>
      row.map((c, j) => (i === j ? 1 : (1 - share) * c) * deviations[i]! * deviations[j]!),
    );
    const inverted = inverse(new Matrix(S)).to2DArray();
    const { error, score } = await outputsOf(result.model);
    let whole = 0;
    residuals.forEach((row, i) => {
      const r = row.map((value) => value ?? 0);
      const form = mean(
        r.map((a, j) => r.reduce((sum, b, k) => sum + a * b * inverted[j]![k]!, 0)),
      );
      expect(error[i]!.every((each) => each >= 0)).toBe(true);
      if (row.includes(null)) {
        expect(score[i]!).toBeLessThan((form * p) / (p - 1) + 1e-3);
        row.forEach((value, j) => {
          if (value === null) expect(error[i]![j]).toBe(0);
        });
        return;
      }
      whole++;
      expect(Math.abs(score[i]! - form)).toBeLessThan(2e-3 * Math.max(1, form));
      near(mean(error[i]!), score[i]!);
    });
    expect(whole).toBeGreaterThan(300);
  });

  test("probability: minus the mean log likelihood over draws of the code", async () => {
    const seed = 5;
    const result = await trained("probability", {
      ...{ seed, kind: "variational", hidden: [6], latentDim: 2 },
      variational: { variance: 0.5 },
    });
    const { model, fitted } = result;
    const { error, score } = await outputsOf(model);
    const rows = await allRows(model);
    const [p, q] = [model.numericColumns.length, model.categoryColumns.length];
    const { latent, prepared, mask } = await model.run(["latent", "prepared", "mask"], rows);
    const cells = (value: typeof latent, i: number): number[] => {
      const all = Array.from(value!.data as Float32Array);
      const width = all.length / rows.rows;
      return all.slice(i * width, (i + 1) * width);
    };
    const dense = (x: readonly number[], name: string): number[] => {
      const weight = fitted.parameters[`${name}.weight`]!;
      const bias = fitted.parameters[`${name}.bias`]!;
      return Array.from(bias, (b, j) =>
        x.reduce((sum, value, i) => sum + value * weight[i * bias.length + j]!, b),
      );
    };
    // the same normal numbers, drawn here
    const source = random(seed, 9);
    const noise = Array.from({ length: 16 }, () => [source.normal(), source.normal()]);
    const file = await ModelFile.from(model.bytes, "cut");
    open.push(file);
    const decode = async (codes: readonly number[][]): Promise<number[][]> => {
      const data = Float32Array.from(codes.flat());
      const { decoded } = await file.run(
        "decode",
        () =>
          cut(
            file.proto,
            [floatValue("decoded", ["rows", "columns"])],
            [floatValue("latent", ["rows", 2])],
          ),
        { latent: { dtype: "float32", shape: [codes.length, 2], data } },
      );
      const width = decoded!.data.length / codes.length;
      const all = Array.from(decoded!.data as Float32Array);
      return codes.map((_, i) => all.slice(i * width, (i + 1) * width));
    };
    for (let i = 0; i < 60; i++) {
      const x = cells(prepared, i);
      const there = cells(mask, i);
      const s = dense(dense(x, "encoder.0").map(Math.tanh), "logVariance.0");
      const codes = noise.map((draw) =>
        cells(latent, i).map((m, k) => m + Math.exp(s[k]! / 2) * draw[k]!),
      );
      const surprises = (await decode(codes)).map((y) => [
        ...x.slice(0, p).map((v, j) => (y[j]! - v) ** 2 + Math.log(2 * Math.PI * 0.5) / 2),
        Math.log(y.slice(p).reduce((sum, z) => sum + Math.exp(z), 0)) -
          y.slice(p).reduce((sum, z, k) => sum + z * x[p + k]!, 0),
      ]);
      const wanted = there.map((one, j) => one * mean(surprises.map((each) => each[j]!)));
      expect(wanted).toHaveLength(p + q);
      wanted.forEach((value, j) => {
        near(error[i]![j]!, value);
      });
      near(score[i]!, wanted.reduce((a, b) => a + b) / there.reduce((a, b) => a + b));
    }
  });
});

test.each(scoreNames)(
  "%s: a file that is read again scores the same, twice the same bytes",
  async (name) => {
    const more = name === "probability" ? { kind: "variational" } : {};
    const [one, two] = [await trained(name, more), await trained(name, more)];
    expect(Buffer.from(one.model.bytes).equals(two.model.bytes)).toBe(true);
    const read = await TableModel.from(one.model.bytes, "again");
    open.push(read);
    expect(await read.checkGolden()).toBeNull();
    expect((await outputsOf(read)).score).toEqual((await outputsOf(one.model)).score);
  },
);

test("squared is what a model does that was asked for nothing", async () => {
  const asked = await trained("squared");
  const plain = await train(table, { epochs: 8, seed: 5 });
  open.push(plain.model);
  expect(await outputsOf(asked.model)).toEqual(await outputsOf(plain.model));
  expect(plain.model.metadata.training.options.score).toBeUndefined();
});

test("a reason tells the probability of a category where the error does", async () => {
  const probabilityOf = async (name: ScoreName): Promise<number | undefined> => {
    const { model } = await trained(name);
    const row = {
      rows: 1,
      numeric: Float64Array.from([19_886.5, 9.96, 4.6, 0, 0]),
      categories: ["low"],
    };
    const [reasons] = await explainRows(model, row, [0]);
    return reasons!.find(({ column }) => column === "kind")?.probability;
  };
  const [squared, absolute] = [await probabilityOf("squared"), await probabilityOf("absolute")];
  expect(absolute).toBeCloseTo(squared!, 4);
  expect(await probabilityOf("standardised")).toBeUndefined();
});

test("scores that do not go together with the kind or the rows are refused before training", async () => {
  await expect(trained("probability")).rejects.toThrow("probability needs a variational kind");
  await expect(trained("absolute", { kind: "ensemble" })).rejects.toThrow("a score of its own");
  await expect(trained("cubed" as ScoreName)).rejects.toThrow('got "cubed"');
  const images = arraysFromData({ data: new Float32Array(20 * 600), shape: [20, 30, 20, 1] });
  await expect(trainArrays(images, { score: "mahalanobis" })).rejects.toThrow("at most 512 cells");
});

describe("images and sequences", () => {
  const source = random(8);
  const rows = 80;
  /** Waves [rows, 8, 2], some steps missing. */
  const waves = Float32Array.from({ length: rows * 16 }, (_, at) =>
    at % 37 === 5 ? Number.NaN : Math.sin(Math.floor(at / 16) + (at % 16)) + 0.1 * source.normal(),
  );
  const images = Float32Array.from({ length: rows * 16 }, () => 255 * source.uniform());
  const cases = [
    ...(["absolute", "standardised", "mahalanobis"] as const).flatMap((score) => [
      ["images", "basic", score] as const,
      ["sequences", "recurrent", score] as const,
    ]),
    ["images", "variational", "probability"] as const,
    ["images", "convolutional+variational", "probability"] as const,
    ["sequences", "recurrent+variational+denoising", "probability"] as const,
    ["sequences", "convolutional+variational", "probability"] as const,
  ];
  test.each(cases)("%s, %s: %s", async (content, kind, score) => {
    const shape = content === "images" ? [rows, 4, 4, 1] : [rows, 8, 2];
    // networks of convolutions take sequences without gaps only
    const whole = kind.startsWith("convolutional");
    const data = content === "images" ? images : whole ? waves.map((v) => v || 0) : waves;
    const arrays = arraysFromData({ data, shape });
    const result = await trainArrays(arrays, { kind, score, epochs: 2, latentDim: 2, seed: 1 });
    open.push(result.model);
    const outputs = await result.model.run(["error", "score", "reconstruction"], data, rows);
    expect(outputs.error!.shape).toEqual(shape);
    const { mean: centre, deviation } = result.model.metadata.scale;
    const features = shape.at(-1)!;
    const residual = Array.from(outputs.reconstruction!.data as Float32Array, (y, at) => {
      const r = (y - data[at]!) / deviation[at % features]!;
      expect(centre).toHaveLength(features);
      return Number.isNaN(r) ? null : r;
    });
    const deviations = Array.from({ length: 16 }, (_, k) => {
      const own = residual.filter(
        (r, at) =>
          at % 16 === k &&
          r !== null &&
          result.split.partOf[Math.floor(at / 16)] === parts.validate,
      ) as number[];
      return Math.sqrt(own.reduce((sum, r) => sum + r * r, 0) / Math.max(1, own.length) + 1e-4);
    });
    const error = Array.from(outputs.error!.data as Float32Array);
    for (let i = 0; i < rows; i++) {
      const own = error.slice(16 * i, 16 * i + 16);
      const there = residual.slice(16 * i, 16 * i + 16);
      const seen = own.filter((_, k) => there[k] !== null);
      near((outputs.score!.data as Float32Array)[i]!, mean(seen));
      own.forEach((e, k) => {
        const r = there[k];
        if (r === null) expect(e).toBe(0);
        else if (score === "absolute") near(e, Math.abs(r!));
        else if (score === "standardised") near(e, (r! / deviations[k]!) ** 2);
        else expect(Number.isFinite(e)).toBe(true);
      });
    }
  });
});

describe("each score finds what the others miss", () => {
  /** How well a score tells broken rows, which come after the normal ones that train. */
  async function aucOf(
    score: ScoreName,
    row: (broken: boolean, normal: () => number) => number[],
  ): Promise<number> {
    const source = random(4);
    const rows = Array.from({ length: 1200 }, (_, i) => row(i % 20 === 9, () => source.normal()));
    const columns = rows[0]!.map((_, j) => `c${j}`);
    const path = join(scratch, `auc-${score}.csv`);
    const lines = rows.map((cells, i) => [...cells.map((c) => c.toFixed(5)), i % 20 === 9 ? 1 : 0]);
    writeFileSync(path, [[...columns, "broken"], ...lines].map((l) => l.join(",")).join("\n"));
    const own = await openTable(path, { label: "broken" });
    open.push(own);
    const options = { epochs: 40, seed: 2, latentDim: 1, hidden: [8], learningRate: 3e-3 };
    const result = await train(own, { ...options, score });
    open.push(result.model);
    const scores: number[] = [];
    for await (const batch of scoreRows(result.model, own)) scores.push(...batch.score);
    return rocAuc(
      scores,
      rows.map((_, i) => Number(i % 20 === 9)),
    );
  }

  test("standardised: a column that is rebuilt well breaks by little, beside noise", async () => {
    const row = (broken: boolean, normal: () => number): number[] => {
      const u = normal();
      return [
        u,
        2 * u + (broken ? 1.5 * Math.sign(normal()) : 0),
        -u,
        normal(),
        normal(),
        normal(),
      ];
    };
    const [plain, standardised] = [await aucOf("squared", row), await aucOf("standardised", row)];
    expect(standardised).toBeGreaterThan(0.9);
    expect(standardised).toBeGreaterThan(plain + 0.05);
  });

  test("mahalanobis: residuals that go together break apart", async () => {
    const row = (broken: boolean, normal: () => number): number[] => {
      const [u, v, w] = [normal(), normal(), normal()];
      // the code holds u; v and w are left to the residuals, in two columns each
      const sign = broken ? -1 : 1;
      return [
        ...[3 * u, 3 * u + 0.1 * normal(), 3 * u + 0.1 * normal()],
        ...[v, sign * v + 0.2 * normal(), w, sign * w + 0.2 * normal()],
      ];
    };
    const [plain, apart] = [await aucOf("standardised", row), await aucOf("mahalanobis", row)];
    expect(apart).toBeGreaterThan(0.8);
    expect(apart).toBeGreaterThan(plain + 0.2);
  });
});

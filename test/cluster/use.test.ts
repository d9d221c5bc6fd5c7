import { copyFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Connection } from "../../src/cluster/connection.ts";
import { encodeOnCluster } from "../../src/cluster/encode.ts";
import { evaluateOnCluster } from "../../src/cluster/evaluate.ts";
import { formatOfPath } from "../../src/cluster/output.ts";
import { scoreOnCluster } from "../../src/cluster/score.ts";
import { openTable } from "../../src/data/tables/open.ts";
import type { TableModel } from "../../src/tasks/model/table-model.ts";
import { train } from "../../src/tasks/train/train.ts";
import { espejo } from "../cli/helpers.ts";
import { mixedCsv } from "../tasks/tables.ts";

const path = mixedCsv("cluster.csv", 300);
const data = { path };
let model: TableModel;
beforeAll(async () => {
  const table = await openTable(path, { label: "class", time: "when" });
  const options = { kind: "basic", hidden: [4], latentDim: 2, epochs: 2, seed: 3 };
  ({ model } = await train(table, { ...options, threshold: "budget:3/month" }));
  await table.dispose();
});
afterAll(() => model.dispose());

interface Request {
  readonly to: string;
  readonly naming: readonly string[];
  readonly [name: string]: unknown;
}

/** A cluster that has the rows of the file, and answers as it is told. */
function clusterThat(answers: Readonly<Record<string, object>>, rows = 300) {
  const asked: Record<string, Request> = {};
  const connection: Connection = {
    versions: { spark: "4", pyspark: "4", runtime: "1", python: "3" },
    async ask<T>(name: string, request: object = {}): Promise<T> {
      asked[name] = request as Request;
      if (name === "head") return { lines: null } as T;
      if (name === "sample") {
        copyFileSync(path, asked.sample!.to);
        return { rows, sampled: 300 } as T;
      }
      return answers[name] as T;
    },
    end: async () => {},
  };
  return { asked, use: { connection, model, data } };
}

const column = { missing: 0, outside: 0, minimum: 0, maximum: 1, sample: [0, 1, null] };
const seen = {
  rows: 300,
  numbers: Array.from({ length: 5 }, () => column),
  texts: [{ missing: 0, unseen: 300, only: "new", sample: ["new"] }],
  twins: [[], []],
};

test("rows are scored as the file names and dates them, and what they come to is told", async () => {
  const answer = { rows: 300, anomalies: 7, open: 1, days: [19_723, 19_782], seen };
  const { use, asked } = clusterThat({ score: answer }, 40_000);
  const told = await scoreOnCluster(use, { path: "out.csv", format: "csv" }, { reasons: "all" });
  expect(asked.score).toMatchObject({
    ...{ naming: ["id", "when"], reasons: "all", language: "en", days: "when" },
    // of 40,000 rows a quarter is kept to see how columns are distributed
    watch: { share: 0.25, twins: true },
    output: { path: "out.csv", format: "csv", overwrite: false },
  });
  expect(asked.score!.model).toBe(Buffer.from(model.bytes).toString("base64"));
  expect(told).toMatchObject({ rows: 300, anomalies: 7, open: 1 });
  expect(told.verdicts).toEqual([
    expect.objectContaining({
      parameters: expect.objectContaining({ flagged: 7, span: [2, "month"] }),
    }),
  ]);
  expect(told.drift.map(({ code, parameters }) => [code, parameters.column])).toEqual([
    ["drift_constant", "kind"],
  ]);
});

test("codes are asked for as scores are", async () => {
  const { use, asked } = clusterThat({ encode: { rows: 300 } });
  expect(await encodeOnCluster(use, { table: "codes", overwrite: true })).toEqual({ rows: 300 });
  expect(asked.encode!.output).toEqual({ table: "codes", overwrite: true });
});

test("figures that are not known are NaN, as they are on one machine", async () => {
  const told = { rows: 3, anomalies: 0, rocAuc: null, rocAucInterval: [null, null], pca: null };
  const { use, asked } = clusterThat({ evaluate: told });
  const figures = await evaluateOnCluster(use, { normal: ["fine"] });
  expect(asked.evaluate).toMatchObject({ label: "class", normal: ["fine"] });
  expect(figures).toMatchObject({ rows: 3, rocAuc: Number.NaN, pca: null });
  expect(figures.rocAucInterval).toEqual([Number.NaN, Number.NaN]);
  await expect(evaluateOnCluster(use, { label: "klass" })).rejects.toMatchObject({
    code: "label_missing",
  });
});

test("the ending of a folder says what Spark writes into it", () => {
  const paths = ["a.parquet", "s3a://lake/b.CSV", "c.ndjson/", "d.json"];
  expect(paths.map(formatOfPath)).toEqual(["parquet", "csv", "json", "json"]);
  expect(() => formatOfPath("scores.xlsx")).toThrow(/got "scores.xlsx"/);
  expect(() => formatOfPath("scores")).toThrow(/\.parquet, \.csv/);
});

test.each([
  ["cluster score x.csv -m m.onnx", "name once where the rows go"],
  ["cluster score x.csv -m m.onnx -o a.csv --output-table b", "name once where the rows go"],
  ["cluster encode x.csv -m m.onnx -o a.xlsx", "-o: a folder that ends in .parquet"],
  ["cluster score -m m.onnx -o a.csv", "name what to read once"],
  ["cluster evaluate x.csv --sql q -m m.onnx", "name what to read once"],
  ["cluster evaluate x.csv", "needs a model"],
])("%s is refused before Spark starts", async (words, message) => {
  const { code, err } = await espejo(words.split(" "));
  expect(code).toBe(2);
  expect(err).toContain(message);
});

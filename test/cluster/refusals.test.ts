import { describe, expect, test } from "vitest";
import type { Connection } from "../../src/cluster/connection.ts";
import { type ClusterTrainOptions, trainOnCluster } from "../../src/cluster/train.ts";
import { errorText } from "../../src/error-text.ts";
import { EspejoError } from "../../src/errors.ts";

/** A cluster that nobody may ask for anything. */
const silent: Connection = {
  versions: { spark: "4.0.0", pyspark: "4.0.0", runtime: "1.0.0", python: "3.11" },
  ask: (name) => Promise.reject(new Error(`asked for ${name}`)),
  end: async () => {},
};

const refusalOf = (options: object): Promise<EspejoError> =>
  trainOnCluster(silent, { path: "t.parquet" }, options as ClusterTrainOptions).then(
    () => expect.fail("it trained"),
    (error) => error,
  );

describe("what a cluster has not", () => {
  test.each([
    ["pca", { pca: true }],
    ["split", { split: "time" }],
    ["engine", { engine: "wasm" }],
    ["--threshold budget:3/day", { threshold: "budget:3/day" }],
  ])("%s is refused before Spark is asked for anything", async (option, options) => {
    const error = await refusalOf(options);
    expect(error).toMatchObject({ code: "cluster_option", parameters: { option } });
    const [english, spanish] = (["en", "es"] as const).map((language) =>
      errorText(error, language),
    );
    const reason = String(error.parameters.reason);
    expect(english).toContain(reason);
    expect(spanish).not.toContain(reason);
  });

  test("what it has goes on to Spark", async () => {
    await expect(refusalOf({ split: "hash", partitions: 2 })).resolves.toMatchObject({
      message: "asked for head",
    });
  });
});

test("what a column should have held is told in the language of the person", () => {
  const error = new EspejoError("cluster_column", {
    ...{ path: "t.csv", column: "x", count: 9, rows: 10, type: "number", value: "a" },
  });
  expect(errorText(error, "es")).toContain("no son un número");
});

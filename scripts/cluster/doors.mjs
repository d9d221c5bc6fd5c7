// The other ways to a cluster: from a notebook, through Spark Connect, of tables, queries and text files.
import { readFileSync } from "node:fs";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";
import { connectPython } from "./python.mjs";
import { must } from "./stage.mjs";
import { base, baseModel, clusterWords, machineModel } from "./training.mjs";

const packages = fileURLToPath(new URL("../../cluster", import.meta.url));
/** What a notebook sets: where our package is, and which Python workers use. */
const notebookOf = ({ python }) => ({
  PYTHONPATH: [packages, process.env.PYTHONPATH].filter(Boolean).join(delimiter),
  PYSPARK_PYTHON: python,
});

/** `from espejo_spark import score, train` on a DataFrame. */
export async function notebook({ stage, check }) {
  await check("what goes to workers needs no package of ours there", () => {
    const { count, wrong } = stage.script("travels.py", [], notebookOf(stage));
    must(Object.keys(wrong).length === 0, JSON.stringify(wrong));
    return `${count} functions and classes`;
  });
  const words = ["--master", stage.cluster.url, "--data", stage.data("one")];
  await check("a notebook scores a DataFrame", async () => {
    const { model } = await baseModel(stage);
    const told = stage.script("notebook.py", [...words, "--model", model], notebookOf(stage));
    must(told.rows === Math.min(60_000, stage.rows), `${told.rows} rows`);
    must(told.columns[0] === "id" && told.columns[1] === "amount", `columns ${told.columns}`);
    const best = await highestOfMachine(stage, model);
    must(
      best.every((score, i) => Math.abs(score / told.highest[i][1] - 1) < 1e-5),
      `the highest scores are ${told.highest.map((each) => each[1])}, not ${best}`,
    );
    return told.highest[0].join(" ");
  });
  await check(
    "a notebook trains on a DataFrame",
    async () => {
      const model = stage.file("notebook.onnx");
      stage.script("notebook.py", [...words, "--model", model, "--train"], notebookOf(stage));
      const line = clusterWords(stage, { of: "one", epochs: 2 });
      const cluster = await stage.trained("cluster-of-notebook", line);
      must(
        readFileSync(model).equals(readFileSync(cluster.model)),
        "the model has other bytes than that of the command line",
      );
    },
    { full: true },
  );
}

async function highestOfMachine(stage, model) {
  const words = ["score", stage.data("one"), "-m", model, "--top", "3"];
  const { last } = await stage.does(words);
  return last.rows.map(({ score }) => score);
}

/** Through Spark Connect, by a client without Spark's own files: the same bytes, the same scores. */
export async function connect({ stage, check }) {
  let server;
  const through = async () => {
    server ??= await stage.cluster.startConnect({ "spark.executor.memory": "1g" });
    return { ...stage, place: ["--connect", server.url, "--python", connectPython()] };
  };
  await check(
    "a training through Spark Connect: the same bytes",
    async () => {
      const { model } = await baseModel(stage);
      const other = await stage.trained("connect", clusterWords(await through()));
      must(readFileSync(model).equals(readFileSync(other.model)), "the model has other bytes");
    },
    { full: true },
  );
  await check(
    "scores through Spark Connect",
    async () => {
      const { model } = await baseModel(stage);
      const [data, to] = [stage.data("plain"), stage.file("connect.parquet")];
      const { place } = await through();
      await stage.does(["cluster", "score", data, "-m", model, "-o", to, ...place]);
      const machine = stage.file("connect-machine.parquet");
      await stage.does(["score", data, "-m", model, "-o", machine]);
      const told = stage.script("compare.py", [to, machine]);
      must(told.sameNames && told.apart.score <= 1e-5, JSON.stringify(told));
      return `at most ${told.apart.score.toExponential(1)} apart`;
    },
    { full: true },
  );
  await server?.stop();
}

/** Text files as a Spanish program writes them, queries, tables. */
export async function otherData({ stage, check }) {
  await check(
    "CSV with semicolons, decimal commas, Latin-1 and dd/mm/yyyy",
    async () => {
      const words = clusterWords(stage, { of: "csv", partitions: 1 });
      const cluster = await stage.trained("cluster-csv", words);
      const machine = await machineModel(stage, { of: "csv", epochs: base.epochs });
      const losses = [cluster, machine].map(({ done }) => done.validationLoss);
      must(Math.abs(losses[0] / losses[1] - 1) < 1e-3, `losses ${losses.join(" beside ")}`);
      const [to, own] = [stage.file("csv-cluster.parquet"), stage.file("csv-machine.parquet")];
      const data = stage.data("csv");
      await stage.does(["cluster", "score", data, "-m", cluster.model, "-o", to, ...stage.place]);
      await stage.does(["score", data, "-m", cluster.model, "-o", own]);
      const told = stage.script("compare.py", [to, own]);
      must(told.sameNames && told.apart.score <= 1e-5, JSON.stringify(told));
      return `losses ${losses.map((loss) => loss.toFixed(4)).join(" beside ")}, scores at most ${told.apart.score.toExponential(1)} apart`;
    },
    { full: true },
  );
  const folder = () => stage.data("plain").replace(/\/[^/]*$/, "");
  for (const [name, of] of [
    ["--sql", () => `select * from parquet.\`${folder()}\``],
    ["--table", () => `parquet.\`${folder()}\``],
  ])
    await check(
      `${name}: the bytes of its files`,
      async () => {
        const { model } = await baseModel(stage);
        const words = clusterWords(stage).filter((word) => word !== stage.data("plain"));
        const other = await stage.trained(`by${name}`, [...words, name, of()]);
        const [own, others] = [model, other.model].map((path) => readFileSync(path));
        must(own.equals(others), "the model has other bytes");
      },
      { full: true },
    );
}

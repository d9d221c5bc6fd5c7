// Scores, codes and figures of a cluster beside those of one machine, by the same model file.
import { must } from "./stage.mjs";
import { baseModel } from "./training.mjs";

const near = 1e-5;

/** Every row has the score, the verdict and the reasons that one machine gives it. */
export async function score({ stage, check }) {
  for (const of of ["plain", "skewed"])
    await check(
      `scores of all rows: ${of}`,
      async () => {
        const { model } = await baseModel(stage);
        const told = await bothWays(stage, "score", of, model);
        must(told.apart.score <= near, `scores are ${told.apart.score} apart`);
        // a score at the threshold, and two columns that are as wrong, may fall either way
        const most = 1e-4 * told.rows;
        const other = Object.entries(told.differ).filter(([, count]) => count > most);
        must(other.length === 0, `other ${other.map((each) => each.join(": ")).join(", ")}`);
        return `${told.rows} rows, at most ${told.apart.score.toExponential(1)} apart`;
      },
      { full: of === "skewed" },
    );
  await check(
    "codes of all rows",
    async () => {
      const { model } = await baseModel(stage);
      const { apart, rows } = await bothWays(stage, "encode", "plain", model);
      const most = Math.max(...Object.values(apart));
      must(Object.keys(apart).length > 1 && most <= near, JSON.stringify(apart));
      return `${rows} rows, at most ${most.toExponential(1)} apart`;
    },
    { full: true },
  );
}

/** Runs a command on the cluster and on this machine, and compares what they wrote. */
async function bothWays(stage, verb, of, model) {
  const data = stage.data(of);
  const files = ["cluster", "machine"].map((where) => stage.file(`${verb}-${of}-${where}.parquet`));
  await stage.does(["cluster", verb, data, "-m", model, "-o", files[0], ...stage.place]);
  await stage.does([verb, data, "-m", model, "-o", files[1]]);
  const told = stage.script("compare.py", files);
  must(told.sameNames, `${told.clusterRows} rows, not ${told.rows}, or others`);
  const absent = told.columns.filter((name) => !told.clusterColumns.includes(name));
  must(absent.length === 0, `${absent} are not there`);
  return told;
}

/** The figures of an evaluation are those of one machine. */
export async function evaluate({ stage, check }) {
  await check("an evaluation", async () => {
    const { model } = await baseModel(stage);
    const words = [stage.data("plain"), "-m", model];
    const cluster = (await stage.does(["cluster", "evaluate", ...words, ...stage.place])).last;
    const machine = (await stage.does(["evaluate", ...words])).last;
    for (const name of ["rocAuc", "averagePrecision", "precision", "recall", "f1", "threshold"])
      must(
        Math.abs(cluster[name] - machine[name]) <= 1e-4,
        `${name} is ${cluster[name]}, not ${machine[name]}`,
      );
    for (const name of ["rows", "anomalies"])
      must(cluster[name] === machine[name], `${name}: ${cluster[name]}, not ${machine[name]}`);
    return `ROC AUC ${cluster.rocAuc.toFixed(4)} of ${cluster.rows} rows`;
  });
}

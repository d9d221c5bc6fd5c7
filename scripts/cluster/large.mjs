// Millions of rows, with one worker and with two: rows a second, and memory; beside what Spark's own library does.
import { watchMemory } from "./memory.mjs";
import { descendants } from "./processes.mjs";
import { must } from "./stage.mjs";
import { clusterWords } from "./training.mjs";

/** How many times the rows of the other checks: 0.2, 1 and 5 million. */
const times = [1, 5, 25];
const rounds = 4;
const memory = ["--conf", "spark.executor.memory=2g"];

/** Training and scoring of 5 million rows; that the driver does not grow with rows. */
export async function large({ stage, check }) {
  const sizes = times.map((each) => each * stage.rows);
  const most = sizes.at(-1);
  const measured = new Map();
  /** What a training of so many rows on so many workers came to, done once. */
  const training = async (size, workers) => {
    const key = `${size}-${workers}`;
    if (!measured.has(key)) measured.set(key, await trainingOf(stage, size, workers));
    return measured.get(key);
  };
  await check(
    "the driver's memory does not grow with rows",
    async () => {
      const peaks = [];
      for (const size of sizes) peaks.push((await training(size, 2)).peaks);
      const told = peaks.map(
        ({ node, python, java, executors }, i) =>
          `${sizes[i].toLocaleString("en")} rows: Node ${node} MB, Python ${python} MB, Java ${java} MB, executors ${executors} MB`,
      );
      const grown = ["node", "python"].map((name) => peaks.at(-1)[name] - peaks[0][name]);
      must(Math.max(...grown) < 300, told.join("; "));
      return told.join("; ");
    },
    { full: true },
  );
  await check(
    "training: rows a second with one worker and two",
    async () => {
      const [one, two] = [await training(most, 1), await training(most, 2)];
      return `${speeds(one.rowsPerSecond, two.rowsPerSecond)}; all of it ${one.seconds.toFixed(0)} s and ${two.seconds.toFixed(0)} s; ROC AUC ${two.done.evaluation.rocAuc.toFixed(4)}`;
    },
    { full: true },
  );
  await check(
    "scoring: rows a second with one worker and two",
    async () => {
      const { model } = await training(most, 2);
      const [one, two] = [
        await scoringOf(stage, model, most, 1),
        await scoringOf(stage, model, most, 2),
      ];
      return speeds(one, two);
    },
    { full: true },
  );
  await check(
    "beside Spark ML's PCA",
    async () => {
      const { done, seconds } = await training(most, 2);
      const words = ["--master", stage.cluster.url, "--data", stage.data("plain", { size: most })];
      const peer = stage.script("peer.py", [...words, "--conf", "spark.executor.memory=2g"]);
      return `PCA: ${peer.columns} columns, fitted in ${peer.fitSeconds.toFixed(0)} s, scored in ${peer.scoreSeconds.toFixed(0)} s, ROC AUC ${peer.rocAuc.toFixed(4)}; autoencoder: ${seconds.toFixed(0)} s, ROC AUC ${done.evaluation.rocAuc.toFixed(4)}`;
    },
    { full: true },
  );
}

const speeds = (one, two) =>
  `${Math.round(one)} and ${Math.round(two)} rows a second, efficiency ${(two / one / 2).toFixed(2)}`;

const coresOf = (workers) => ["--conf", `spark.cores.max=${workers}`, ...memory];

/** A training with what memory it took; rows a second are those of the rounds after the first. */
async function trainingOf(stage, size, workers) {
  const model = stage.file(`large-${size}-${workers}.onnx`);
  const data = stage.data("plain", { size });
  const words = clusterWords(
    { ...stage, data: () => data },
    { partitions: 8, epochs: rounds, more: coresOf(workers) },
  );
  const { value, peaks } = await watched(stage, () =>
    stage.does([...words, "-o", model, "--run", `${model}-run`], { limit: 3000 }),
  );
  const { events, last: done, seconds } = value;
  const { rows } = events.find(({ event }) => event === "network");
  const later = events.filter(({ event, epoch }) => event === "epoch" && epoch > 1);
  const time = later.reduce((sum, { seconds }) => sum + seconds, 0);
  return { model, done, seconds, peaks, rowsPerSecond: (rows.train * later.length) / time };
}

async function scoringOf(stage, model, size, workers) {
  const data = stage.data("plain", { size });
  const to = stage.file(`large-${workers}-scores.parquet`);
  const words = ["cluster", "score", data, "-m", model, "-o", to, ...stage.place];
  const { seconds } = await stage.does([...words, ...coresOf(workers)], { limit: 3000 });
  return size / seconds;
}

/** Peak memory of a command's processes, and of the executors, while it runs. */
async function watched(stage, work) {
  let pid;
  const watch = watchMemory(() => {
    pid ??= descendants(process.pid).find(({ command }) => command.includes("cluster train"))?.pid;
    const own = pid === undefined ? [] : descendants(pid);
    const of = (part) => own.filter(({ command }) => command.includes(part)).map(({ pid }) => pid);
    const executors = stage.cluster.executors().map((one) => one.pid);
    return {
      node: pid === undefined ? [] : [pid],
      python: of("espejo_spark.bridge"),
      java: of("SparkSubmit"),
      executors: executors.flatMap((each) => [each, ...descendants(each).map((one) => one.pid)]),
    };
  });
  try {
    return { value: await work(), peaks: watch.stop() };
  } finally {
    watch.stop();
  }
}

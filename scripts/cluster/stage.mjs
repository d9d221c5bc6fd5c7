// What all parts of the cluster's check share: a cluster, rows, models that are trained once, and what must hold.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { espejo, espejoDoes } from "./command.mjs";
import { javaHome } from "./java.mjs";
import { sparkPython } from "./python.mjs";
import { startCluster } from "./standalone.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Throws `message` where something does not hold. */
export function must(holds, message) {
  if (!holds) throw new Error(message);
}

/**
 * A cluster of two workers with one core each, a folder, and rows in it.
 * @returns `cluster`; `folder`; `python`; how many `rows` there usually are; `place`, the words that name the cluster to a command; `file(name)`; `data(name)`,
 * a pattern of Parquet files (plain, sorted, skewed, one, nested) or CSV (csv), made when they are asked for; `script(name,
 * words)`, what a Python script of the check prints as JSON; `command(words, options)` and `does(words, options)`, commands
 * of Espejo where Java is found; `trained(name)`, `{ model, done, events }` of a training that is done once; `dispose()`.
 */
export async function openStage({ rows }) {
  const [python, java] = [sparkPython(), javaHome()];
  const folder = mkdtempSync(join(tmpdir(), "espejo-cluster-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const began = performance.now();
  const cluster = await startCluster({ python, java, workers: 2, cores: 1, memory: "3g" });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`a master and two workers of one core at ${cluster.url}, in ${seconds} s`);
  const env = { JAVA_HOME: java, SPARK_LOCAL_IP: "127.0.0.1", SPARK_LOCAL_DIRS: folder };
  const made = new Map();
  const trainings = new Map();
  const stage = {
    ...{ cluster, folder, python, env, rows },
    place: ["--master", cluster.url, "--python", python, "--spark-log", join(folder, "spark.log")],
    file: (name) => join(folder, name),
    data(name, { size = rows } = {}) {
      const place = join(folder, name === "plain" ? `plain-${size}` : name);
      if (!made.has(place)) {
        made.set(place, true);
        const words =
          name === "plain"
            ? ["made", place, "--rows", `${size}`]
            : [name, place, "--of", join(stage.data("plain"), "..")];
        runPython(python, "data.py", words, env);
      }
      return join(place, name === "csv" ? "*.csv" : "*.parquet");
    },
    script: (name, words, more = {}) =>
      JSON.parse(runPython(python, name, words, { ...env, ...more })),
    command: (words, options) => espejo(words, { ...{ env, cwd: folder }, ...options }),
    does: (words, options) => espejoDoes(words, { ...{ env, cwd: folder }, ...options }),
    async trained(name, words) {
      if (!trainings.has(name)) {
        const model = join(folder, `${name}.onnx`);
        const work = stage.does([...words, "-o", model, "--run", join(folder, `run-${name}`)]);
        trainings.set(
          name,
          work.then(({ events, last: done }) => ({ model, events, done })),
        );
      }
      return trainings.get(name);
    },
    async dispose() {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

/** What a script beside this one prints. */
function runPython(python, name, words, env) {
  const { status, stdout, stderr } = spawnSync(python, [here(name), ...words], {
    ...{ encoding: "utf8", maxBuffer: 1 << 28, env: { ...process.env, ...env } },
  });
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.slice(-1500)}`);
  return stdout;
}

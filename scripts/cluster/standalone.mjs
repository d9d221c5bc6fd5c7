// A standalone cluster of Spark on this machine: a master and workers, each a process of its own, on free ports of
// 127.0.0.1 and in a temporary folder; and a server of Spark Connect. All of it ends with the script that started it.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { killGroup, processes } from "./processes.mjs";

/** Milliseconds that a process has to say that it is ready. */
const startTime = 60_000;

/**
 * Starts a master and workers of the Spark that a Python has.
 * @param options `python`, `java` (its home), how many `workers`, and of each `cores` and `memory` such as "2g".
 * @returns `url`; `workers`, each `{ pid }`; `environment` for programs that use the cluster; `addWorker()`;
 * `executors()`: `{ pid, worker }` of those that run now; `startConnect(conf)`: `{ url, stop() }`; `stop()`.
 */
export async function startCluster({ python, java, workers = 2, cores = 1, memory = "2g" }) {
  const folder = mkdtempSync(join(tmpdir(), "espejo-spark-"));
  const spark = homeOfSpark(python);
  const environment = {
    JAVA_HOME: java,
    SPARK_HOME: spark,
    SPARK_LOCAL_IP: "127.0.0.1",
    SPARK_LOCAL_DIRS: made(join(folder, "local")),
    SPARK_CONF_DIR: made(join(folder, "conf")),
    SPARK_WORKER_DIR: made(join(folder, "work")),
    SPARK_DAEMON_MEMORY: "512m",
    PYSPARK_PYTHON: python,
  };
  const running = [];

  /** Starts a program of Spark; resolves with what `ready` finds in what it logs. */
  async function start(name, program, words, ready) {
    const log = join(folder, `${name}.log`);
    const file = openSync(log, "w");
    const child = spawn(join(spark, "bin", program), words, {
      env: { ...process.env, ...environment },
      cwd: folder,
      stdio: ["ignore", file, file],
      // a group of its own, so that what it starts ends with it
      detached: true,
    });
    closeSync(file);
    const one = { child, ended: once(child, "exit") };
    running.push(one);
    const until = Date.now() + startTime;
    for (;;) {
      const found = ready.exec(readFileSync(log, "utf8"));
      if (found) return { pid: child.pid, found, log, stop: () => end(one) };
      if (child.exitCode !== null || child.signalCode !== null || Date.now() > until)
        throw new Error(`${name} did not start:\n${readFileSync(log, "utf8").slice(-3000)}`);
      await wait(50);
    }
  }

  async function end(one) {
    killGroup(one.child.pid);
    await one.ended;
    running.splice(running.indexOf(one), 1);
  }

  const endAll = () => {
    for (const { child } of running) killGroup(child.pid);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const interrupted = (signal) => {
    endAll();
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.once("exit", endAll);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, interrupted);

  const deploy = "org.apache.spark.deploy";
  const place = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"];
  const master = await start(
    "master",
    "spark-class",
    [`${deploy}.master.Master`, ...place],
    /Starting Spark master at (spark:\S+)[\s\S]*elected leader/,
  );
  const url = master.found[1];
  let count = 0;
  const addWorker = () =>
    start(
      `worker-${++count}`,
      "spark-class",
      [`${deploy}.worker.Worker`, ...place, "--cores", `${cores}`, "--memory", memory, url],
      /Successfully registered with master/,
    );
  const started = await Promise.all(Array.from({ length: workers }, addWorker));

  return {
    url,
    environment,
    workers: started,
    addWorker,
    executors: () =>
      processes().flatMap(({ pid, parent, command }) =>
        command.includes("CoarseGrainedExecutorBackend") &&
        running.some(({ child }) => child.pid === parent)
          ? [{ pid, worker: parent }]
          : [],
      ),
    /** A server of Spark Connect that has the cluster as its own. */
    async startConnect(conf = {}) {
      const settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": "0",
        "spark.ui.enabled": "false",
        ...conf,
      };
      const words = Object.entries(settings).flatMap((pair) => ["--conf", pair.join("=")]);
      const server = "org.apache.spark.sql.connect.service.SparkConnectServer";
      const { found, stop } = await start(
        "connect",
        "spark-submit",
        ["--master", url, ...words, "--class", server, "spark-internal"],
        /Connect server started at: \S*?:(\d+)/,
      );
      return { url: `sc://127.0.0.1:${found[1]}`, stop };
    },
    async stop() {
      process.off("exit", endAll);
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.off(signal, interrupted);
      // applications first, the master last
      for (const one of [...running].reverse()) await end(one);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const made = (folder) => {
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** Where the Spark is that a Python has. */
function homeOfSpark(python) {
  const asked = ["-c", "import pyspark; print(pyspark.__path__[0])"];
  const { stdout, stderr, status } = spawnSync(python, asked, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${python} has no pyspark: ${stderr}`);
  return stdout.trim();
}

/**
 * `npm run bench:serve`: a model behind HTTP, ours beside what people write, in one run on one machine, by the same client
 * (wrk where it is installed, else autocannon): card frauds by `basic` and by the ensemble.
 *
 *   --smoke            ours alone, one connection, one row: does it run at all
 *   --seconds N        of each measurement (5)
 *   --mlflow           `mlflow models serve` too; it installs all of MLflow
 *   --soak MINUTES     ours alone for as long, at half load, with a reload each ten seconds: does memory stay
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { figure, machine, print } from "./report.mjs";
import { bodies, rowsOf } from "./serving/bodies.mjs";
import { client, load } from "./serving/client.mjs";
import { pythonOf, startFastApi, startMlflow } from "./serving/peers.mjs";
import { startServer } from "./serving/processes.mjs";

const { values: options } = parseArgs({
  options: {
    smoke: { type: "boolean", default: false },
    mlflow: { type: "boolean", default: false },
    seconds: { type: "string", default: "5" },
    soak: { type: "string" },
  },
});
const root = fileURLToPath(new URL("..", import.meta.url));
const main = join(root, "dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "espejo-serve-"));
const data = join(root, "examples/data/creditcard.csv.gz");
const seconds = options.smoke ? 1 : Number(options.seconds);
const { processor, processors, node } = machine();
console.log(`${processor}, ${processors} processors; node ${node}; ${client}, ${seconds} s each`);

function espejo(...words) {
  const { status, stderr } = spawnSync(process.execPath, [main, ...words], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

/** Our server on a free port, its models by name. */
const startOurs = (...more) =>
  startServer(
    process.execPath,
    [main, "serve", ...kinds.map((kind) => `${kind}.onnx`), "--port", "0", ...more],
    { folder, ready: /(http:\S+)/ },
  );

const kinds = options.smoke ? ["basic"] : ["basic", "ensemble"];
for (const kind of kinds)
  espejo("train", data, "--label", "Class", "--kind", kind, "--epochs", "5", "-o", `${kind}.onnx`);
const rows = rowsOf(data);

try {
  if (options.soak) await soak(Number(options.soak));
  else await compare();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Requests a second of all servers, at each number of rows and connections. */
async function compare() {
  const table = [["", "rows", "connections", "requests/s", "p50 ms", "p99 ms", "rows/s", "MB"]];
  const ours = await startOurs();
  const peers = options.smoke ? [] : [await startFastApi(pythonOf(root, options.mlflow), folder)];
  if (options.mlflow) peers.push(await startMlflow(pythonOf(root, true), folder));
  try {
    for (const kind of kinds)
      for (const count of options.smoke ? [1] : [1, 100, 10_000])
        for (const connections of options.smoke ? [1] : [1, 8, 64]) {
          const told = [];
          for (const server of [ours, ...peers])
            for (const { name, path, body, headers } of bodies(server, kind, rows, count)) {
              const found = await load(`${server.url}${path}`, {
                ...{ body, headers, connections, seconds },
              });
              told.push({ name, ...found, megabytes: server.megabytes() });
            }
          for (const { name, perSecond, p50, p99, bad, megabytes } of told)
            table.push([
              `${kind}, ${name}${bad > 0 ? ` (${bad} refused)` : ""}`,
              ...[String(count), String(connections), figure(perSecond)],
              ...[figure(p50), figure(p99), figure(perSecond * count), figure(megabytes)],
            ]);
        }
    print("Rows behind HTTP", table);
  } finally {
    for (const server of [ours, ...peers]) await server.stop();
  }
  if (!options.smoke) await overload();
}

/** 64 connections of 10,000 rows at a queue of 4: how soon is no said, and is yes said again. */
async function overload() {
  const server = await startOurs("--queue", "4");
  try {
    const [{ path, body, headers }] = bodies(server, "basic", rows, 10_000);
    const url = `${server.url}${path}`;
    const crowd = load(url, { body, headers, connections: 64, seconds });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const waits = [];
    for (let i = 0; i < 20; i++) {
      const began = performance.now();
      const answer = await fetch(url, { method: "POST", body, headers });
      await answer.arrayBuffer();
      if (answer.status !== 200) waits.push(performance.now() - began);
    }
    const { bad } = await crowd;
    const [small] = bodies(server, "basic", rows, 1);
    const after = await fetch(`${server.url}${small.path}`, {
      ...{ method: "POST", body: small.body, headers: small.headers },
    });
    const sorted = waits.sort((a, b) => a - b);
    console.log(
      `\nOverload: ${bad} refused; no is said after ${figure(sorted[sorted.length >> 1] ?? 0)} ms (median), ${figure(sorted.at(-1) ?? 0)} ms at most; afterwards ${after.status}`,
    );
  } finally {
    await server.stop();
  }
}

/** Half of what it can, for minutes, with reloads: memory after the first minute and at the end. */
async function soak(minutes) {
  const server = await startOurs();
  try {
    const [{ path, body, headers }] = bodies(server, "basic", rows, 100);
    const url = `${server.url}${path}`;
    const { perSecond } = await load(url, { body, headers, connections: 8, seconds: 5 });
    const work = load(url, {
      ...{ body, headers, connections: 8, seconds: 60 * minutes, rate: perSecond / 2 },
    });
    const began = Date.now();
    let first = null;
    let reloads = 0;
    const reload = setInterval(async () => {
      reloads++;
      await fetch(`${server.url}/v2/repository/models/basic/load`, { method: "POST" });
      first ??= Date.now() - began > 60_000 ? server.megabytes() : null;
    }, 10_000);
    const { bad, errors } = await work;
    clearInterval(reload);
    console.log(
      `Soak: ${minutes} minutes at ${figure(perSecond / 2)} requests/s, ${reloads} reloads, ${bad} refused, ${errors} errors; ${figure(first ?? 0)} MB after the first minute, ${figure(server.megabytes())} MB at the end`,
    );
  } finally {
    await server.stop();
  }
}

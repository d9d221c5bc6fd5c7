// A running server asked by the clients that people have: tritonclient, MLflow's, requests and pandas, curl, a browser,
// promtool, an OpenAPI validator over their traffic; then by hostile ones, through reloads, and stopped under load. Needs a
// build; Python's packages are installed, promtool and Chromium where Debian's may be. Ends with "N passed, N failed".
//   node scripts/check-server.mjs [--full] [--cases N] [--only PART]
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromiumOptions } from "./browser.mjs";
import { pythonWith } from "./python.mjs";
import { writeData } from "./server/data.mjs";
import { attack } from "./server/hostile.mjs";
import { lookAtPage } from "./server/page.mjs";
import { checkMetrics, scrape } from "./server/prometheus.mjs";
import { askFromR } from "./server/r.mjs";

const { values: options } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    cases: { type: "string" },
    only: { type: "string" },
  },
});
const cases = Number(options.cases ?? (options.full ? 5000 : 500));
const root = fileURLToPath(new URL("..", import.meta.url));
const main = join(root, "dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "espejo-server-"));
let passed = 0;
let failed = 0;

/** One check; what it throws is told. */
async function check(name, work, { full = false } = {}) {
  if (full && !options.full) return;
  if (options.only !== undefined && !name.includes(options.only)) return;
  const began = Date.now();
  try {
    const told = await work();
    passed++;
    console.log(`ok      ${name}${told ? `: ${told}` : ""} (${Date.now() - began} ms)`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}: ${error.message}`);
  }
}

function espejo(line) {
  const words = line.split(" ");
  const { status, stderr } = spawnSync(process.execPath, [main, ...words], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`espejo ${line} ended with ${status}: ${stderr}`);
}

/** A server on a free port; `stop` ends it and gives its exit code. */
async function serve(...words) {
  const began = performance.now();
  const child = spawn(process.execPath, [main, "serve", ...words, "--port", "0"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let log = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  child.stdout.on("data", (text) => {
    log += text;
  });
  const ended = once(child, "exit");
  const url = await new Promise((resolve, reject) => {
    child.stderr.on("data", () => {
      const found = /http:\/\/\S+/.exec(said);
      if (found) resolve(found[0]);
    });
    ended.then(() => reject(new Error(`the server ended: ${said}`)));
  });
  return {
    url,
    child,
    log: () => log,
    startMs: performance.now() - began,
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      return (await ended)[0];
    },
  };
}

const expectThat = (holds, message) => {
  if (!holds) throw new Error(message);
};

await writeData(folder);
espejo("train table.csv --id id --epochs 10 --model-version 7 -o table.onnx");
espejo("train images.npy --epochs 1 -o images.onnx");
espejo("train waves.npy --epochs 1 -o waves.onnx");
espejo("score rows.csv -m table.onnx -o scores.csv");
espejo("score images.npy -m images.onnx -o image-scores.csv");

const models = ["table.onnx", "images.onnx", "waves.onnx", "--default", "table"];
const server = await serve(...models, "--drain", "1s");
console.log(`ready after ${(server.startMs / 1000).toFixed(2)} s with three models`);

await check("real clients", () => {
  const python = pythonWith("espejo-server", [
    ...["tritonclient[http]", "mlflow-skinny", "pandas", "requests", "openapi-core", "scipy"],
  ]);
  const script = join(root, "scripts/server/clients.py");
  const { status, stdout, stderr } = spawnSync(python, [script, server.url, folder], {
    encoding: "utf8",
    env: { ...process.env, MLFLOW_DISABLE_TELEMETRY: "true", DO_NOT_TRACK: "true" },
  });
  console.log(stdout.trimEnd());
  expectThat(status === 0, stderr.slice(-1500) || "see above");
  return `${stdout.match(/^ok/gm).length} checks`;
});

await check("curl with CSV", () => {
  const { status, stdout } = spawnSync(
    "curl",
    ["-sf", "-H", "content-type: text/csv", "--data-binary", "@rows.csv", `${server.url}/score`],
    { cwd: folder, encoding: "utf8" },
  );
  expectThat(status === 0, `curl ended with ${status}`);
  const known = readFileSync(join(folder, "scores.csv"), "utf8").trim().split("\n").length - 1;
  expectThat(JSON.parse(stdout).rows.length === known, "another number of rows");
});

await check("curl with a form of images", () => {
  const images = ["-F", "image=@image-0.png", "-F", "image=@image-1.png"];
  const { status, stdout } = spawnSync("curl", ["-sf", ...images, `${server.url}/score/images`], {
    cwd: folder,
    encoding: "utf8",
  });
  expectThat(status === 0, `curl ended with ${status}`);
  const known = readFileSync(join(folder, "image-scores.csv"), "utf8").split("\n").slice(1, 3);
  for (const [i, { file, score }] of JSON.parse(stdout).rows.entries()) {
    expectThat(file === `image-${i}.png`, `row ${i} is called ${file}`);
    const wanted = Number(known[i].split(",")[1]);
    expectThat(Math.abs(score / wanted - 1) < 1e-5, `image ${i} has ${score}, not ${wanted}`);
  }
});

await check("promtool", () => checkMetrics(server.url, { must: options.full }));

await check("Prometheus", () => scrape(folder, serve), { full: true });

await check("R", () => askFromR(server.url, folder), { full: true });

await check("the page in a browser", async () => {
  const chromium = chromiumOptions();
  const pictures = join(folder, "pictures");
  return chromium ? lookAtPage(server.url, chromium, { files: folder, pictures }) : "skipped";
});

await check("hostile requests", async () => {
  const seed = Number(process.env.SEED ?? 20_261_201);
  return attack(server.url, server.child.pid, folder, { cases, seed, full: options.full });
});

await check("reloads under load", async () => {
  const turns = options.full ? 50 : 10;
  copyFileSync(join(folder, "table.onnx"), join(folder, "turns.onnx"));
  espejo("train table.csv --id id --epochs 4 --seed 2 --model-version 8 -o other.onnx");
  const own = await serve("turns.onnx");
  const body = readFileSync(join(folder, "rows.csv"), "utf8").split("\n").slice(0, 4).join("\n");
  const ask = async () => {
    const answer = await fetch(`${own.url}/score`, {
      ...{ method: "POST", body, headers: { "content-type": "text/csv" } },
    });
    const { version, rows, message } = await answer.json();
    expectThat(answer.status === 200, `${answer.status}: ${message}`);
    // how rows are joined changes the last digits
    return `${version} ${rows[0].score.toPrecision(5)}`;
  };
  const load = () => fetch(`${own.url}/v2/repository/models/turns/load`, { method: "POST" });
  const known = new Set([await ask()]);
  let done = false;
  let answers = 0;
  const seen = new Set();
  const client = async () => {
    while (!done) {
      seen.add(await ask());
      answers++;
    }
  };
  const clients = Promise.all([client(), client(), client()]);
  for (let turn = 0; turn < turns; turn++) {
    copyFileSync(join(folder, turn % 2 ? "table.onnx" : "other.onnx"), join(folder, "turns.onnx"));
    expectThat((await load()).status === 200, "a reload failed");
    known.add(await ask());
  }
  writeFileSync(join(folder, "turns.onnx"), "broken");
  expectThat(!(await load()).ok, "a broken file was taken");
  known.add(await ask());
  done = true;
  await clients;
  await own.stop();
  expectThat(known.size === 2, `${known.size} models were seen`);
  expectThat(
    [...seen].every((each) => known.has(each)),
    "an answer is of neither model",
  );
  return `${turns} reloads, ${answers} answers`;
});

await check("stopped under load", async () => {
  const own = await serve("table.onnx", "--drain", "0.5");
  const body = readFileSync(join(folder, "rows.csv"), "utf8");
  const tally = { answered: 0, refused: 0, lost: 0 };
  let stopped = false;
  const client = async () => {
    for (;;) {
      let answer;
      try {
        answer = await fetch(`${own.url}/score`, {
          ...{ method: "POST", body, headers: { "content-type": "text/csv" } },
        });
        await answer.text();
      } catch (error) {
        // not accepted any more, or a kept connection that closed before it was used again
        if (/ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET/.test(error.cause?.code ?? "")) {
          if (answer || !stopped) tally.lost++;
          return;
        }
        throw error;
      }
      if (answer.status === 200) tally.answered++;
      else tally.refused++;
      if (answer.status === 503) return;
    }
  };
  const clients = Promise.all([client(), client(), client(), client()]);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  stopped = true;
  const code = await own.stop();
  await clients;
  expectThat(code === 0, `it ended with ${code}`);
  expectThat(tally.answered > 0 && tally.lost === 0, JSON.stringify(tally));
  return `${tally.answered} answered, none lost`;
});

await check("no value of a row in the log, no path in an answer", async () => {
  const log = server.log();
  expectThat(log.split("\n").length > 10, "no log");
  expectThat(!/alpha|"u"|\bcategory_a\b/.test(log), "a value stands in the log");
  expectThat(!log.includes("expected, got"), "a value stands in the log");
});

const code = await server.stop();
await check("the server stops with 0", async () => {
  expectThat(code === 0, `it ended with ${code}`);
});

rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

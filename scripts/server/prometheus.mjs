// A real Prometheus that scrapes servers as docs/serve.md says: what it then knows is what was sent.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { programFromDebian } from "../debian.mjs";
import { blockOf } from "./guide.mjs";

const secret = "a-secret-of-prometheus";

/** promtool over what a server tells; throws what it finds to mend. */
export async function checkMetrics(url, { must }) {
  const text = await (await fetch(`${url}/metrics`)).text();
  for (const name of ["requests_total", "rows_total", "request_seconds", "drift_psi", "model_info"])
    if (!text.includes(`espejo_${name}`)) throw new Error(`no espejo_${name}`);
  const promtool = programFromDebian("prometheus", "promtool");
  if (!promtool && must) throw new Error("promtool is not there: apt-get download prometheus");
  if (!promtool) return "not there; only names were looked at";
  const { status, stderr, stdout } = spawnSync(promtool, ["check", "metrics"], {
    input: text,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

/** Scrapes a server that asks for a token, with it and without, by the configuration of the guide. */
export async function scrape(folder, serve) {
  const [program, promtool] = ["prometheus", "promtool"].map((each) =>
    programFromDebian("prometheus", each),
  );
  if (!program || !promtool)
    throw new Error("Prometheus is not there and could not be had: apt-get download prometheus");
  writeFileSync(join(folder, "tokens.txt"), `${secret} infer\n`);
  writeFileSync(join(folder, "prometheus.token"), secret);
  copyFileSync(join(folder, "table.onnx"), join(folder, "scraped.onnx"));
  const server = await serve("scraped.onnx", "--token-file", "tokens.txt");
  const { host } = new URL(server.url);
  const scraping = blockOf("yaml", "scrape_configs:")
    .replace("/etc/prometheus/espejo.token", join(folder, "prometheus.token"))
    .replace(/scores\.example:\d+/, host);
  if (!scraping.includes(host)) throw new Error("the guide scrapes no server");
  const rules = blockOf("yaml", "groups:");
  const config = join(folder, "prometheus.yml");
  writeFileSync(join(folder, "espejo.rules.yml"), rules);
  writeFileSync(
    config,
    [
      "global: { scrape_interval: 1s, evaluation_interval: 1s }",
      "rule_files: [espejo.rules.yml]",
      scraping.trimEnd(),
      "  - job_name: stranger",
      `    static_configs: [{ targets: ["${host}"] }]`,
    ].join("\n"),
  );
  const checked = spawnSync(promtool, ["check", "config", config], { encoding: "utf8" });
  if (checked.status !== 0) throw new Error(`promtool: ${checked.stdout}${checked.stderr}`);
  const prometheus = await start(program, config, folder);
  try {
    return await compare(prometheus.query, server, folder, rules);
  } finally {
    await prometheus.stop();
    await server.stop();
  }
}

/** Sends rows, and waits until Prometheus knows of them. */
async function compare(query, server, folder, rules) {
  const headers = { authorization: `Bearer ${secret}` };
  const body = readFileSync(join(folder, "rows.csv"), "utf8");
  let rows = 0;
  let anomalies = 0;
  const requests = 5;
  for (let i = 0; i < requests; i++) {
    const answer = await post(server, body, headers);
    if (answer.status !== 200) throw new Error(`${answer.status} for rows`);
    const told = await answer.json();
    rows += told.rows.length;
    anomalies += told.anomalies;
  }
  const refused = await post(server, "{", { ...headers, "content-type": "application/json" });
  if (refused.status !== 400) throw new Error(`${refused.status} for no JSON`);
  const wanted = {
    'up{job="espejo"}': 1,
    'up{job="stranger"}': 0,
    espejo_rows_total: rows,
    espejo_anomalies_total: anomalies,
    'espejo_requests_total{code="200"}': requests,
    'espejo_requests_total{code="400"}': 1,
    espejo_infer_seconds_count: requests,
    espejo_score_count: rows,
    'espejo_score_bucket{le="+Inf"}': rows,
    'espejo_model_info{version="7"}': 1,
    'espejo_model_loads_total{result="failed"}': 0,
  };
  const found = await known(query, wanted);
  if (rows === 0 || anomalies === 0) throw new Error("no row, or no anomaly, was sent");
  for (const [name, value] of Object.entries(wanted))
    if (found[name] !== value) throw new Error(`${name} is ${found[name]}, not ${value}`);
  await beAlarmed(query, server, folder, headers, rules);
  return `${rows} rows, ${anomalies} anomalies, ${Object.keys(wanted).length} figures the same; alerts of the guide`;
}

/** What queries come to, once all are what is wanted, or after a time. */
async function known(query, wanted) {
  let found = {};
  for (let tries = 0; tries < 60; tries++) {
    found = {};
    for (const name of Object.keys(wanted)) {
      const [first] = await query(name);
      found[name] = first && Number(first.value[1]);
    }
    if (Object.entries(wanted).every(([name, value]) => found[name] === value)) break;
    await wait(500);
  }
  return found;
}

/** What is well raises no alert of the guide; a file that is not to be used raises its own, and rows of another unit that of drift. */
async function beAlarmed(query, server, folder, headers, rules) {
  const alerts = [...rules.matchAll(/alert: (\w+)\s+expr: (.+)/g)].map(([, name, expression]) => ({
    ...{ name, expression },
  }));
  const raised = async () => {
    const found = await Promise.all(alerts.map(({ expression }) => query(expression)));
    return alerts.flatMap(({ name }, i) => (found[i].length > 0 ? [name] : []));
  };
  const before = await raised();
  if (alerts.length === 0 || before.length > 0)
    throw new Error(`of ${alerts.length} alerts, what is well raises ${before.join(", ")}`);
  writeFileSync(join(folder, "scraped.onnx"), "broken");
  server.child.kill("SIGHUP");
  const [head, ...lines] = readFileSync(join(folder, "rows.csv"), "utf8").trim().split("\n");
  const moved = lines.map((line) => line.replace(",", ",1"));
  await post(server, [head, ...moved].join("\n"), headers);
  const wanted = ["EspejoModelKept", "EspejoDrift"];
  let told = [];
  for (let tries = 0; tries < 60 && !wanted.every((name) => told.includes(name)); tries++) {
    await wait(500);
    told = await raised();
  }
  if (told.join() !== wanted.join()) throw new Error(`raised: ${told.join(", ") || "nothing"}`);
}

const post = (server, body, headers) =>
  fetch(`${server.url}/score`, {
    ...{ method: "POST", body, headers: { "content-type": "text/csv", ...headers } },
  });

/** Prometheus on a free port, its data in a folder; `query` asks its HTTP API. */
async function start(program, config, folder) {
  const port = await freePort();
  const words = [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, "prometheus")}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = spawn(program, words, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => {
    said = (said + text).slice(-3000);
  });
  const ended = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 300) throw new Error(`Prometheus: ${said}`);
    const answer = await fetch(`${url}/-/ready`).catch(() => null);
    if (answer?.ok) break;
    await wait(100);
  }
  return {
    async query(expression) {
      const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`);
      const { status, data, error } = await answer.json();
      if (status !== "success") throw new Error(`${expression}: ${error}`);
      return data.result;
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

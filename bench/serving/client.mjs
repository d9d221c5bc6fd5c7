/**
 * Load in a process of its own, so that it does not share the loop of what measures: by wrk where there is one, which takes
 * least of the processors that it shares with the server, else by autocannon.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

const hasWrk = spawnSync("wrk", ["-v"]).error === undefined;

/** The name of the client. */
export const client = hasWrk ? "wrk" : "autocannon";

/**
 * @typedef {object} How
 * @property {string | Buffer} body
 * @property {Record<string, string>} headers
 * @property {number} connections
 * @property {number} seconds
 * @property {number} [rate] requests a second, by autocannon; all it can by default
 */

/**
 * Requests a second that were answered well, latencies in milliseconds, and how many were refused.
 * @param {string} url
 * @param {How} how
 * @returns {Promise<{ perSecond: number, p50: number, p99: number, bad: number, errors: number }>}
 */
export async function load(url, how) {
  const folder = mkdtempSync(join(tmpdir(), "espejo-load-"));
  const file = join(folder, "body");
  writeFileSync(file, how.body);
  try {
    return hasWrk && !how.rate ? await byWrk(url, file, how) : await byAutocannon(url, file, how);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} url @param {string} file @param {How} how */
async function byWrk(url, file, { headers, connections, seconds }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  const words = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "60s"];
  const told = await outputOf("wrk", [...words, "-s", here("post.lua"), url], {
    ...{ BODY: file, HEADERS: lines.join("") },
  });
  const found = JSON.parse(told.slice(told.lastIndexOf("{")));
  const { requests, seconds: took, p50, p99, bad, errors } = found;
  return { perSecond: (requests - bad) / took, p50, p99, bad, errors };
}

/** @param {string} url @param {string} file @param {How} how */
async function byAutocannon(url, file, { headers, connections, seconds, rate }) {
  const options = { headers, connections, duration: seconds, ...(rate && { overallRate: rate }) };
  const words = [here("load.mjs"), url, file, JSON.stringify(options)];
  const found = JSON.parse(await outputOf(process.execPath, words));
  const { latency, non2xx, errors, duration, "2xx": good } = found;
  const { p50, p99 } = latency;
  return { perSecond: good / duration, p50, p99, bad: non2xx, errors };
}

/** @param {string} program @param {string[]} words @param {Record<string, string>} [environment] */
async function outputOf(program, words, environment = {}) {
  const child = spawn(program, words, {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, ...environment },
  });
  let told = "";
  child.stdout.on("data", (text) => {
    told += text;
  });
  await once(child, "close");
  return told;
}

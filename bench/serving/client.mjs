/** Load by autocannon in a process of its own, so that it does not share the loop of what measures. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = createRequire(import.meta.url).resolve("autocannon/autocannon.js");

/**
 * Requests a second, their latencies in milliseconds, and how many were refused.
 * @param {string} url
 * @param {{ body: string | Buffer, headers: Record<string, string>, connections: number, seconds: number, rate?: number }} how
 */
export async function load(url, { body, headers, connections, seconds, rate }) {
  const folder = mkdtempSync(join(tmpdir(), "espejo-load-"));
  const file = join(folder, "body");
  writeFileSync(file, body);
  const words = [
    ...["-m", "POST", "-c", String(connections), "-d", String(seconds), "-i", file, "--json"],
    ...["-t", "60", "-n", ...(rate ? ["-R", String(Math.ceil(rate))] : [])],
    ...Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]),
    url,
  ];
  try {
    const child = spawn(process.execPath, [program, ...words], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    let told = "";
    child.stdout.on("data", (text) => {
      told += text;
    });
    await once(child, "close");
    const { requests, latency, non2xx, errors, duration, "2xx": good } = JSON.parse(told);
    return {
      perSecond: good / duration,
      requests: requests.total,
      ...{ p50: latency.p50, p99: latency.p99, bad: non2xx, errors },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

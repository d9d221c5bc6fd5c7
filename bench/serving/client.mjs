/** Load by autocannon in a process of its own, so that it does not share the loop of what measures. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("load.mjs", import.meta.url));

/**
 * Requests a second, their latencies in milliseconds, and how many were refused.
 * @param {string} url
 * @param {{ body: string | Buffer, headers: Record<string, string>, connections: number, seconds: number, rate?: number }} how
 */
export async function load(url, { body, headers, connections, seconds, rate }) {
  const folder = mkdtempSync(join(tmpdir(), "espejo-load-"));
  const file = join(folder, "body");
  writeFileSync(file, body);
  const options = { headers, connections, duration: seconds, ...(rate && { overallRate: rate }) };
  const words = [program, url, file, JSON.stringify(options)];
  try {
    const child = spawn(process.execPath, words, {
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

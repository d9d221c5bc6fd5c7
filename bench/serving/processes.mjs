/** Servers as processes: started until they say that they are ready, with the memory that they take. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";

/**
 * Starts a server; `ready` finds its address in what it prints, or `url` is asked until it answers.
 * @param {string} program
 * @param {readonly string[]} words
 * @param {{ folder: string, ready?: RegExp, url?: string, env?: Record<string, string>, protocol?: string }} how
 */
export async function startServer(
  program,
  words,
  { folder, ready, url, env, protocol = "espejo" },
) {
  const child = spawn(program, [...words], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  let said = "";
  child.stderr.on("data", (text) => {
    said = (said + text).slice(-10_000);
  });
  const ended = once(child, "exit");
  let address = url;
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 600) throw new Error(`it did not start: ${said}`);
    if (ready) address = ready.exec(said)?.[1];
    if (address && (await answers(ready ? `${address}/ping` : address))) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { pid } = child;
  return {
    protocol,
    url: address ?? "",
    /** Resident memory of it and all that it started. */
    megabytes: () => familyOf(pid ?? 0).reduce((sum, each) => sum + memoryOf(each), 0),
    async stop() {
      // with all that it started
      process.kill(-(pid ?? 0), "SIGTERM");
      await ended;
    },
  };
}

async function answers(/** @type {string} */ url) {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}

function memoryOf(/** @type {number} */ pid) {
  try {
    const found = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Number(found?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** @returns {number[]} */
function familyOf(/** @type {number} */ pid) {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const parent = readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1]?.split(" ")[1];
        return [[Number(name), Number(parent)]];
      } catch {
        return [];
      }
    });
  const of = (/** @type {number} */ one) =>
    /** @type {number[]} */ (
      parents.filter(([, parent]) => parent === one).map(([child]) => child)
    );
  const all = [pid];
  for (const each of all) all.push(...of(each));
  return all;
}

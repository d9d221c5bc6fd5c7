// Espejo's command line as a process of its own, heard line by line, so that it can be met in the middle of its work.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { descendants, killOne } from "./processes.mjs";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const running = new Set();
process.once("exit", () => {
  for (const child of running)
    for (const { pid } of [child, ...descendants(child.pid)]) killOne(pid);
});

/**
 * Runs a command with --json to its end. `hear(event, child)` is called for each event as it comes.
 * @returns `status` or `signal`; `events` in order; `last`, the last one; `error`, the event of what went wrong, or null;
 * `said`, all of standard error; `seconds`.
 */
export async function espejo(words, { env = {}, cwd, hear = () => {}, limit = 600 } = {}) {
  const began = performance.now();
  const child = spawn(process.execPath, [main, ...words, "--json"], {
    ...{ cwd, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } },
  });
  running.add(child);
  const timer = setTimeout(() => {
    for (const { pid } of [child, ...descendants(child.pid)]) killOne(pid);
  }, limit * 1000);
  const events = [];
  const errors = [];
  createInterface(child.stdout).on("line", (line) => {
    const event = parsed(line);
    if (!event) return;
    events.push(event);
    hear(event, child);
  });
  let said = "";
  createInterface(child.stderr).on("line", (line) => {
    said += `${line}\n`;
    const event = parsed(line);
    if (event?.event === "error") errors.push(event);
  });
  const [status, signal] = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (...ended) => resolve(ended));
  });
  clearTimeout(timer);
  running.delete(child);
  const seconds = (performance.now() - began) / 1000;
  return { status, signal, events, last: events.at(-1), error: errors[0] ?? null, said, seconds };
}

/** As `espejo`, of a command that must do; throws with what it said where it does not. */
export async function espejoDoes(words, options) {
  const result = await espejo(words, options);
  if (result.status !== 0) {
    const why = result.error?.message ?? result.said.slice(-1500);
    throw new Error(
      `espejo ${words.slice(0, 2).join(" ")} ended with ${result.signal ?? result.status}: ${why}`,
    );
  }
  return result;
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

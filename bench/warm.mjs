import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";

/**
 * A contender's process, kept warm between tasks.
 * @typedef {{ versions: Record<string, string>, ask: (task: object) => Promise<any>, stop: () => void }} Warm
 */

/**
 * Starts a contender on the first `threads` processors that this process may use, and waits until it
 * is ready. Rejects with the end of its stderr when it dies.
 * @param {{ label: string, command: string[] }} contender
 * @param {number} threads
 * @returns {Promise<Warm>}
 */
export async function startContender({ label, command }, threads) {
  const [program = "", ...args] = pinned([...command, "--threads", String(threads)], threads);
  const child = spawn(program, args, {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, OMP_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) },
  });
  let complaints = "";
  child.stderr.on("data", (/** @type {Buffer} */ text) => {
    complaints = (complaints + text).slice(-2000);
  });
  // A program that is missing or dies shows as an end of its answers.
  child.on("error", (error) => {
    complaints += error.message;
  });
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${label} ended: ${complaints.trim()}`);
    const said = JSON.parse(value);
    if (said.error) throw new Error(`${label}: ${said.error}`);
    return said;
  };
  const { versions } = await answer();
  return {
    versions,
    ask: (task) => {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      return answer();
    },
    stop: () => child.stdin.end(),
  };
}

/**
 * A command held to `threads` processors, so that libraries that count them for themselves (JAX)
 * count no more. Where taskset is missing, or all processors are asked for, the command as it is.
 * @param {string[]} command
 * @param {number} threads
 */
function pinned(command, threads) {
  if (threads >= availableParallelism() || !existsSync("/usr/bin/taskset")) return command;
  return ["taskset", "-c", processors().slice(0, threads).join(","), ...command];
}

/** Numbers of the processors that this process may use, as Linux tells them. */
function processors() {
  const status = readFileSync("/proc/self/status", "utf8");
  const list = /Cpus_allowed_list:\s*(\S+)/.exec(status)?.[1] ?? "0";
  return list.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}

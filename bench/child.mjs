import { spawnSync } from "node:child_process";
import { median } from "./report.mjs";

/**
 * Wall time, and peak resident memory of the process with all its threads.
 * @typedef {{ seconds: number, megabytes: number }} Run
 */

/**
 * Runs node to its end; throws with its stderr when it fails.
 * @param {string[]} args
 * @returns {Run}
 */
export function runNode(args) {
  const hook = new URL("peak.mjs", import.meta.url).href;
  const start = performance.now();
  const { status, error, output } = spawnSync(process.execPath, ["--import", hook, ...args], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  const seconds = (performance.now() - start) / 1000;
  const [, , stderr, peak] = output ?? [];
  if (error || status !== 0)
    throw new Error(`node ${args.join(" ")}: ${error?.message ?? `exit ${status}\n${stderr}`}`);
  return { seconds, megabytes: Number(peak) };
}

/**
 * Runs every case once in each round, in turn, and takes medians.
 * @param {readonly { what: string, args: string[], before?: () => void }[]} cases
 * @param {{ name: string, rounds: number, threads: number }} options `name` of what is worked on
 * @returns {import("./report.mjs").Result[]}
 */
export function measureCommands(cases, { name, rounds, threads }) {
  const runs = cases.map((each) => ({ ...each, done: /** @type {Run[]} */ ([]) }));
  for (let round = 0; round < rounds; round++)
    for (const { args, before, done } of runs) {
      before?.();
      done.push(runNode(args));
    }
  return runs.map(({ what, done }) => ({
    net: name,
    batch: null,
    threads,
    who: "native",
    what,
    medianUs: median(done.map(({ seconds }) => seconds)) * 1e6,
    ratio: null,
    megabytes: median(done.map(({ megabytes }) => megabytes)),
  }));
}

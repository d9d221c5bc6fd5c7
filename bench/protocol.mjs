/**
 * How the runner and a contender talk: a task as JSON a line on stdin, an answer as JSON a line on
 * stdout, so that contenders stay warm and take turns. peers/common.py is the same in Python.
 *
 * @typedef {Omit<import("./nets.mjs").Net, "name" | "targets" | "targetThreads"> & { epochs: number, seed: number }} FitTask
 * @typedef {{ firstSeconds: number, restSeconds: number, loss: number, sessionSeconds?: number }} FitAnswer
 *   seconds from the call of fit to the end of its first epoch, seconds of all the others, the last
 *   epoch's loss, and of the first seconds those that made a session
 * @typedef {{ sizes: number[], batch: number, rows: number, repeats: number }} ScoreTask
 * @typedef {{ seconds: number[] }} ScoreAnswer one number a repeat
 */
import { createInterface } from "node:readline";

/**
 * Answers tasks until stdin ends.
 * @param {Record<string, string>} versions
 * @param {Record<string, ((task: any) => Promise<object>) | undefined>} work a function for each kind of task
 */
export async function serve(versions, work) {
  const say = (/** @type {object} */ answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  say({ ready: true, versions });
  for await (const line of createInterface({ input: process.stdin })) {
    const task = JSON.parse(line);
    try {
      const answer = await work[task.what]?.(task);
      say(answer ?? { error: `cannot ${task.what}` });
    } catch (error) {
      say({ error: String(error) });
    }
  }
}

/** Seconds of a fit: the first epoch, with all that was done before it, and the others. */
export class Stopwatch {
  #start = performance.now();
  /** @type {number | undefined} */
  #first;

  epochEnds() {
    this.#first ??= performance.now();
  }

  /** @param {number} loss @returns {FitAnswer} */
  answer(loss) {
    const first = this.#first ?? performance.now();
    return {
      firstSeconds: (first - this.#start) / 1000,
      restSeconds: (performance.now() - first) / 1000,
      loss,
    };
  }
}

/** Uniform numbers in [0, 1), a simple generator: only speed is measured on them. */
export function uniformRows(/** @type {number} */ rows, /** @type {number} */ columns, seed = 1) {
  let state = seed >>> 0;
  return Float32Array.from({ length: rows * columns }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.fround((state >>> 8) / 16777216);
  });
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { engineFlags } from "../engine-flags.ts";

const library = new URL("../../dist/node.js", import.meta.url).href;

/** A program that trains for ever, and does something as soon as the engine is at work. */
const program = (then: string): string => `
  import { autoencoder, fit } from "${library}";
  const data = new Float32Array(80_000).map((_, i) => Math.sin(i));
  const x = { data, shape: [10_000, 8] };
  const model = autoencoder({ input: 8, hidden: [64], latentDim: 2 });
  const options = { epochs: 1e6, patience: 0 };
  let heard = 0;
  // a while after a call has ended the next one runs
  const onProgress = () => { if (++heard === 3) setTimeout(() => { ${then} }, 15); };
  await fit(model, x, { ...options, onProgress });`;

async function endOf(module: string): Promise<{ code: number | null; err: string }> {
  const words = [...engineFlags, "--input-type=module", "-e", module];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "ignore", "pipe"] });
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    err += text;
  });
  const [code] = await once(child, "close");
  return { code, err };
}

test.each([
  ["process.exit", "process.exit(7)", 7],
  ["an uncaught error", 'throw new Error("mine")', 1],
])("%s in the middle of native work ends the process with its code", async (_, then, expected) => {
  const { code, err } = await endOf(program(then));
  expect(err).not.toContain("terminate called");
  expect(code).toBe(expected);
});

/** A program whose worker trains, and which does something when the engine is at work there. */
const workerProgram = (then: string): string => `
  import { Worker } from "node:worker_threads";
  const training = ${JSON.stringify(program('worker.postMessage("now")'))};
  const code = training
    .replace("import {", 'import { parentPort as worker } from "node:worker_threads"; import {');
  const url = new URL("data:text/javascript," + encodeURIComponent(code));
  const worker = new Worker(url);
  worker.on("message", async () => { ${then} });`;

test.each([
  ["a worker of the caller", "process.exitCode = 7; await worker.terminate();"],
  ["the process around it", "process.exit(7)"],
])("%s may be ended while it trains", async (_, then) => {
  const { code, err } = await endOf(workerProgram(then));
  expect(err).toBe("");
  expect(code).toBe(7);
});

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

async function endOf(then: string): Promise<{ code: number | null; err: string }> {
  const words = [...engineFlags, "--input-type=module", "-e", program(then)];
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
  const { code, err } = await endOf(then);
  expect(err).not.toContain("terminate called");
  expect(code).toBe(expected);
});

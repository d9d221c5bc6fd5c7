import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { autoencoder } from "../../src/models/autoencoder.ts";
import { type FitOptions, fit, startFit } from "../../src/training/fit.ts";
import type { Fitted } from "../../src/training/fitted.ts";
import { planeRows } from "./run.ts";

const x = planeRows(60, 6);
const model = autoencoder({ input: 6, latentDim: 2 });
const options: FitOptions = { epochs: 3, patience: 0, seed: 1 };

let started: Worker[] = [];
const count = (worker: Worker): void => void started.push(worker);
beforeEach(() => void process.on("worker", count));
afterEach(async () => {
  process.off("worker", count);
  // the next test begins without one that rests
  await Promise.all(started.map((worker) => worker.threadId > 0 && once(worker, "exit")));
  started = [];
});
const open: Fitted[] = [];
afterAll(async () => {
  for (const fitted of open) await fitted.dispose();
});
async function trained(run: Promise<Fitted>): Promise<Fitted> {
  const fitted = await run;
  open.push(fitted);
  return fitted;
}

test("trainings one after the other share a worker, and come to what one alone comes to", async () => {
  const first = await trained(fit(model, x, options));
  await trained(fit(autoencoder({ input: 6, latentDim: 3 }), x, { ...options, seed: 2 }));
  const third = await trained(fit(model, x, options));
  expect(started).toHaveLength(1);
  expect(third.toOnnx()).toEqual(first.toOnnx());
});

test("trainings at the same time have a worker each", async () => {
  const both = [fit(model, x, options), fit(model, x, options)];
  const [one, other] = await Promise.all(both.map(trained));
  expect(started).toHaveLength(2);
  expect(other!.toOnnx()).toEqual(one!.toOnnx());
});

test("what is said to a training that is over is not heard by the next one", async () => {
  const over = startFit(model, x, options);
  await trained(over.done);
  const next = startFit(model, x, { ...options, epochs: 60 });
  over.stop();
  over.pause();
  const fitted = await trained(next.done);
  expect(fitted.stopped).toBe("epochs");
  expect(fitted.history).toHaveLength(60);
  expect(started).toHaveLength(1);
});

test("a training that was stopped or paused leaves nothing of that to the next", async () => {
  const run = startFit(model, x, { ...options, epochs: 100_000, onEpoch: () => run.pause() });
  run.stop();
  expect((await trained(run.done)).stopped).toBe("asked");
  expect((await trained(fit(model, x, options))).history).toHaveLength(3);
  expect(started).toHaveLength(1);
});

test("a worker whose training failed, or that held many rows, is not used again", async () => {
  await expect(
    fit(model, x, { ...options, learningRate: 1e30, optimizer: "sgd" }),
  ).rejects.toThrow();
  await trained(fit(model, x, options));
  expect(started).toHaveLength(2);
  const many = new Float32Array(6 * 3_000_000);
  await trained(fit(model, many, { epochs: 0 }));
  await trained(fit(model, x, options));
  expect(started).toHaveLength(3);
});

test("what cannot be trained starts no worker", () => {
  expect(() =>
    startFit(model, x, { ...options, initial: { nothing: new Float32Array(1) } }),
  ).toThrow();
  expect(started).toHaveLength(0);
});

test("an option that cannot be handed to a worker is refused, and the worker ends", async () => {
  const schedule = new Proxy({ kind: "constant" } as const, {});
  await expect(fit(model, x, { ...options, schedule })).rejects.toThrow("could not be cloned");
  await new Promise((resolve) => setImmediate(resolve));
  expect(started).toHaveLength(1);
});

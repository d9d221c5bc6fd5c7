import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { closeGates, newGate, passGate } from "../../src/training/gate.ts";

test("a gate lets work through, and gives what came of it", async () => {
  const gate = newGate();
  expect(await passGate(gate, async () => 3)).toBe(3);
  await expect(passGate(gate, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  // nobody is left inside: this does not wait
  closeGates([gate]);
});

test("a closed gate begins nothing", async () => {
  const gate = newGate();
  closeGates([gate]);
  let begun = false;
  const passed = passGate(gate, async () => {
    begun = true;
  });
  await Promise.race([passed, new Promise((resolve) => setImmediate(resolve))]);
  expect(begun).toBe(false);
});

test("whoever closes waits until a thread has left", async () => {
  const gate = newGate();
  const place = new URL("../../dist/training/gate.js", import.meta.url).href;
  // 1: inside, 2: done
  const steps = new Int32Array(new SharedArrayBuffer(4));
  const code = `
    const { workerData: { gate, steps, place } } = require("node:worker_threads");
    import(place).then(({ passGate }) => passGate(gate, async () => {
      Atomics.store(steps, 0, 1);
      Atomics.notify(steps, 0);
      await new Promise((resolve) => setTimeout(resolve, 100));
      Atomics.store(steps, 0, 2);
    }));`;
  const worker = new Worker(code, { eval: true, workerData: { gate, steps, place } });
  Atomics.wait(steps, 0, 0, 10_000);
  closeGates([gate]);
  expect(Atomics.load(steps, 0)).toBe(2);
  await worker.terminate();
});

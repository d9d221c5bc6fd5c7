import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { watchCallbacks, withCallbacks } from "../src/callbacks.ts";

const mine = new Error("mine");
const failing = {
  throws: (): void => {
    throw mine;
  },
  rejects: async (): Promise<void> => {
    await wait(1);
    throw mine;
  },
};

describe.each(Object.entries(failing))("a callback that %s", (_, onStep) => {
  test("gives its error to the work", async () => {
    const run = withCallbacks({ onStep }, async (options) => void options.onStep());
    await expect(run).rejects.toBe(mine);
  });
});

test("a callback that rejects ends the work by its signal, and what comes of that does not hide it", async () => {
  const run = withCallbacks(
    { onStep: failing.rejects, signal: new AbortController().signal },
    async ({ onStep, signal }) => {
      void onStep();
      await new Promise<void>((resolve) =>
        signal.addEventListener("abort", () => resolve(), { once: true }),
      );
      throw new Error("ended");
    },
  );
  await expect(run).rejects.toBe(mine);
});

test("the signal of the caller reaches the work, before it begins as later", async () => {
  const aborted = await withCallbacks({ signal: AbortSignal.abort() }, async ({ signal }) =>
    Boolean(signal?.aborted),
  );
  expect(aborted).toBe(true);
});

test("work is done when its async callbacks are, and keeps what it made", async () => {
  let done = false;
  const onStep = async (): Promise<void> => {
    await wait(5);
    done = true;
  };
  expect(await withCallbacks({ onStep }, async (options) => [options.onStep()].length)).toBe(1);
  expect(done).toBe(true);
});

test("after a rejection the next call of a callback throws it; other options stay as they are", async () => {
  const only = (): void => {};
  const { options, settled } = watchCallbacks({ onStep: failing.rejects, only, rows: 3 });
  expect(options.only).toBe(only);
  expect(options.rows).toBe(3);
  void options.onStep();
  await expect(settled()).rejects.toBe(mine);
  expect(() => options.onStep()).toThrow(mine);
});

import { expect, test } from "vitest";
import { autoencoder } from "../../src/models/autoencoder.ts";
import { type FitOptions, fit } from "../../src/training/fit.ts";
import { planeRows } from "./run.ts";

const x = planeRows(60, 6);
const model = autoencoder({ input: 6, latentDim: 2 });
const mine = new Error("mine");
const failing = {
  throws: (): void => {
    throw mine;
  },
  rejects: async (): Promise<void> => {
    throw mine;
  },
};
const names = ["onEpoch", "onProgress", "onWeights"] as const;

// far more epochs than a test waits for: the run must be stopped
const endless: FitOptions = { epochs: 10_000_000, patience: 0, seed: 1 };

test.each(
  names.flatMap((name) =>
    Object.entries(failing).map(([how, callback]) => ({ name, how, callback })),
  ),
)("$name that $how stops the run, whose error it is; the next one works", async (each) => {
  await expect(fit(model, x, { ...endless, [each.name]: each.callback })).rejects.toBe(mine);
  const fitted = await fit(model, x, { epochs: 2, seed: 1 });
  expect(fitted.history).toHaveLength(2);
  await fitted.dispose();
});

test("nothing is heard after a callback has thrown", async () => {
  let heard = 0;
  const onEpoch = (): void => {
    heard++;
    throw mine;
  };
  await expect(fit(model, x, { ...endless, onEpoch })).rejects.toBe(mine);
  await (await fit(model, x, { epochs: 20, patience: 0, seed: 1 })).dispose();
  expect(heard).toBe(1);
});

test("a loss that throws rejects", async () => {
  const loss = { ...model, errors: failing.throws } as never;
  await expect(fit(model, x, { epochs: 1, loss })).rejects.toBe(mine);
});

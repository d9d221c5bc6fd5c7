import { expect, test } from "vitest";
import {
  autoencoder,
  convolutional,
  ensemble,
  fit,
  type Model,
  readKeras,
  recurrent,
  tied,
  trained,
  variational,
  writeKeras,
} from "../../src/node.ts";
import { farthest } from "../graph/compute.ts";

const dense = autoencoder({ input: 6, hidden: [5], latentDim: 2, activation: "tanh" });
const models: [name: string, model: Model][] = [
  ["basic", dense],
  ["tied", tied(dense)],
  ["variational", variational(dense)],
  ["convolutional", convolutional({ input: [7, 9, 1], filters: [3, 2] })],
  ["recurrent", recurrent({ input: [5, 2], units: [4], latentDim: 3, bidirectional: true })],
];
const rowsOf = ({ inputShape }: Model, count: number) => {
  const cells = count * inputShape.reduce((a, b) => a * b, 1);
  const data = Float32Array.from({ length: cells }, (_, i) => Math.sin(i * i));
  return { data, shape: [count, ...inputShape] };
};

test.each(models)("a %s model comes back as it was written", async (_, model) => {
  const x = rowsOf(model, 12);
  const fitted = await fit(model, x, { epochs: 1 });
  const back = await readKeras(await writeKeras(fitted));
  expect(back.model.inputShape).toEqual(model.inputShape);
  const again = await trained(back.model, back.parameters);
  expect(farthest((await again.encode(x)).data, (await fitted.encode(x)).data)).toBeLessThan(1e-5);
  const [got, wanted] = [await again.reconstruct(x), await fitted.reconstruct(x)];
  expect(farthest(got.data, wanted.data)).toBeLessThan(1e-5);
  await again.dispose();
  await fitted.dispose();
});

test("a file that no loss was compiled into trains on with the usual one", async () => {
  const x = rowsOf(dense, 12);
  const fitted = await fit(dense, x, { epochs: 1 });
  const { model, parameters, loss } = await readKeras(await writeKeras(fitted));
  expect(loss).toBeUndefined();
  const further = await fit(model, x, { initial: parameters, loss, epochs: 20, patience: 0 });
  const [before, after] = [await fitted.evaluate(x), await further.evaluate(x)];
  expect(Number(after.loss)).toBeLessThan(Number(before.loss));
  await further.dispose();
  await fitted.dispose();
});

test("halves are written alone", async () => {
  const x = rowsOf(dense, 12);
  const fitted = await fit(dense, x, { epochs: 1 });
  const codes = await fitted.encode(x);
  for (const part of ["encoder", "decoder"] as const) {
    const { model, parameters } = await readKeras(await writeKeras(fitted, { part }));
    const half = await trained(model, parameters);
    const [given, wanted] = part === "encoder" ? [x, codes] : [codes, await fitted.decode(codes)];
    expect(farthest((await half.reconstruct(given)).data, wanted.data)).toBeLessThan(1e-5);
    await half.dispose();
  }
  await fitted.dispose();
});

test("a kind that is several networks is refused", async () => {
  const model = ensemble({ input: 6 });
  await expect(writeKeras({ model, parameters: {} })).rejects.toThrow(
    "an ensemble is several networks",
  );
});

import { afterAll, describe, expect, test } from "vitest";
import { type Fitted, fit, type Layer, type Model } from "../../src/index.ts";
import { layered } from "../../src/models/layered.ts";
import { random } from "../../src/random.ts";

/** An autoencoder of images out of two lists of layers. */
const imageModel = (
  shape: readonly number[],
  encoder: readonly Layer[],
  decoder: readonly Layer[],
): Model => layered({ input: shape, encoder, decoder });

/** Images [size, size, 1] of one bright bar, upright or lying. */
function bars(count: number, size: number): Float32Array {
  const source = random(4);
  const images = new Float32Array(count * size * size);
  for (let n = 0; n < count; n++) {
    const [upright, at] = [source.uniform() < 0.5, source.below(size)];
    for (let i = 0; i < size; i++)
      images[n * size * size + (upright ? i * size + at : at * size + i)] = 1;
  }
  return images;
}

const relu = { activation: "relu", padding: "same", kernelSize: 3 } as const;
const last = { ...relu, activation: "sigmoid", filters: 1 } as const;
const kinds: readonly { name: string; model: Model }[] = [
  {
    name: "strided and transposed convolutions",
    model: imageModel(
      [8, 8, 1],
      [
        { layer: "conv2d", filters: 8, strides: 2, ...relu },
        { layer: "conv2d", filters: 4, strides: 2, ...relu },
      ],
      [
        { layer: "conv2dTranspose", filters: 8, strides: 2, ...relu },
        { layer: "conv2dTranspose", strides: 2, ...last },
      ],
    ),
  },
  {
    name: "pooling and upsampling",
    model: imageModel(
      [8, 8, 1],
      [
        { layer: "conv2d", filters: 8, ...relu },
        { layer: "maxPooling2d", padding: "same" },
        { layer: "conv2d", filters: 4, ...relu },
        { layer: "averagePooling2d" },
      ],
      [
        { layer: "conv2d", filters: 8, ...relu },
        { layer: "upSampling2d" },
        { layer: "upSampling2d" },
        { layer: "conv2d", ...last },
      ],
    ),
  },
];

const open: Fitted[] = [];
afterAll(async () => {
  for (const fitted of open) await fitted.dispose();
});

describe.each(kinds)("an autoencoder of $name", ({ model }) => {
  const x = bars(128, 8);
  const options = { epochs: 20, batchSize: 16, learningRate: 0.01, seed: 1 } as const;

  test.each(["mse", "binaryCrossentropy"] as const)("learns images, by %s", async (loss) => {
    const fitted = await fit(model, { data: x, shape: [128, 8, 8, 1] }, { ...options, loss });
    open.push(fitted);
    const losses = fitted.history.map((epoch) => epoch.loss);
    expect(losses.at(-1)!).toBeLessThan(0.6 * losses[0]!);
    const [codes, rebuilt] = [await fitted.encode(x), await fitted.reconstruct(x)];
    expect(codes.shape).toEqual([128, model.latentDim]);
    expect(rebuilt.shape).toEqual([128, 8, 8, 1]);
    const error = rebuilt.data.reduce((sum, y, i) => sum + (y - x[i]!) ** 2, 0) / x.length;
    expect(error).toBeLessThan(0.1);
  });
});

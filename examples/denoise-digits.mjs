/**
 * A denoising convolutional autoencoder cleans digits under heavy noise: x + 0.5 N(0, 1), held in [0, 1], as in
 * Keras' tutorials. It never sees the same noise twice. Prints PSNR and SSIM of the test digits before and after;
 * the picture has originals, noisy digits and cleaned ones.
 *
 *   node examples/denoise-digits.mjs [--smoke|--full]
 */
import { convolutional, denoising, fit, metrics } from "espejo";
import { digits, each, noisy, some } from "./kit/images.mjs";
import { montage } from "./kit/pictures.mjs";
import { choose, report } from "./kit/run.mjs";

const { train, test } = await digits();
const model = denoising(
  convolutional({ input: [28, 28, 1], filters: [32, 32], output: "sigmoid" }),
  { noise: "gaussian", amount: 0.5, clip: true },
);
const epochs = choose({ smoke: 1, short: 6, full: 20 });
const fitted = await fit(model, train.x, {
  loss: "binaryCrossentropy",
  batchSize: 128,
  epochs,
  validationSplit: 0,
  learningRate: 2e-3,
  schedule: { kind: "cosine", decaySteps: epochs * Math.ceil(train.rows / 128), alpha: 0.05 },
  onEpoch: ({ epoch, loss, seconds }) =>
    console.log(`  epoch ${epoch}: ${loss.toFixed(4)}, ${seconds.toFixed(0)} s`),
});

const seen = noisy(test.x, 0.5);
const cleaned = (await fitted.reconstruct(seen)).data;
const quality = (x) => [metrics.psnr(test.x, x), metrics.ssim(test.x, x, test.shape)];
const [before, after] = [quality(seen), quality(cleaned)];
report("PSNR of noisy digits, dB", before[0]);
report("PSNR of cleaned digits, dB", after[0], `${epochs} epochs`);
report("SSIM of noisy digits", before[1]);
report("SSIM of cleaned digits", after[1]);

const ten = (x) => each(some({ ...test, x }, 10));
await montage(
  "denoise-digits.png",
  [
    { title: "original", images: ten(test.x) },
    { title: "noisy", images: ten(seen) },
    { title: "cleaned", images: ten(cleaned) },
  ],
  { height: 28, width: 28 },
);
await fitted.dispose();

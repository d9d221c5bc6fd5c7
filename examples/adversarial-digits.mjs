/**
 * Adversarial autoencoders of digits: a discriminator makes the codes follow a prior, a Gaussian or a mixture of ten
 * around a circle (Makhzani et al. 2016). A two-sample test of 200 test digits and 200 codes drawn from the prior says
 * whether they do. The pictures are the codes beside the prior, and generated digits.
 *
 *   node examples/adversarial-digits.mjs [gaussian mixture] [--smoke|--full]
 */
import { adversarial, autoencoder, fit, metrics } from "espejo";
import { digits, each } from "./kit/images.mjs";
import { grid, scatter } from "./kit/pictures.mjs";
import { choose, report } from "./kit/run.mjs";

const { train, test } = await digits();
const plain = autoencoder({
  input: 784,
  hidden: [128, 64],
  latentDim: 2,
  latentActivation: "linear",
  output: "sigmoid",
});
const epochs = choose({ smoke: 1, short: 20, full: 60 });
const options = {
  loss: "binaryCrossentropy",
  batchSize: 256,
  // less momentum, as for other adversarial networks: two learn against each other
  optimizer: { name: "adam", beta1: 0.5 },
  epochs,
  validationSplit: 0,
  learningRate: 2e-3,
  schedule: { kind: "cosine", decaySteps: epochs * Math.ceil(train.rows / 256), alpha: 0.01 },
};

const priors = {
  gaussian: { prior: { kind: "gaussian" }, range: 4 },
  mixture: { prior: { kind: "mixture", components: 10 }, range: 8 },
};
const named = Object.keys(priors).filter((name) => process.argv.includes(name));
for (const name of named.length ? named : Object.keys(priors)) {
  const { prior, range } = priors[name];
  const started = Date.now();
  const fitted = await fit(
    adversarial(plain, { prior, discriminator: [256, 256] }),
    train.x,
    options,
  );
  const codes = (await fitted.encode(test.x)).data;
  const drawn = (await fitted.drawCodes(test.rows, { seed: 1 })).data;
  const few = 2 * 200; // rows of two numbers
  const { distance, pValue } = metrics.energyTest(codes.slice(0, few), drawn.slice(0, few), 2);
  const time = `${epochs} epochs, ${Math.round((Date.now() - started) / 1000)} s`;
  report(`${name}: energy distance of codes to prior`, distance, time);
  report(`${name}: p-value`, pValue, "wanted: above 0.05, the codes follow the prior");
  const { generatorLoss, discriminatorLoss } = fitted.history.at(-1).metrics;
  report(`${name}: loss of the encoder as generator`, generatorLoss, "at balance log 2 = 0.693");
  report(`${name}: loss of the discriminator`, discriminatorLoss, "at balance log 2 = 0.693");
  const rebuilt = (await fitted.reconstruct(test.x)).data;
  report(`${name}: PSNR of reconstructions, dB`, metrics.psnr(test.x, rebuilt));
  await scatter(
    `adversarial-${name}.png`,
    [
      { title: "codes of test digits", points: codes.slice(0, 6000), classes: test.labels },
      { title: `the prior: ${name}`, points: drawn.slice(0, 6000) },
    ],
    { range, side: 360 },
  );
  const made = await fitted.generate(100, { seed: 2 });
  const images = each({ x: made.data, width: 784 });
  const size = { columns: 20, height: 28, width: 28, scale: 1, gap: 1 };
  await grid(`adversarial-${name}-digits.png`, images, size);
  await fitted.dispose();
}

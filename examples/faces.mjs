/**
 * Faces: a convolutional variational autoencoder and an adversarial one learn photographs of 64 x 64 pixels, rebuild
 * faces they have not seen, make new ones, and turn one into another.
 *
 *   node examples/faces.mjs [variational adversarial] [--orl] [--smoke|--full]
 *
 * Takes Labeled Faces in the Wild where it is there, else, or with --orl, the bundled 400 faces of 40 people
 * (Olivetti Research Laboratory) and their mirror images; the last people are kept apart for testing.
 */
import { adversarial, convolutional, fit, metrics, variational } from "espejo";
import { each, mirrored, readImages, resized, some } from "./kit/images.mjs";
import { montage } from "./kit/pictures.mjs";
import { choose, dataFile, report } from "./kit/run.mjs";

const bundled = "faces/orl_faces_112x92.idx3.gz";
const path = process.argv.includes("--orl")
  ? dataFile(bundled)
  : dataFile("faces/lfw_gray64.idx3.gz", bundled);
const orl = path.endsWith("orl_faces_112x92.idx3.gz");
const name = orl ? "faces-orl" : "faces-lfw";
const all = orl ? resized(await readImages(path), 64) : await readImages(path);
const test = some(all, orl ? 40 : 1000, orl ? 360 : all.rows - 1000);
const most = choose({ smoke: 100, short: orl ? 360 : 4000, full: all.rows - test.rows });
const train = mirrored(some(all, Math.min(most, all.rows - test.rows)));
const [smoke, short, full] = orl ? [1, 60, 200] : [1, 5, 15];
const epochs = choose({ smoke, short, full });

const network = convolutional({
  input: [64, 64, 1],
  filters: [16, 32, 64, 64],
  kernelSize: 4,
  latentDim: 32,
  activation: "leakyRelu",
  output: "sigmoid",
});
const batchSize = 16;
const steps = epochs * Math.ceil(train.rows / batchSize);
const kinds = {
  // a smaller variance makes rebuilt faces sharper, and codes drawn from the prior less like those of faces
  variational: { model: variational(network, { variance: 0.1 }), beta1: 0.9 },
  adversarial: { model: adversarial(network, { discriminator: [256, 256] }), beta1: 0.5 },
};

const named = Object.keys(kinds).filter((kind) => process.argv.includes(kind));
for (const kind of named.length ? named : Object.keys(kinds)) {
  const { model, beta1 } = kinds[kind];
  const started = Date.now();
  const fitted = await fit(model, train.x, {
    loss: "mse",
    batchSize,
    epochs,
    validationSplit: 0,
    learningRate: 2e-3,
    optimizer: { name: "adam", beta1 },
    schedule: { kind: "cosine", decaySteps: steps, alpha: 0.02 },
  });
  const seconds = Math.round((Date.now() - started) / 1000);
  const rebuilt = (await fitted.reconstruct(test.x)).data;
  const remark = `${train.rows} faces, ${epochs} epochs, ${seconds} s`;
  report(`${kind}: PSNR of faces not seen, dB`, metrics.psnr(test.x, rebuilt), remark);
  report(`${kind}: SSIM of faces not seen`, metrics.ssim(test.x, rebuilt, test.shape));
  if (fitted.collapsedUnits)
    report(`${kind}: collapsed units`, `${fitted.collapsedUnits.length} of 32`);

  const images = (x) => each({ x, width: 64 * 64 });
  const some10 = (x) =>
    images(x)
      .filter((_, i) => i % Math.floor(test.rows / 10) === 0)
      .slice(0, 10);
  const [from, , , to] = some10(test.x);
  // nearer the middle of the prior, where faces are usual ones: `generate` would take the codes as drawn
  const drawn = (await fitted.drawCodes(20, { seed: 3 })).data.map((value) => 0.7 * value);
  const made = (await fitted.decode(drawn)).data;
  await montage(
    `${name}-${kind}.png`,
    [
      { title: "not seen", images: some10(test.x) },
      { title: "rebuilt", images: some10(rebuilt) },
      { title: "new", images: images(made).slice(0, 10) },
      { title: "new", images: images(made).slice(10) },
      { title: "a morph", images: images(await morph(fitted, from, to)) },
    ],
    { height: 64, width: 64, scale: 1 },
  );
  await fitted.dispose();
}

/** Ten faces on the straight line between the codes of two. */
async function morph(fitted, from, to) {
  const { data: codes } = await fitted.encode([from, to]);
  const size = codes.length / 2;
  const between = Array.from({ length: 10 }, (_, i) =>
    codes.slice(0, size).map((value, k) => value + (i / 9) * (codes[size + k] - value)),
  );
  return (await fitted.decode(between)).data;
}

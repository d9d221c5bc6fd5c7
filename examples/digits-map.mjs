/**
 * A variational autoencoder with two latent units lays the digits out on a map. Prints the test bound in nats,
 * reconstruction plus KL; the pictures are the map, coloured by class, and digits generated from a 20 x 20 grid
 * of quantiles of the prior (Kingma and Welling 2014, Figure 4).
 *
 *   node examples/digits-map.mjs [--smoke|--full]
 */
import { autoencoder, fit, variational } from "espejo";
import { digits, each, some } from "./kit/images.mjs";
import { grid, scatter } from "./kit/pictures.mjs";
import { choose, mode, report } from "./kit/run.mjs";

const { train, test } = await digits();
const model = variational(
  autoencoder({ input: 784, hidden: [512, 256], latentDim: 2, output: "sigmoid" }),
);
const epochs = choose({ smoke: 1, short: 15, full: 80 });
const fitted = await fit(model, train.x, {
  loss: "binaryCrossentropy",
  batchSize: 128,
  epochs,
  validationSplit: 0,
  schedule: { kind: "cosine", decaySteps: epochs * Math.ceil(train.rows / 128) },
  onEpoch: ({ epoch, loss, seconds }) =>
    mode === "full" && console.log(`  epoch ${epoch}: ${loss.toFixed(2)}, ${seconds.toFixed(1)} s`),
});
const { loss, reconstruction, kl } = await fitted.evaluate(test.x);
const wanted = choose({ smoke: "-", short: 155, full: 149 });
report("test: reconstruction + KL, nats", loss, `wanted: at most ${wanted}; ${epochs} epochs`);
report("of it reconstruction", reconstruction);
report("of it KL", kl);
report("collapsed units of the code", `${fitted.collapsedUnits.length} of 2`);

const shown = some(test, 5000);
const map = (await fitted.encode(shown.x)).data;
await scatter("digits-map.png", [
  { title: "5,000 test digits by their code", points: map, classes: shown.labels },
]);
const places = Array.from({ length: 20 }, (_, i) => normalQuantile((i + 0.5) / 20));
const codes = [...places].reverse().flatMap((y) => places.map((x) => [x, y]));
const made = await fitted.decode(codes);
const images = each({ x: made.data, width: 784 });
await grid("digits-grid.png", images, { columns: 20, height: 28, width: 28, scale: 1, gap: 0 });
await fitted.dispose();

/** The standard normal's quantile at p (Abramowitz and Stegun 26.2.23, to 5e-4). */
function normalQuantile(p) {
  if (p > 0.5) return -normalQuantile(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  return above / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
}

import {
  add,
  clip,
  constant,
  exp,
  mean,
  mul,
  repeat,
  reshape,
  type Tensor,
} from "../../graph/index.ts";
import { kinds, makeModel } from "../../models/kinds.ts";
import { halvesOf, networkOf } from "../../models/network.ts";
import type { VariationalOptions } from "../../models/variational.ts";
import { inference, type Loss, type Model, type Parameters, sequence } from "../../nn/index.ts";
import { random } from "../../random.ts";
import type { ArrayRows } from "./scoring.ts";

/** Draws of the code, as many as in a batch of rows; An and Cho (2015) leave their number open. */
const draws = 16;

/**
 * Minus the mean log likelihood of each cell over draws of the code, in nats: An and Cho (2015),
 * "Variational autoencoder based anomaly detection using reconstruction probability". The normal numbers are
 * constants of the graph, the same for every row, so a file gives a row one score. `target` is what cells are
 * compared with, x itself by default. Shape: that of the errors of the loss.
 */
export function drawnSurprise(
  model: Model,
  loss: Loss,
  { x, weights, latent }: ArrayRows,
  seed: number,
  target: Tensor = x,
): Tensor {
  const { latentDim } = model;
  const source = random(seed, 9);
  const noise = Float32Array.from({ length: draws * latentDim }, () => source.normal());
  const each = (value: Tensor): Tensor => reshape(value, ["rows", 1, ...value.shape.slice(1)]);
  const deviation = exp(mul(logVariances(model, weights, x), 0.5));
  const codes = add(
    each(latent),
    mul(each(deviation), constant("float32", [1, draws, latentDim], noise)),
  );
  const y = model.decode(weights, reshape(codes, ["draws", latentDim]), inference);
  const { variance = 1 } = model.architecture.variational as VariationalOptions;
  const wanted = reshape(repeat(each(target), 1, draws), ["draws", ...target.shape.slice(1)]);
  const surprise = loss.surprise!(y, wanted, variance);
  return mean(reshape(surprise, ["rows", draws, ...surprise.shape.slice(1)]), 1);
}

/** Log variances of the units of the code, which `encode` leaves out; bounds as in training. */
function logVariances(model: Model, weights: Parameters, x: Tensor): Tensor {
  const added = kinds.flatMap(({ name, role }) => (role === "network" ? [] : [name]));
  const plain = Object.entries(model.architecture).filter(([name]) => !added.includes(name));
  const network = networkOf(makeModel(Object.fromEntries(plain) as never), "probability");
  const { latentDim } = model;
  const { encoder, encode } = halvesOf(network, { withoutCode: true, latentDim });
  const head = sequence(
    "logVariance",
    [{ ...network.code!, activation: "linear" }],
    encoder.outputShape,
  );
  return clip(head.apply(weights, encode(weights, x, inference), inference), -30, 20);
}

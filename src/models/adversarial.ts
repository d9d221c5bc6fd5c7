import { mistake } from "../errors.ts";
import { add, mean, mul, neg, softplus, type Tensor } from "../graph/index.ts";
import { type Layer, type Model, reduceErrors, sequence, weightPenalty } from "../nn/index.ts";
import { optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { comparison, described, halvesOf, linesOf, networkOf } from "./network.ts";
import { checkKind, networkParts } from "./parts.ts";
import { checkPrior, drawPrior, type Prior } from "./prior.ts";

/** Options of the adversarial autoencoder. */
export interface AdversarialOptions {
  /** What codes should look like; a standard Gaussian by default. */
  readonly prior?: Prior;
  /** Sizes of the layers of the discriminator; [64, 64] by default. */
  readonly discriminator?: readonly number[];
}

const optional = z.exactOptional;

/** `AdversarialOptions`, as they come from a caller. */
export const adversarialOptions: z.ZodMiniObject = z.object({
  prior: optional(networkParts.prior),
  discriminator: optional(optionParts.sizes),
});

/**
 * Adversarial (Makhzani et al. 2016; Charte et al. 2018), three updates for each batch. 1.
 * `loss`: encoder and decoder minimise the reconstruction. 2. `discriminatorLoss`: D learns to tell codes drawn
 * from the prior from those of rows, -(log D(p) + log(1 - D(q(x)))) / 2. 3. `generatorLoss`: the encoder learns
 * to pass for the prior, -log D(q(x)). The code is linear and deterministic.
 */
export function adversarial(model: Model, options: AdversarialOptions = {}): Model {
  checkKind("adversarial", adversarialOptions, model, options);
  const { prior = { kind: "gaussian" }, discriminator: hidden = [64, 64] } = options;
  const network = networkOf(model, "adversarial");
  if (!network.code) throw mistake("adversarial: the model needs latentDim, the size of its code");
  const code = { ...network.code, activation: "linear" as const };
  const { encoder, decoder, latentDim, encode, decode } = halvesOf(
    { ...network, code },
    { encoderGroup: "encoder", decoderGroup: "decoder" },
  );
  checkPrior(prior, latentDim);
  const judge = sequence("discriminator", judgeLayers(hidden), [latentDim], "discriminator");
  return {
    ...described(model, "adversarial", options),
    network: null,
    masked: network.masked,
    inputShape: network.inputShape,
    outputShape: decoder.outputShape,
    latentDim,
    codeActivation: "linear",
    parameters: { ...encoder.parameters, ...decoder.parameters, ...judge.parameters },
    layers: linesOf(encoder, decoder, judge),
    encode,
    decode,
    prior: (context) => drawPrior(prior, latentDim, context),
    objectives: (parameters, given, loss, context) => {
      const q = encode(parameters, given.x, context);
      const y = decode(parameters, q, context);
      const batch = comparison(given, network.masked);
      const error = reduceErrors(loss.errors(y, batch.target), batch, loss.reduction);
      const own = [...Object.keys(encoder.parameters), ...Object.keys(decoder.parameters)];
      const penalty = weightPenalty(
        Object.fromEntries(own.map((name) => [name, parameters[name]!])),
        network.penalties,
      );
      const p = drawPrior(prior, latentDim, context);
      const isReal = judge.apply(parameters, p, context);
      const isFake = judge.apply(parameters, q, context);
      return [
        {
          name: "loss",
          loss: penalty ? add(error, penalty) : error,
          groups: ["encoder", "decoder"],
        },
        {
          name: "discriminatorLoss",
          loss: mul(add(minusLog(isReal), minusLog(neg(isFake))), 0.5),
          groups: ["discriminator"],
        },
        { name: "generatorLoss", loss: minusLog(isFake), groups: ["encoder"] },
      ];
    },
  };
}

const judgeLayers = (hidden: readonly number[]): readonly Layer[] => [
  ...hidden.map((units): Layer => ({ layer: "dense", units, activation: "leakyRelu" })),
  { layer: "dense", units: 1 },
];

/** Minus the log of sigmoid(z), averaged over the batch: softplus(-z). */
const minusLog = (logits: Tensor): Tensor => mean(softplus(neg(logits)));

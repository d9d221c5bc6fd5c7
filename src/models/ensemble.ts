import { add, concat, div, slice, type Tensor } from "../graph/index.ts";
import { inference, type Model, type Parameters, reduceErrors } from "../nn/index.ts";
import { checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { autoencoder } from "./autoencoder.ts";

/** Options of the ensemble; all plain data. */
export interface EnsembleOptions {
  /** Columns of a row. */
  readonly input: number;
  /** Columns of the output, where some of the input's are not rebuilt. */
  readonly outputSize?: number;
  /** Units of the one hidden layer before each code, and after it. */
  readonly hidden?: number;
  /** Sizes of the codes, one network for each. */
  readonly codes?: readonly number[];
}

/** Several autoencoders side by side: their codes are joined, their reconstructions averaged. */
export interface Ensemble extends Model {
  /** The reconstruction of each network from the joined codes. */
  rebuild(parameters: Parameters, codes: Tensor): readonly Tensor[];
}

const { whole, sizes } = optionParts;
const optional = z.exactOptional;

/** `EnsembleOptions`, as they come from a caller. */
const ensembleOptions: z.ZodMiniObject = z.object({
  input: whole(1),
  outputSize: optional(whole(1)),
  hidden: optional(whole(1)),
  codes: optional(sizes.check(z.minLength(1))),
  // its architecture says it, and makes it again
  latentDim: optional(whole(1)),
});

/**
 * Small autoencoders with ever wider codes, trained at once on the same batches, each for itself:
 * sum over the networks of mean L(x, g_k(f_k(x))), f_k and g_k with one tanh layer and a linear code. The
 * narrowest remember only the bulk of the rows, so what most rows are not like is rebuilt badly; the widest
 * tell more of what rows are like. Ensembles of autoencoders for anomalies: Chen et al. 2017.
 */
export function ensemble(options: EnsembleOptions): Ensemble {
  checkOptions("ensemble", ensembleOptions, options);
  const { input, outputSize = input, hidden = 32, codes = [1, 2, 3, 4] } = options;
  const members = codes.map((latentDim) =>
    autoencoder({
      ...{ input, outputSize, hidden: [hidden], latentDim },
      ...{ activation: "tanh", latentActivation: "linear" },
    }),
  );
  const starts = codes.map((_, k) => codes.slice(0, k).reduce((a, b) => a + b, 0));
  const own = (k: number, parameters: Parameters): Parameters =>
    Object.fromEntries(
      Object.keys(members[k]!.parameters).map((name) => [name, parameters[nameOf(k, name)]!]),
    );
  const latentDim = codes.reduce((a, b) => a + b, 0);
  const rebuild: Ensemble["rebuild"] = (parameters, joined) =>
    members.map((member, k) => {
      const code = slice(joined, starts[k]!, starts[k]! + codes[k]!, 1);
      return member.decode(own(k, parameters), code, inference);
    });
  return {
    kind: "ensemble",
    architecture: { ...options, network: "ensemble", latentDim },
    inputShape: [input],
    outputShape: [outputSize],
    latentDim,
    codeActivation: "linear",
    masked: false,
    network: null,
    parameters: Object.fromEntries(
      members.flatMap(({ parameters }, k) =>
        Object.entries(parameters).map(([name, spec]) => [nameOf(k, name), spec]),
      ),
    ),
    layers: members.flatMap(({ layers }, k) =>
      layers.map((line) => ({ ...line, name: nameOf(k, line.name) })),
    ),
    encode: (parameters, x, context) =>
      concat(
        members.map((member, k) => member.encode(own(k, parameters), x, context)),
        1,
      ),
    decode: (parameters, joined) => {
      const rebuilt = rebuild(parameters, joined);
      return div(rebuilt.reduce(add), rebuilt.length);
    },
    rebuild,
    objectives: (parameters, batch, loss, context) => {
      const errors = members.map((member, k) => {
        const mine = own(k, parameters);
        const y = member.decode(mine, member.encode(mine, batch.x, context), context);
        return reduceErrors(loss.errors(y, batch.target), batch, loss.reduction);
      });
      return [{ name: "loss", loss: errors.reduce(add), groups: ["weights"] }];
    },
  };
}

/** Parameters of the networks, from 1: `1.encoder.0.weight`. */
const nameOf = (k: number, name: string): string => `${k + 1}.${name}`;

import type { EngineChoice } from "../../engine/engine.ts";
import { EspejoError } from "../../errors.ts";
import { drawMixture, fitMixture } from "../../metrics/mixture.ts";
import { type KindOptions, makeModel, type NetworkOptions } from "../../models/kinds.ts";
import { drawPriorCodes } from "../../training/prior-codes.ts";
import type { AnyMetadata } from "../model/metadata.ts";

/** Codes for new rows, and where they come from. */
export interface NewCodes {
  /** [rows, latentDim]. */
  readonly codes: Float32Array;
  /** The prior of the kind, or a mixture of Gaussians fitted to the codes of data. */
  readonly from: "prior" | "mixture";
  /** Of the mixture. */
  readonly components?: number;
}

export interface DrawOptions {
  readonly seed?: number;
  readonly engine?: EngineChoice;
  /** Codes of data, [n, latentDim]: new codes are drawn from a mixture fitted to them. */
  readonly like?: Float32Array | null;
}

/** Whether a model's kind says what its codes are distributed like. */
export const hasPrior = ({ architecture }: Pick<AnyMetadata, "architecture">): boolean =>
  ["variational", "adversarial", "wasserstein"].some((kind) => architecture[kind] !== undefined);

/**
 * Draws codes: from the prior of a variational, adversarial or Wasserstein model, from the codes of data for all
 * others. Throws `generate_data` where there is neither.
 */
export async function drawCodes(
  model: { readonly path: string; readonly metadata: AnyMetadata; readonly latentDim: number },
  rows: number,
  { seed = 42, engine, like = null }: DrawOptions = {},
): Promise<NewCodes> {
  const { path, metadata, latentDim } = model;
  if (like) {
    const mixture = fitMixture(like, latentDim, { seed });
    const codes = drawMixture(mixture, rows, seed);
    return { codes, from: "mixture", components: mixture.components.length };
  }
  if (!hasPrior(metadata)) throw new EspejoError("generate_data", { path, kind: metadata.kind });
  const network = makeModel(metadata.architecture as unknown as NetworkOptions & KindOptions);
  return { codes: await drawPriorCodes(network, rows, { seed, engine }), from: "prior" };
}

/** Codes on the straight line from one to another, both included. */
export function codesBetween(from: Float32Array, to: Float32Array, steps: number): Float32Array {
  const width = from.length;
  return Float32Array.from({ length: steps * width }, (_, k) => {
    const share = steps > 1 ? Math.floor(k / width) / (steps - 1) : 0;
    return from[k % width]! * (1 - share) + to[k % width]! * share;
  });
}

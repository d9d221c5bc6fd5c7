import { activations, checkModel, type Model } from "../nn/index.ts";
import { checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";

const { whole, atLeast, oneOf } = optionParts;
const optional = z.exactOptional;
const activation = oneOf(Object.keys(activations));

/** Parts that options of several networks share. */
export const networkParts = {
  activation,
  /** Columns of a row, or its sizes. */
  row: z.union([whole(1), optionParts.shape]),
  /** What all networks but the ensemble may be told. */
  common: {
    latentActivation: optional(activation),
    output: optional(activation),
    masked: optional(z.boolean()),
    l1: optional(atLeast(0)),
    l2: optional(atLeast(0)),
  },
  prior: z.union([
    z.strictObject({ kind: z.enum(["gaussian", "uniform"]) }),
    z.strictObject({
      kind: z.literal("mixture"),
      components: optional(whole(1)),
      radius: optional(z.number()),
    }),
  ]),
};

/** Checks what a kind is put on, and what it is told. */
export function checkKind(
  kind: string,
  schema: z.ZodMiniObject,
  model: unknown,
  options: unknown,
): asserts model is Model {
  checkModel(kind, model);
  checkOptions(kind, schema, options);
}

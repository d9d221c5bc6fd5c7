import { checked, faultText, z } from "../schema.ts";

const size = z.int().check(z.gte(1), z.lte(2 ** 31));
const shape = z.optional(z.nullable(z.array(z.nullable(size))));
const text = z.optional(z.nullable(z.string()));

/** A layer or a model as Keras describes it, as far as all of them are alike. */
const layer = z.looseObject({
  class_name: z.string(),
  config: z.union([
    z.looseObject({ name: text, batch_shape: shape, batch_input_shape: shape }),
    z.array(z.unknown()),
  ]),
  ...{ name: text, module: text, registered_name: text },
  inbound_nodes: z.optional(z.nullable(z.array(z.unknown()))),
});

/** Throws an Error that tells the first layer that is not described as Keras does it. */
export function checkDescribed(layers: readonly unknown[]): void {
  const result = checked(z.array(layer), layers);
  if (!("fault" in result)) return;
  throw new Error(`its network is not described as Keras does: layers${faultText(result.fault)}`);
}

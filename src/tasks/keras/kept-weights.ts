import { makeModel } from "../../models/kinds.ts";
import type { Model } from "../../nn/index.ts";
import type { Vectors } from "../../training/state.ts";
import type { ModelFile } from "../model/model-file.ts";

/** The network of a model file with its weights, as `fit` gave them. */
export function networkIn({ proto, metadata }: ModelFile): {
  readonly model: Model;
  readonly parameters: Vectors;
} {
  const model = makeModel(metadata.architecture as unknown as Parameters<typeof makeModel>[0]);
  const kept = new Map((proto.graph.initializer ?? []).map((tensor) => [tensor.name, tensor]));
  const parameters = Object.fromEntries(
    Object.keys(model.parameters).flatMap((name) => {
      const bytes = kept.get(name)?.rawData;
      // what only serves training, a discriminator say, is not in the file
      return bytes ? [[name, new Float32Array(Uint8Array.from(bytes).buffer)] as const] : [];
    }),
  );
  return { model, parameters };
}

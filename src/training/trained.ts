import { loadEngine } from "#engine";
import type { EngineChoice } from "../engine/engine.ts";
import { mistake } from "../errors.ts";
import { cellsOf } from "../graph/index.ts";
import { checkModel, type Loss, type LossName, lossNamed, type Model } from "../nn/index.ts";
import { checkArgument, checkOptions, optionParts } from "../options.ts";
import { z } from "../schema.ts";
import { lossPart } from "./fit-options.ts";
import { Fitted } from "./fitted.ts";
import type { Vectors } from "./state.ts";

/** Options of a network that is trained already. */
export interface TrainedOptions {
  /** What `scoreSamples` and `evaluate` measure; mse by default. */
  readonly loss?: LossName | Loss;
  readonly threads?: number;
  readonly engine?: EngineChoice;
}

const optional = z.exactOptional;
const trainedOptions: z.ZodMiniObject = z.object({
  loss: optional(lossPart),
  threads: optional(optionParts.threads),
  engine: optional(optionParts.engine),
});

/**
 * A network with the weights that it was given, ready to encode, decode, reconstruct and score: what `fit` gives,
 * without the history. Throws `argument_wrong` where a weight is absent or has the wrong number of cells.
 */
export async function trained(
  model: Model,
  parameters: Vectors,
  options: TrainedOptions = {},
): Promise<Fitted> {
  checkModel("trained", model);
  checkArgument("trained: parameters", z.record(z.string(), optionParts.numbers), parameters);
  checkOptions("trained", trainedOptions, options);
  const { loss = "mse", threads, engine } = options;
  for (const [name, { shape }] of Object.entries(model.parameters)) {
    const cells = parameters[name]?.length ?? 0;
    if (cells !== cellsOf(shape))
      throw mistake(`trained: ${name} must have ${cellsOf(shape)} cells, got ${cells}`);
  }
  const { version, note = null } = await loadEngine(engine);
  const outcome = {
    vectors: {},
    history: [],
    bestEpoch: 0,
    stopped: "epochs",
    compileSeconds: 0,
  } as const;
  return new Fitted(model, parameters, outcome, {
    ...{ loss: lossNamed(loss), threads, engine },
    ...{ engineVersion: version, engineNote: note },
  });
}

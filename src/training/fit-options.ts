import { losses } from "../nn/index.ts";
import { optionParts as parts } from "../options.ts";
import { z } from "../schema.ts";
import { optimizerNames } from "./optimizers.ts";

const { whole, atLeast, listener } = parts;
const optional = z.exactOptional;
const names = (values: readonly string[]) => z.enum(Object.fromEntries(values.map((v) => [v, v])));

/** Options of a run that learns, beside those of its rows. */
export const runShape = {
  optimizer: optional(
    z.union([names(optimizerNames), z.looseObject({ name: names(optimizerNames) })]),
  ),
  learningRate: optional(atLeast(0)),
  schedule: optional(z.looseObject({ kind: z.string() })),
  plateau: optional(z.looseObject({})),
  clipNorm: optional(atLeast(0)),
  epochs: optional(whole(0)),
  batchSize: optional(whole(1)),
  patience: optional(whole(0)),
  seed: optional(z.int()),
  threads: optional(whole(1)),
  engine: optional(parts.engine),
  provider: optional(z.string()),
  signal: optional(z.any()),
  onEpoch: optional(listener),
  onProgress: optional(listener),
  checkpointPath: optional(z.string()),
  resume: optional(z.any()),
};

/** `FitOptions`, as they come from a caller. Rows of numbers are checked with the rows that they belong to. */
export const fitOptions: z.ZodMiniObject = z.object({
  ...runShape,
  loss: optional(z.union([names(Object.keys(losses)), z.looseObject({})])),
  validationSplit: optional(parts.share),
  validationRows: optional(z.any()),
  minimumDelta: optional(atLeast(0)),
  shuffle: optional(z.boolean()),
  target: optional(z.any()),
  mask: optional(z.any()),
  sampleWeight: optional(z.any()),
  initial: optional(z.any()),
  onWeights: optional(listener),
});

import { losses } from "../nn/index.ts";
import { optionParts as parts } from "../options.ts";
import { z } from "../schema.ts";
import type { OptimizerName } from "./optimizers.ts";

const { whole, atLeast, listener } = parts;
const optional = z.exactOptional;
const { oneOf, share, positive } = parts;

const moments = { beta1: optional(share), beta2: optional(share), epsilon: optional(atLeast(0)) };
/** Of each optimizer, beside its name. */
const optimizers = {
  sgd: { momentum: optional(atLeast(0)), nesterov: optional(z.boolean()) },
  rmsprop: {
    ...{ rho: optional(share), momentum: optional(atLeast(0)), epsilon: optional(atLeast(0)) },
  },
  adam: moments,
  adamw: { ...moments, weightDecay: optional(atLeast(0)) },
} satisfies Record<OptimizerName, object>;
const optimizer = z.union(
  Object.entries(optimizers).map(([name, own]) =>
    z.strictObject({ name: z.literal(name), ...own }),
  ),
);

const warmupSteps = optional(atLeast(0));
const decay = { decaySteps: positive, warmupSteps };
const schedule = z.union([
  z.strictObject({ kind: z.literal("constant"), warmupSteps }),
  z.strictObject({
    ...decay,
    kind: z.literal("exponential"),
    decayRate: atLeast(0),
    staircase: optional(z.boolean()),
  }),
  z.strictObject({ ...decay, kind: z.literal("cosine"), alpha: optional(z.number()) }),
  z.strictObject({ ...decay, kind: z.literal("linear"), holdSteps: optional(atLeast(0)) }),
]);

const plateau = z.strictObject({
  ...{ factor: optional(atLeast(0)), patience: optional(whole(0)) },
  ...{ minimumDelta: optional(atLeast(0)), minimumRate: optional(atLeast(0)) },
});

/** A loss by its name, or one of a caller's own. */
export const lossPart = z.union([
  oneOf(Object.keys(losses)),
  z.custom<unknown>(
    (loss) => typeof Object(loss).errors === "function",
    "a loss with errors(y, x)",
  ),
]);

const vectors = z.record(z.string(), parts.numbers);

/** Where a run goes on: what a checkpoint holds; its vectors are compared with those of the program. */
const resumed = z.looseObject({
  ...{ epoch: whole(0), step: whole(0), totalSteps: whole(0), waited: whole(0) },
  ...{ sums: z.array(z.number()), vectors, history: z.array(z.looseObject({})) },
  best: z.nullable(z.looseObject({ loss: z.number(), vectors })),
});

/** Options of a run that learns, beside those of its rows. */
export const runShape = {
  optimizer: optional(z.union([oneOf(Object.keys(optimizers)), optimizer])),
  learningRate: optional(atLeast(0)),
  schedule: optional(schedule),
  plateau: optional(plateau),
  clipNorm: optional(atLeast(0)),
  epochs: optional(whole(0)),
  batchSize: optional(whole(1)),
  patience: optional(whole(0)),
  seed: optional(z.int()),
  threads: optional(parts.threads),
  engine: optional(parts.engine),
  provider: optional(z.string()),
  signal: optional(parts.signal),
  onEpoch: optional(listener),
  onProgress: optional(listener),
  checkpointPath: optional(z.string()),
  resume: optional(resumed),
};

/** `FitOptions`, as they come from a caller. Rows of numbers are checked with the rows that they belong to. */
export const fitOptions: z.ZodMiniObject = z.object({
  ...runShape,
  loss: optional(lossPart),
  validationSplit: optional(parts.share),
  validationRows: optional(parts.numbers),
  minimumDelta: optional(atLeast(0)),
  shuffle: optional(z.boolean()),
  target: optional(z.any()),
  mask: optional(z.strictObject({ data: parts.numbers, columns: whole(1) })),
  sampleWeight: optional(parts.numbers),
  initial: optional(vectors),
  onWeights: optional(listener),
  weightsEvery: optional(atLeast(0)),
});

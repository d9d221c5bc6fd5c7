import { note } from "../data/notes.ts";
import { parameterCount, sizeWarnings } from "../models/summary.ts";
import { mixed } from "../nn/index.ts";
import { blocksOf, widthOf } from "../preparation/plan.ts";
import type { Fitted } from "../training/fitted.ts";
import type { Learnt, Lesson } from "./lesson.ts";
import { networkFor } from "./network.ts";
import { prepareRows } from "./prepared.ts";
import { lossScoring } from "./scoring.ts";
import { defaultBatchSize, defaultSizes } from "./sizes.ts";
import type { TrainTableOptions } from "./train.ts";
import { sayCollapse } from "./train-notes.ts";
import { runOptions } from "./train-options.ts";

/** Trains one autoencoder on the rows that train, until those that judge no longer gain. */
export async function learnNetwork(
  { table, features, split, preparation, seed }: Lesson,
  options: TrainTableOptions,
): Promise<Learnt> {
  const { onNote = () => {} } = options;
  const blocks = blocksOf(preparation);
  const outputSize = blocks.numeric + blocks.categories.reduce((a, b) => a + b, 0);
  const width = widthOf(preparation);
  const sizes = defaultSizes(preparation);
  const network = networkFor({ content: "tables", shape: [width], outputSize, sizes }, options);
  for (const warning of sizeWarnings(network, split.counts.train))
    onNote(
      note(warning, {
        latent: network.latentDim,
        width,
        parameters: parameterCount(network),
        cells: split.counts.train * width,
      }),
    );
  options.onModel?.(network, split);
  const loss = mixed(blocks);
  const { epochs = 200, batchSize = defaultBatchSize(split.counts.train) } = options;
  const prepared = await prepareRows(table, features, split, preparation, {
    outputSize,
    engine: options.engine,
    clean: options.clean,
    ...(options.mostInMemory !== undefined && { mostInMemory: options.mostInMemory }),
    ...(options.threads && { threads: options.threads }),
  });
  let fitted: Fitted;
  try {
    const run = { ...runOptions(options), loss, epochs, batchSize, seed };
    fitted = await prepared.fit(network, run);
  } finally {
    await prepared.dispose();
  }
  sayCollapse(fitted, onNote);
  return {
    ...{ network, fitted, covariance: prepared.covariance, components: network.latentDim },
    scoring: lossScoring(loss),
    chosen: { epochs, batchSize },
  };
}

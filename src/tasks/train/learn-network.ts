import { note } from "../../data/terms/notes.ts";
import type { Table } from "../../data/terms/table.ts";
import { parameterCount, sizeWarnings } from "../../models/summary.ts";
import { mixed } from "../../nn/index.ts";
import { blocksOf, widthOf } from "../../preparation/plan.ts";
import type { Fitted } from "../../training/fitted.ts";
import type { Learnt, Lesson } from "../lesson/lesson.ts";
import { networkFor } from "../lesson/network.ts";
import { type Features, prepareRows, request } from "../lesson/prepared.ts";
import { defaultSizes, runLength } from "../lesson/sizes.ts";
import { sayCollapse } from "../lesson/train-notes.ts";
import { runOptions } from "../lesson/train-options.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import { tableFeeds } from "../model/table-feeds.ts";
import { residualSignature } from "../model/table-graph.ts";
import { isMeasured, measureSpread, type RawBatch } from "../scoring/measure-spread.ts";
import { tableScoring } from "../scoring/requested.ts";

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
  const length = runLength(split.counts.train, "tables", options);
  const prepared = await prepareRows(table, features, split, preparation, {
    outputSize,
    engine: options.engine,
    clean: options.clean,
    ...(options.mostInMemory !== undefined && { mostInMemory: options.mostInMemory }),
    ...(options.threads && { threads: options.threads }),
  });
  let fitted: Fitted;
  try {
    const run = { ...runOptions(options), ...length, loss, seed };
    fitted = await prepared.fit(network, run);
  } finally {
    await prepared.dispose();
  }
  sayCollapse(fitted, onNote);
  const { score = "squared", engine } = options;
  const spread = !isMeasured(score)
    ? null
    : await measureSpread(
        residualSignature({ preparation, model: network, parameters: fitted.parameters }),
        rawBatches(table, features),
        split,
        { products: score === "mahalanobis", engine },
      );
  return {
    ...{ network, fitted, covariance: prepared.covariance, components: network.latentDim },
    scoring: tableScoring(blocks, { score, spread, model: network, loss, seed }),
    chosen: { epochs: length.epochs, batchSize: length.batchSize },
  };
}

/** The rows of a table as the graph takes them. */
async function* rawBatches(table: Table, features: Features): AsyncGenerator<RawBatch> {
  const { numeric, categories } = features;
  for await (const batch of table.batches(request(features))) {
    const feeds = tableFeeds(batch, numeric.length, categories.length);
    yield { start: batch.start, rows: batch.rows, feeds };
  }
}

import { note } from "../../data/terms/notes.ts";
import type { Table } from "../../data/terms/table.ts";
import { mixed } from "../../nn/index.ts";
import { blocksOf } from "../../preparation/plan.ts";
import type { Fitted } from "../../training/fitted.ts";
import { designOf } from "../lesson/design.ts";
import type { Learnt, Lesson } from "../lesson/lesson.ts";
import { fitWatched } from "../lesson/live.ts";
import { type Features, prepareRows, request } from "../lesson/prepared.ts";
import { sayCollapse } from "../lesson/train-notes.ts";
import { runOptions } from "../lesson/train-options.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import { tableFeeds } from "../model/table-feeds.ts";
import { residualSignature } from "../model/table-graph.ts";
import { isMeasured, measureSpread, type RawBatch } from "../scoring/measure-spread.ts";
import { tableScoring } from "../scoring/requested.ts";

/** Trains one autoencoder on the rows that train, until those that judge no longer gain. */
export async function learnNetwork(lesson: Lesson, options: TrainTableOptions): Promise<Learnt> {
  const { table, features, split, preparation, seed } = lesson;
  const { onNote = () => {} } = options;
  const blocks = blocksOf(preparation);
  const design = designOf(preparation, split.counts.train, options);
  const { network, outputSize, length, warnings, figures } = design;
  for (const warning of warnings) onNote(note(warning, figures));
  options.onModel?.(network, split);
  const loss = mixed(blocks);
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
    const { livePath: path, engine } = options;
    const watched = { path, model: network, length, lesson, engine };
    fitted = await fitWatched(watched, (watching) =>
      prepared.fit(network, { ...run, ...watching }),
    );
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

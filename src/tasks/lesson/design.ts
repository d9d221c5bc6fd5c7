import { parameterCount, type SizeWarning, sizeWarnings } from "../../models/summary.ts";
import type { Model } from "../../nn/index.ts";
import { blocksOf, type Preparation, widthOf } from "../../preparation/plan.ts";
import { networkFor } from "./network.ts";
import { defaultSizes, type RunLength, runLength } from "./sizes.ts";
import type { TrainTableOptions } from "./train-table-options.ts";

/** The network of a training on a table, before it learns anything. */
export interface Design {
  readonly network: Model;
  /** Columns that it takes, and that it gives. */
  readonly width: number;
  readonly outputSize: number;
  readonly length: RunLength;
  /** What may go wrong with it, with the figures that say so. */
  readonly warnings: readonly SizeWarning[];
  readonly figures: {
    readonly latent: number;
    readonly width: number;
    readonly parameters: number;
    readonly cells: number;
  };
}

/** The network that options give for rows that were prepared, of which so many train. Throws `network_options`, `kind_content`. */
export function designOf(
  preparation: Preparation,
  train: number,
  options: TrainTableOptions,
): Design {
  const blocks = blocksOf(preparation);
  const outputSize = blocks.numeric + blocks.categories.reduce((a, b) => a + b, 0);
  const width = widthOf(preparation);
  const sizes = defaultSizes(preparation);
  const network = networkFor({ content: "tables", shape: [width], outputSize, sizes }, options);
  return {
    ...{ network, width, outputSize, length: runLength(train, "tables", options) },
    warnings: sizeWarnings(network, train),
    figures: {
      ...{ latent: network.latentDim, width, cells: train * width },
      parameters: parameterCount(network),
    },
  };
}

import { loadEngine } from "#engine";
import { EspejoError } from "../../errors.ts";
import { covarianceSum } from "../../metrics/covariance.ts";
import { mostPcaColumns, type Pca, pcaOf } from "../../metrics/pca.ts";
import { losses } from "../../nn/index.ts";
import { blocksOf, widthOf } from "../../preparation/plan.ts";
import { Fitted } from "../../training/fitted.ts";
import type { Vectors } from "../../training/state.ts";
import type { Learnt, Lesson } from "../lesson/lesson.ts";
import { networkFor } from "../lesson/network.ts";
import { preparer, request } from "../lesson/prepared.ts";
import { defaultSizes } from "../lesson/sizes.ts";
import { networkOptions } from "../lesson/train-options.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import { rowsAt } from "../rows/pick.ts";
import { parts } from "../rows/split.ts";
import { firstColumns } from "../score/scores.ts";
import { squaredCells } from "../scoring/squared-cells.ts";

/**
 * PCA of the rows that train as a linear network without hidden layers, h = (x - m) P' and y = h P + m: nothing is
 * trained. Columns that are inputs only (flags of missing cells, cycles of dates) have weights of 0. Throws
 * `pca_columns` for more prepared columns than PCA is made of, `network_options` for options of a network.
 */
export async function learnPca(
  { table, features, split, preparation }: Lesson,
  options: TrainTableOptions,
): Promise<Learnt> {
  const [foreign] = Object.keys(networkOptions(options));
  if (foreign !== undefined)
    throw new EspejoError("network_options", { reason: `PCA has no option ${foreign}` });
  const blocks = blocksOf(preparation);
  const outputSize = blocks.numeric + blocks.categories.reduce((a, b) => a + b, 0);
  const width = widthOf(preparation);
  if (outputSize > mostPcaColumns)
    throw new EspejoError("pca_columns", {
      ...{ path: table.path, columns: outputSize, most: mostPcaColumns },
    });
  const sum = covarianceSum(outputSize);
  const { engine, threads } = options;
  const program = await preparer(features, preparation, { engine, ...(threads && { threads }) });
  try {
    for await (const batch of table.batches(request(features))) {
      const { x } = await program.run(batch);
      const chosen = Array.from({ length: batch.rows }, (_, i) => i).filter(
        (i) => split.partOf[batch.start + i] === parts.train,
      );
      sum.add(firstColumns(rowsAt(x, width, chosen), chosen.length, outputSize));
    }
  } finally {
    await program.dispose();
  }
  const covariance = sum.result();
  const sizes = defaultSizes(preparation);
  const latentDim = Math.min(sizes.latentDim, outputSize);
  const network = networkFor(
    { content: "tables", shape: [width], outputSize, sizes },
    { hidden: [], latentDim, activation: "linear" },
  );
  options.onModel?.(network, split);
  const none = { history: [], bestEpoch: 0, stopped: "epochs", compileSeconds: 0 } as const;
  const parameters = weightsOf(pcaOf(covariance, latentDim), width);
  const { version } = await loadEngine(engine);
  const made = { loss: losses.mse!, engine, engineVersion: version, engineNote: null };
  const fitted = new Fitted(network, parameters, { ...none, vectors: {} }, made);
  return {
    // it is the PCA that others have beside them: a comparison would be with itself
    ...{ network, fitted, covariance: null, components: latentDim },
    scoring: squaredCells(blocks),
    chosen: { keep: "pca" },
  };
}

/** The weights of the linear network that does what a PCA does with the first of so many columns. */
function weightsOf({ mean, components, explainedVariance }: Pca, width: number): Vectors {
  const p = mean.length;
  const k = explainedVariance.length;
  const encoder = new Float32Array(width * k);
  const code = new Float32Array(k);
  for (let c = 0; c < k; c++) {
    let shift = 0;
    for (let j = 0; j < p; j++) {
      encoder[j * k + c] = components[c * p + j]!;
      shift -= mean[j]! * components[c * p + j]!;
    }
    code[c] = shift;
  }
  return {
    "encoder.0.weight": encoder,
    "encoder.0.bias": code,
    "decoder.0.weight": Float32Array.from(components),
    "decoder.0.bias": Float32Array.from(mean),
  };
}

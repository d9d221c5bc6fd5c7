import { EspejoError } from "../errors.ts";
import { checkArguments, checkOptions } from "../options.ts";
import { z } from "../schema.ts";
import type { Evaluation } from "../tasks/evaluate/evaluation.ts";
import { type Normal, normalPart } from "../tasks/rows/labels.ts";
import { matchShape, usePart } from "./arguments.ts";
import { type ClusterUse, type MatchOptions, matchOnCluster } from "./match.ts";

/** What is judged on a cluster. */
export interface ClusterEvaluateOptions extends MatchOptions {
  /** The column that tells normal rows from anomalies; by default that of the training. */
  readonly label?: string;
  /** Its values that are normal; by default what was so in training. */
  readonly normal?: Normal;
}

const evaluateOptions: z.ZodMiniObject = z.object({
  ...matchShape,
  label: z.exactOptional(z.string()),
  normal: z.exactOptional(normalPart),
});

/** An evaluation of data of a cluster. */
export interface ClusterEvaluation extends Evaluation {
  /** Whether every score was told apart: of very many different ones those are counted together that are nearly equal. */
  readonly exact: boolean;
}

/**
 * Judges a model on labelled rows where Spark has them, as `evaluate` does: scores are counted there, and few or many rows
 * take no more memory here. Throws `label_unnamed`, `label_missing`, `label_empty`, `label_value`, and what scoring throws.
 */
export async function evaluateOnCluster(
  use: ClusterUse,
  options: ClusterEvaluateOptions = {},
): Promise<ClusterEvaluation> {
  checkArguments("evaluateOnCluster", { use: [use, usePart] });
  checkOptions("evaluateOnCluster", evaluateOptions, options);
  const { read = {}, normal } = options;
  const label = options.label ?? use.model.metadata.training.label?.column;
  if (label === undefined) throw new EspejoError("label_unnamed", {});
  const { request, columns } = await matchOnCluster(use, { ...options, read: { ...read, label } });
  const column = columns.find(({ role }) => role === "label")!.name;
  const told = await use.connection.ask<Told>("evaluate", {
    ...{ ...request, label: column },
    ...(normal !== undefined && { normal }),
  });
  const { pca, rocAucInterval: ends } = told;
  return {
    ...told,
    ...known(told, ["baseRate", "rocAuc", "averagePrecision", "recall", "f1", "precisionAtN"]),
    rocAucInterval: [ends[0] ?? Number.NaN, ends[1] ?? Number.NaN],
    pca: pca && known(pca, ["rocAuc", "averagePrecision"]),
  };
}

/** As JSON has it: figures that are not known are null. */
type Told = Evaluation & { readonly exact: boolean };

/** Some figures, NaN where they are not known. */
const known = <Name extends string>(
  figures: Readonly<Record<Name, number | null>>,
  names: readonly Name[],
): Readonly<Record<Name, number>> =>
  Object.fromEntries(names.map((name) => [name, figures[name] ?? Number.NaN])) as Readonly<
    Record<Name, number>
  >;

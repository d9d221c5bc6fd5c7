import type { Arrays } from "../../data/terms/arrays.ts";
import { itemsOf } from "../../data/terms/items.ts";
import type { Table } from "../../data/terms/table.ts";
import { tellingOf } from "../../error-items.ts";
import { EspejoError } from "../../errors.ts";
import { checkArguments } from "../../options.ts";
import { z } from "../../schema.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { pcaFromMetadata } from "../model/pca-metadata.ts";
import type { TableModel } from "../model/table-model.ts";
import { labelsOf, type Normal, normalPart, readLabels } from "../rows/labels.ts";
import { pick } from "../rows/pick.ts";
import { scoreArrays } from "../score/array-scores.ts";
import { scoreSome } from "../score/scores.ts";
import { type Evaluation, evaluateScores } from "./evaluation.ts";

/**
 * Judges a model on labelled rows, beside the PCA that was fitted with it. What is normal is the value of
 * the label that was so in training, unless stated; none of the rows need have that of the training. Rows without
 * a label do not count.
 */
export async function evaluate(
  model: TableModel,
  table: Table,
  label: string,
  normal?: Normal,
): Promise<Evaluation> {
  checkArguments("evaluate", {
    model: [model, argument.tableModel],
    table: [table, argument.table],
    label: [label, argument.path],
    normal: [normal, z.optional(normalPart)],
  });
  const { classes } = await readLabels(table, label, ...normalFor(model, normal));
  const { pca: kept } = model.metadata;
  const pca = kept && pcaFromMetadata(kept);
  const scores = await scoreSome(model, table, pca, (row) => classes[row] !== 2);
  return evaluateScores(
    scores.model,
    scores.pca,
    pick(classes, scores.rows),
    model.metadata.threshold.value,
  );
}

/** As `evaluate`, for images or sequences with classes. Throws `labels_absent` where they have none. */
export async function evaluateArrays(
  model: ArrayModel,
  arrays: Arrays,
  normal?: Normal,
): Promise<Evaluation> {
  checkArguments("evaluateArrays", {
    model: [model, argument.arrayModel],
    arrays: [arrays, argument.arrays],
    normal: [normal, z.optional(normalPart)],
  });
  const { path, labels } = arrays;
  if (!labels) throw new EspejoError("labels_absent", { path });
  const { classes } = await tellingOf(itemsOf(arrays.detected), async () =>
    labelsOf(path, "class", labels, ...normalFor(model, normal)),
  );
  const { metadata } = model;
  const pca = metadata.pca && pcaFromMetadata(metadata.pca);
  const scores = await scoreArrays(model, arrays, pca, (row) => classes[row] !== 2);
  return evaluateScores(
    scores.model,
    scores.pca,
    pick(classes, scores.rows),
    metadata.threshold.value,
  );
}

/** What is normal, and whether rows may lack it: what a person states should be there. */
const normalFor = ({ metadata }: TableModel | ArrayModel, stated: Normal | undefined) =>
  [stated ?? metadata.training.label?.normal, { maybeAbsent: stated === undefined }] as const;

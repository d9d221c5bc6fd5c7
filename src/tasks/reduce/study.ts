import type { Arrays } from "../../data/terms/arrays.ts";
import type { OpenOptions } from "../../data/terms/table.ts";
import { checkArguments, checkObject } from "../../options.ts";
import { type DataSource, withTable } from "../lesson/job.ts";
import { argument } from "../model/arguments.ts";
import { columnText } from "../rows/labels.ts";
import { openArraysBench, openTableBench } from "../workbench/open-bench.ts";
import { type ReductionStudy, type StudyOptions, studyBench } from "./reduction.ts";

/**
 * How well a table can be reduced to few dimensions, by an autoencoder and by PCA, on rows that did not train;
 * a label is never learnt from, only looked for in the codes. Trains a network for each size: `reduce` then
 * makes the one that is wanted from all rows.
 */
export function studyReduction(
  data: DataSource,
  options: OpenOptions & StudyOptions = {},
): Promise<ReductionStudy> {
  return withTable(data, options, async (table) => {
    const { latentDim: _, ...training } = options;
    const label = table.columns.find(({ role }) => role === "label");
    const classes = label ? await columnText(table, label.name) : null;
    return studyBench(await openTableBench(table, training), { classes, ...options });
  });
}

/** As `studyReduction`, for images or sequences; their classes are looked for where they have some. */
export async function studyArrays(
  arrays: Arrays,
  options: StudyOptions = {},
): Promise<ReductionStudy> {
  checkObject("studyArrays", options);
  checkArguments("studyArrays", { arrays: [arrays, argument.arrays] });
  const { latentDim: _, ...training } = options;
  const bench = await openArraysBench(arrays, training);
  return studyBench(bench, { classes: arrays.labels, ...options });
}

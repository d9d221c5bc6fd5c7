import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import { needsLabels, parseThreshold, type ThresholdRule } from "../../metrics/threshold.ts";
import type { TrainingProfile } from "../../preparation/statistics.ts";
import { checkThreshold } from "../evaluate/judge.ts";
import { splitTable } from "../lesson/deal.ts";
import type { Lesson } from "../lesson/lesson.ts";
import { liveRows } from "../lesson/live-rows.ts";
import { featuresOf, fitPreparation } from "../lesson/prepared.ts";
import { checkLabels } from "../lesson/train-notes.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import { type Labels, readLabels } from "../rows/labels.ts";
import { ruleFor } from "../rows/rows-per-period.ts";
import type { SplitUnits } from "../rows/split-units.ts";
import { checkScore } from "../scoring/score-names.ts";

/** The rule of a threshold that nobody stated. */
export const usualRule = "quantile:0.99";

/** A lesson with what the model file tells of its rows. */
export interface Begun {
  readonly lesson: Lesson;
  readonly labels: Labels | null;
  readonly units: SplitUnits | null;
  readonly profile: TrainingProfile;
  /** Of the values of the features. */
  readonly fingerprint: string;
  readonly wanted: ThresholdRule;
}

const fewestRows = 2;

/**
 * All that a training does before it learns: reads labels, deals rows to their parts, and measures the columns that it prepares.
 * Throws EspejoError for data that cannot be learnt from, and for options that do not fit them.
 */
export async function beginLesson(table: Table, options: TrainTableOptions): Promise<Begun> {
  const { seed = 42, threshold: rule = usualRule, onNote = () => {} } = options;
  const wanted = await ruleFor(parseThreshold(rule), table);
  const features = featuresOf(table);
  if (features.numeric.length + features.categories.length === 0)
    throw new EspejoError("no_features", { path: table.path });
  if (options.score) {
    const columns = features.numeric.length + features.categories.length;
    checkScore(options.score, options.kind ?? "basic", columns);
  }
  const labelColumn = table.columns.find(({ role }) => role === "label");
  if (!labelColumn && needsLabels(wanted)) throw new EspejoError("threshold_labels", { rule });
  const labels = labelColumn ? await readLabels(table, labelColumn.name, options.normal) : null;
  if (labels) checkLabels(table.path, labels, onNote);
  const { split, units } = await splitTable(table, labels, options);
  checkThreshold(wanted, split, labels);
  if (split.counts.train < fewestRows)
    throw new EspejoError("too_few_rows", {
      path: table.path,
      rows: split.counts.train,
      least: fewestRows,
    });
  if (options.clean && options.clean.rows !== table.rows)
    throw new EspejoError("clean_rows", {
      path: options.clean.path,
      rows: options.clean.rows,
      noisy: table.rows,
    });
  const { key = [] } = table.shape ?? {};
  // who keeps no rows in a model file wants none beside it either
  const live = options.livePath === undefined || options.private ? null : liveRows(split, labels);
  const { preparation, profile, fingerprint } = await fitPreparation(
    table,
    features,
    split,
    {
      ...(options.scaling && { scaling: options.scaling }),
      ...(options.log && { log: options.log }),
      // what groups are like tells of each of them
      ...(key.length > 0 && !options.private && { groups: key }),
      seed,
    },
    live?.add,
  );
  return {
    lesson: {
      ...{ table, features, split, preparation, seed },
      normalOnly: labels !== null || (options.normalOnly ?? false),
      live: live?.result() ?? null,
    },
    ...{ labels, units, profile, fingerprint, wanted },
  };
}

import type { Arrays } from "../../data/terms/arrays.ts";
import type { Note } from "../../data/terms/notes.ts";
import type { Table } from "../../data/terms/table.ts";
import { EspejoError } from "../../errors.ts";
import type { ArrayModel } from "../model/array-model.ts";
import type { AnyMetadata } from "../model/metadata.ts";
import type { TableModel } from "../model/table-model.ts";
import { concludeScoring, type ScoringSummary } from "../ranking/kept-scoring.ts";
import { type Scored, writeRanking } from "../ranking/ranking-file.ts";
import { type Labels, readLabels } from "../rows/labels.ts";
import { namingColumns } from "../rows/row-names.ts";
import { watchDrift } from "../score/drift.ts";
import type { Verdict } from "../verdicts/verdict.ts";
import { rankArrays } from "./detect-arrays.ts";
import { labelIn, type RankOptions, rankTable } from "./rank.ts";
import { rankStamps } from "./rank-stamps.ts";
import { scoredArrays, scoredStamps, scoredTable } from "./scored-rows.ts";

/** Of data without anomalies, too, a person sees why the highest scores are high. */
const usual: RankOptions = { atLeast: 100 };

/** Scores a table by a model and keeps its ranking, and how it differs from the rows that trained, in a folder that was begun. */
export async function keepTableScoring(
  folder: string,
  model: TableModel,
  table: Table,
  which: RankOptions = usual,
): Promise<ScoringSummary> {
  const ids = namingColumns(table.columns);
  const drift = watchDrift(model, { text: ids });
  const ranking = await rankTable(model, table, { ...which, ids, drift });
  const labels = await labelsIn(model, table);
  const scored = scoredTable(table, ranking, ids, {
    partOf: null,
    classes: labels?.classes ?? null,
  });
  return conclude(folder, model.metadata, scored, {
    ...{ verdicts: ranking.verdicts, drift: drift.notes(), label: labels?.column ?? null },
    notes: table.notes,
  });
}

/** The same with images or sequences. */
export async function keepArrayScoring(
  folder: string,
  model: ArrayModel,
  arrays: Arrays,
  which: RankOptions = usual,
): Promise<ScoringSummary> {
  const ranking = await rankArrays(model, arrays, which);
  const scored = scoredArrays(model, arrays, ranking, { partOf: null, classes: null });
  const { notes } = arrays;
  return conclude(folder, model.metadata, scored, { verdicts: ranking.verdicts, notes });
}

/** The same with the time stamps of arrays that were opened with `stamps`. */
export async function keepStampScoring(
  folder: string,
  model: ArrayModel,
  arrays: Arrays,
  which: RankOptions = usual,
): Promise<ScoringSummary> {
  const ranking = await rankStamps(model, arrays, which);
  const { threshold, stampThreshold = threshold } = model.metadata;
  const metadata = { ...model.metadata, threshold: stampThreshold };
  const scored = scoredStamps(model, arrays, ranking);
  const { notes } = arrays;
  return conclude(folder, metadata, scored, { verdicts: ranking.verdicts, notes });
}

/** Labels of new rows; nothing where they have none, as next month's have not. */
async function labelsIn(model: TableModel, table: Table): Promise<Labels | null> {
  const column = labelIn(table, model);
  if (column === null) return null;
  try {
    const { normal } = model.metadata.training.label!;
    return await readLabels(table, column, normal, { maybeAbsent: true });
  } catch (error) {
    if (error instanceof EspejoError && error.code === "label_empty") return null;
    throw error;
  }
}

interface Found {
  readonly verdicts: readonly Verdict[];
  readonly notes: readonly Note[];
  readonly drift?: readonly Note[];
  readonly label?: string | null;
}

const conclude = (
  folder: string,
  { kind, threshold }: Pick<AnyMetadata, "kind" | "threshold">,
  scored: Scored,
  { verdicts, notes, drift = [], label = null }: Found,
): Promise<ScoringSummary> =>
  concludeScoring(
    folder,
    {
      ...{ kind, verdicts, drift, notes, label },
      threshold: {
        ...{ threshold: threshold.value, rule: threshold.rule },
        parameters: threshold.parameters,
      },
    },
    (path) => writeRanking(path, scored),
  );

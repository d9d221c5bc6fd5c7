import type { Arrays } from "../../data/terms/arrays.ts";
import type { Table } from "../../data/terms/table.ts";
import { type Scored, writeRanking } from "../ranking/ranking-file.ts";
import { namingColumns } from "../rows/row-names.ts";
import type { Run } from "../runs/run.ts";
import type { ArrayDetector, ArrayRanking } from "./array-detector.ts";
import { detectionSummary } from "./detection-summary.ts";
import type { Detector } from "./detector.ts";
import { type Ranking, type RankOptions, rankTable } from "./rank.ts";
import type { StampRanking } from "./rank-stamps.ts";
import { scoredArrays, scoredStamps, scoredTable } from "./scored-rows.ts";

/** Ranks the rows of a table and keeps the detection in its run: model, ranking of all rows, summary. */
export async function keepDetection(
  run: Run,
  detector: Detector,
  table: Table,
  which: RankOptions = {},
): Promise<Ranking> {
  const ids = namingColumns(table.columns);
  const ranking = await rankTable(detector.model, table, { ...which, ids });
  await conclude(run, detector, ranking, scoredTable(table, ranking, ids, toldBy(detector)));
  return ranking;
}

/** Keeps the detection of odd images or sequences in its run. */
export const keepArrayDetection = (
  run: Run,
  detector: ArrayDetector,
  arrays: Arrays,
  ranking: ArrayRanking,
): Promise<void> =>
  conclude(run, detector, ranking, scoredArrays(detector.model, arrays, ranking, toldBy(detector)));

/** Keeps the detection of odd time stamps in its run: the rows of the table that the windows were cut from. */
export const keepStampDetection = (
  run: Run,
  detector: ArrayDetector,
  arrays: Arrays,
  ranking: StampRanking,
): Promise<void> => conclude(run, detector, ranking, scoredStamps(detector.model, arrays, ranking));

const toldBy = ({ trained }: Detector | ArrayDetector) => ({
  partOf: trained.split.partOf,
  classes: trained.labels?.classes ?? null,
});

function conclude(
  run: Run,
  detector: Detector | ArrayDetector,
  found: Parameters<typeof detectionSummary>[1],
  scored: Scored,
): Promise<void> {
  return run.conclude({
    model: detector.model,
    ranking: (path) => writeRanking(path, scored),
    summary: detectionSummary(detector, found),
  });
}

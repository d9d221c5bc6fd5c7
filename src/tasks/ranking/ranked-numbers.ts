import { join } from "node:path";
import { openColumnsFile } from "../../data/paged/columns-file.ts";
import { runFiles } from "../runs/run-folder.ts";
import { rankingColumns as of } from "./ranking-file.ts";

/** Scores and ranks of the rows of a source, by their numbers in it; NaN where a row was not ranked. */
export interface RankedNumbers {
  readonly scores: Float32Array;
  readonly ranks: Float32Array;
}

/** Reads the scores and ranks of so many rows in one go. Throws an Error of the system where the run has no ranking. */
export async function rankedNumbers(folder: string, rows: number): Promise<RankedNumbers> {
  const file = await openColumnsFile(join(folder, runFiles.ranking));
  try {
    const [numbers, scored, ranked] = await file.numbers([of.row, of.score, of.rank]);
    const scores = new Float32Array(rows).fill(Number.NaN);
    const ranks = new Float32Array(rows).fill(Number.NaN);
    numbers!.forEach((number, i) => {
      scores[number - 1] = scored![i]!;
      ranks[number - 1] = ranked![i]!;
    });
    return { scores, ranks };
  } finally {
    file.dispose();
  }
}

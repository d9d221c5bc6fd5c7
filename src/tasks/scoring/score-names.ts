import { EspejoError } from "../../errors.ts";
import { kindsOf } from "../../models/kinds.ts";

/** How a model file may score. */
export const scoreNames = [
  "squared",
  "absolute",
  "standardised",
  "mahalanobis",
  "probability",
] as const;
/** The formula of a score; docs/scores.md has them all. */
export type ScoreName = (typeof scoreNames)[number];

/** Rows with more cells have no Mahalanobis distance: its matrix is square in them, its root cubic. */
const mostCells = 512;

/**
 * Refuses, before anything is trained, a score that a kind or rows of so many cells (source columns of a
 * table) cannot have: `option_word`, `score_kind`, `score_cells`.
 */
export function checkScore(score: ScoreName, kind: string, cells: number): void {
  if (!scoreNames.includes(score))
    throw new EspejoError("option_word", {
      ...{ option: "score", words: scoreNames.join(", "), value: score },
    });
  const names = kindsOf(kind).map(({ name }) => name);
  const own = names.includes("ensemble");
  if (own || (score === "probability" && !names.includes("variational")))
    throw new EspejoError("score_kind", { score, kind });
  if (score === "mahalanobis" && cells > mostCells)
    throw new EspejoError("score_cells", { cells, most: mostCells });
}

import { enColumns, esColumns } from "../../charts/texts/columns.ts";
import { fillText } from "../../errors.ts";
import type { Language } from "../../language.ts";
import type { PagedRanking, RankingFilter, RankingRow } from "../../tasks/ranking/paged-ranking.ts";
import type { RankedReason } from "../../tasks/ranking/ranking-file.ts";
import { placedReasonText } from "../../tasks/score/array-reason-text.ts";
import { reasonText } from "../../tasks/score/reason-text.ts";
import type { Mark, RankedRow, Scores } from "../api/runs.ts";

export type MarkFilter = "any" | Mark;

/** The words of a language for reasons. */
export const wordsIn = (language: Language) => {
  const texts = language === "es" ? esColumns : enColumns;
  return {
    language,
    text: (
      key: keyof typeof enColumns,
      parameters: Readonly<Record<string, string | number>> = {},
    ): string => fillText(texts[key], parameters),
  };
};

/** Which rows are meant that lie above a score, or that a person marked. */
export function filterOf(
  marks: ReadonlyMap<number, Mark>,
  above: number | undefined,
  marked: MarkFilter | undefined,
): RankingFilter {
  return {
    ...(above !== undefined && { above }),
    ...(marked !== undefined && {
      only: [...marks].flatMap(([row, mark]) => (marked === "any" || mark === marked ? [row] : [])),
    }),
  };
}

/** A row of a ranking as pages show it. */
export function rankedRow(
  { rank, row, ids, score, labelled, reasons }: RankingRow,
  marks: ReadonlyMap<number, Mark>,
  language: Language,
): RankedRow {
  const told = reasons.slice(0, 3).map((reason) => ({
    column: "column" in reason ? reason.column : "",
    text: rankedReasonText(reason, language),
  }));
  return { rank, row, ids, score, labelled, reasons: told, mark: marks.get(row) ?? null };
}

/** A reason of a ranking in words. */
export function rankedReasonText(reason: RankedReason, language: Language): string {
  const words = wordsIn(language);
  return "top" in reason || "step" in reason
    ? placedReasonText(reason, words)
    : reasonText(reason, words);
}

/** Reviews that people have time for: so many rows, and a hundredth of all. */
const budgets = (rows: number): readonly (readonly [rule: string, rows: number])[] => [
  ...[10, 50, 100, 500].map((count) => [`budget:${count}`, count] as const),
  ["quantile:0.99", Math.max(1, Math.floor(rows / 100))],
];

const known = new WeakMap<PagedRanking, Promise<Scores["rules"]>>();

/** Thresholds that a person may choose, and the rows above each. */
export function rulesOf(ranking: PagedRanking): Promise<Scores["rules"]> {
  const rules = known.get(ranking) ?? findRules(ranking);
  known.set(ranking, rules);
  return rules;
}

async function findRules(ranking: PagedRanking): Promise<Scores["rules"]> {
  const found: { rule: string; threshold: number; rows: number }[] = [];
  for (const [rule, count] of budgets(ranking.rows)) {
    if (count >= ranking.rows) continue;
    // rows above a threshold are greater than it
    const { rows } = await ranking.page({ from: count, rows: 1 });
    const threshold = rows[0]!.score;
    const { total } = await ranking.page({ above: threshold, rows: 1 });
    found.push({ rule, threshold, rows: total });
  }
  return found;
}

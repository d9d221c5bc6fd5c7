import type { Note } from "../data/terms/notes.ts";
import type { Language } from "../language.ts";
import { checkArguments, checkOptions } from "../options.ts";
import { z } from "../schema.ts";
import { periodsBetween } from "../tasks/rows/rows-per-period.ts";
import {
  driftNotes,
  looksForTwins,
  type RowsSeen,
  rowsToKeep,
} from "../tasks/score/drift-notes.ts";
import { budgetVerdicts, periodOfBudget } from "../tasks/verdicts/budget.ts";
import type { Verdict } from "../tasks/verdicts/verdict.ts";
import { matchShape, outputPart, usePart } from "./arguments.ts";
import { type ClusterUse, type MatchOptions, matchOnCluster } from "./match.ts";
import { type ClusterOutput, outputRequest } from "./output.ts";

/** How rows are scored on a cluster. */
export interface ClusterScoreOptions extends MatchOptions {
  /** Reasons for anomalies only (the default), for all rows, or for none. */
  readonly reasons?: "anomalies" | "all" | "none";
  /** Of the reasons. */
  readonly language?: Language;
}

/** What the scores of data of a cluster come to. */
export interface ClusterScored {
  readonly rows: number;
  readonly anomalies: number;
  /** Rows whose verdict is open, since a cell could not be read. */
  readonly open: number;
  /** What the budget of the model comes to. */
  readonly verdicts: readonly Verdict[];
  /** How the rows differ from those that trained, column by column; of the groups of panels nothing is told. */
  readonly drift: readonly Note[];
}

const scoreOptions: z.ZodMiniObject = z.object({
  ...matchShape,
  reasons: z.exactOptional(z.enum(["anomalies", "all", "none"])),
  language: z.exactOptional(z.enum(["en", "es"])),
});

interface Answer extends Omit<ClusterScored, "verdicts" | "drift"> {
  readonly days?: readonly [first: number, last: number] | null;
  readonly seen: SeenAnswer;
}

/**
 * Scores data by a model file where Spark has them, and has it write the rows: those of `espejo score`, and `unread` behind
 * them. Throws what opening a table for a model throws, `score_not_finite`, `cluster_exists`, `cluster_foreign`,
 * `cluster_no_runtime` and `cluster_version`.
 */
export async function scoreOnCluster(
  use: ClusterUse,
  output: ClusterOutput,
  options: ClusterScoreOptions = {},
): Promise<ClusterScored> {
  checkArguments("scoreOnCluster", { use: [use, usePart], output: [output, outputPart] });
  checkOptions("scoreOnCluster", scoreOptions, options);
  const { reasons = "anomalies", language = "en" } = options;
  const { threshold } = use.model.metadata;
  const { request, columns, rows: known } = await matchOnCluster(use, options);
  const per = periodOfBudget(threshold);
  const dated = per && columns.find(({ role, type }) => role === "time" && type === "date");
  const { days, seen, ...told } = await use.connection.ask<Answer>("score", {
    ...{ ...request, reasons, language, output: outputRequest(output) },
    ...(dated && { days: dated.name }),
    watch: { share: Math.min(1, rowsToKeep(use.model) / known), twins: looksForTwins(use.model) },
  });
  const { rows, anomalies: flagged } = told;
  const periods = per && days ? periodsBetween(days, per) : null;
  return {
    ...told,
    verdicts: budgetVerdicts(threshold, { flagged, rows, periods }),
    drift: driftNotes(use.model, seenFrom(seen)),
  };
}

type NumbersSeen = RowsSeen["numbers"][number];

/** What was seen of rows as JSON has it: missing numbers are null. */
interface SeenAnswer extends Omit<RowsSeen, "numbers"> {
  readonly numbers: readonly (Pick<NumbersSeen, "missing" | "outside"> & {
    readonly minimum: number | null;
    readonly maximum: number | null;
    readonly sample: readonly (number | null)[];
  })[];
}

const seenFrom = ({ numbers, ...seen }: SeenAnswer): RowsSeen => ({
  ...seen,
  numbers: numbers.map(({ minimum, maximum, sample, ...counts }) => ({
    ...counts,
    minimum: minimum ?? Number.POSITIVE_INFINITY,
    maximum: maximum ?? Number.NEGATIVE_INFINITY,
    sample: Float64Array.from(sample, (value) => value ?? Number.NaN),
  })),
});

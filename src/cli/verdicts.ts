import { type Separation, separationOf } from "../tasks/verdicts/separation.ts";
import { toldVerdict, type Verdict, verdictIn } from "../tasks/verdicts/verdict.ts";
import type { Context } from "./context.ts";

/** Verdicts as lines that stand out. */
export const verdictLines = (
  verdicts: readonly Verdict[],
  { language, paint }: Context,
): readonly string[] => verdicts.map((each) => paint("bold", verdictIn(each, language)));

/** Verdicts for `--json`, each with its words. */
export const verdictsTold = (
  verdicts: readonly Verdict[],
  { language }: Context,
): { readonly verdicts: readonly object[] } => ({
  verdicts: verdicts.map((each) => toldVerdict(each, language)),
});

/** What an evaluation comes to, where there is one and it has rows of both classes. */
export function verdictsOf(evaluation: Separation | null, { items }: Context): readonly Verdict[] {
  const separation = evaluation && separationOf(evaluation, items);
  return separation ? [separation] : [];
}

/** Those that a report cannot find by itself. */
export const beyondScores = (verdicts: readonly Verdict[]): readonly Verdict[] =>
  verdicts.filter(({ code }) => !code.includes("separate"));

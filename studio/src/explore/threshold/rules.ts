/** A rule as `--threshold` takes it, in parts. */
export interface RuleParts {
  readonly name: string;
  readonly value: number | null;
  /** Of a budget: for each day, week, month or year. */
  readonly per: string | null;
}

/** The parts of a rule such as `budget:30/month`; one of another form is only its name. */
export function ruleParts(rule: string): RuleParts {
  const found = /^([a-z]\w*)(?::([\d.e+-]+)(?:\/([a-z]+))?)?$/.exec(rule);
  const value = found?.[2] === undefined ? null : Number(found[2]);
  if (!found || Number.isNaN(value)) return { name: rule, value: null, per: null };
  return { name: found[1]!, value, per: found[3] ?? null };
}

/** Rules in the order that a person wants them in: budgets of reviews first, else as they come. */
export const inOrder = <Rule extends { readonly rule: string }>(
  rules: readonly Rule[],
): readonly Rule[] => [
  ...rules.filter(({ rule }) => ruleParts(rule).name === "budget"),
  ...rules.filter(({ rule }) => ruleParts(rule).name !== "budget"),
];

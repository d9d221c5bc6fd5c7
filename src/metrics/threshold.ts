import { EspejoError, mistake } from "../errors.ts";
import { checkArguments } from "../options.ts";
import { inShort } from "../schema.ts";
import { parts } from "./arguments.ts";
import type { Labels, Numbers } from "./counts.ts";
import { type Choice, type RuleName, rules } from "./threshold-rules.ts";

/** How a threshold is found from calibration scores; `value` is the number after the colon, if any. */
export interface ThresholdRule {
  readonly name: RuleName;
  readonly value?: number;
  /** Of a budget: alerts in each day, week, month or year, of which data have so many rows on average. */
  readonly per?: Period;
  readonly rowsPerPeriod?: number;
}

/** A span of the calendar. */
export type Period = (typeof periods)[number];
const periods = ["day", "week", "month", "year"] as const;

/** A chosen threshold: a row is an anomaly when its score is **greater than** `threshold`. */
export interface Threshold {
  readonly threshold: number;
  /** The rule as text, `parseThreshold` reads it again. */
  readonly rule: string;
  /** What led to the number (mean and sd, precision and recall, ...), to be shown to people. */
  readonly parameters: Readonly<Record<string, number>>;
}

/**
 * Reads `quantile:0.99`, `contamination:0.05`, `sd:3`, `mad:3.5`, `max`, `budget:50`, `budget:30/month`, `conformal:0.01`, `pot:0.001`, `f1`, `fbeta:2`,
 * `recall:0.8`, `precision:0.9` or `cost:10`. Throws an EspejoError `threshold_...` for anything else.
 */
export function parseThreshold(text: string): ThresholdRule {
  checkArguments("parseThreshold", { text: [text, parts.text] });
  const [name = "", number, ...rest] = text.trim().toLowerCase().split(":");
  if (!isRuleName(name) || rest.length > 0)
    throw new EspejoError("threshold_rule", { rules: examples(), value: text });
  const { parameter } = rules[name];
  if (parameter === undefined) {
    if (number !== undefined) throw new EspejoError("threshold_alone", { name, value: text });
    return { name };
  }
  const [digits = "", per, ...more] = (number ?? "").split("/").map((part) => part.trim());
  const value = digits === "" ? Number.NaN : Number(digits);
  const period = periods.find((each) => each === per);
  const calendar = per === undefined || (name === "budget" && period && more.length === 0);
  if (!calendar || !parameter.holds(value)) {
    const { expected } = parameter;
    const example = `${name}:${parameter.example}`;
    throw new EspejoError("threshold_number", { name, expected, example, value: text });
  }
  return { name, value, ...(period && { per: period }) };
}

/** The text that `parseThreshold` reads. */
export function formatThreshold({ name, value, per }: ThresholdRule): string {
  return value === undefined ? name : `${name}:${value}${per ? `/${per}` : ""}`;
}

/** Whether the rule chooses by labels of the calibration rows. */
export function needsLabels({ name }: ThresholdRule): boolean {
  return rules[name].byLabels;
}

/** Throws `threshold_rows` where a rule cannot be chosen on so few rows. */
export function checkRows(rule: ThresholdRule, rows: number): void {
  const least = rules[rule.name].least?.(rule.value ?? 1) ?? 1;
  if (rows < least)
    throw new EspejoError("threshold_rows", { rule: formatThreshold(rule), least, rows });
}

/**
 * Applies a rule to the scores of rows that did not train. Thresholds chosen by labels or by a budget
 * lie midway between two scores; for a Float32Array of scores the threshold is a float32 too, so that a
 * model file and this process agree on every row. Throws `threshold_labels`, `threshold_anomalies` or `threshold_rows` when
 * a rule misses its labels, an anomaly among them or rows, `threshold_time` for a budget by calendar without `rowsPerPeriod`, `argument_wrong` for no scores, unequal lengths and non-finite scores.
 */
export function chooseThreshold(rule: ThresholdRule, scores: Numbers, labels?: Labels): Threshold {
  checkArguments("chooseThreshold", {
    scores: [scores, parts.numbers],
    labels: [labels, parts.maybeLabels],
  });
  if (!isRuleName(Object(rule).name))
    throw new EspejoError("threshold_rule", { rules: examples(), value: inShort(rule) });
  checkScores(scores);
  if (labels && labels.length !== scores.length)
    throw mistake(
      `chooseThreshold: one label a score is needed, got ${labels.length} for ${scores.length}`,
    );
  checkRows(rule, scores.length);
  const { byLabels, choose } = rules[rule.name];
  const text = formatThreshold(rule);
  if (byLabels) {
    if (!labels) throw new EspejoError("threshold_labels", { rule: text });
    if (!hasAnomaly(labels)) throw new EspejoError("threshold_anomalies", { rule: text });
  }
  const round = scores instanceof Float32Array ? Math.fround : (x: number) => x;
  const value = alertsOf(rule, scores.length);
  const choice: Choice = choose({ scores, labels: labels ?? [], round, value });
  return { threshold: round(choice.threshold), rule: text, parameters: choice.parameters };
}

/** The number of a rule; of a budget by calendar the alerts among so many rows. Throws `threshold_time` without dates. */
function alertsOf({ value = 1, per, rowsPerPeriod }: ThresholdRule, rows: number): number {
  if (per === undefined) return value;
  if (rowsPerPeriod === undefined) throw new EspejoError("threshold_time", { path: "data", per });
  return Math.min(rows, Math.round((value * rows) / rowsPerPeriod));
}

function checkScores(scores: Numbers): void {
  if (scores.length === 0) throw mistake("chooseThreshold: no calibration scores");
  for (let i = 0; i < scores.length; i++)
    if (!Number.isFinite(scores[i]))
      throw mistake(`chooseThreshold: score ${i} must be finite, got ${scores[i]}`);
}

function hasAnomaly(labels: Labels): boolean {
  for (let i = 0; i < labels.length; i++) if (labels[i]) return true;
  return false;
}

function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(rules, name);
}

function examples(): string {
  return Object.entries(rules)
    .map(([name, { parameter }]) => (parameter ? `${name}:${parameter.example}` : name))
    .join(", ");
}

import { EspejoError } from "../../errors.ts";
import { confusion, f1, precision, recall } from "../../metrics/confusion.ts";
import { needsLabels, parseThreshold, type Threshold } from "../../metrics/threshold.ts";
import { checkArguments, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import { thresholdOf } from "../evaluate/judge.ts";
import type { Labels } from "../rows/labels.ts";
import { pick, placesOf } from "../rows/pick.ts";
import { parts, type Split } from "../rows/split.ts";
import type { Scores } from "../score/scores.ts";

/** What a rule would flag among rows that did not train. */
export interface RuleOutcome {
  readonly rule: string;
  /** null where the rule cannot be applied, for too few rows or for no anomaly among them. */
  readonly threshold: Threshold | null;
  /** Flagged rows, of how many: those that test where a label is known, else all that did not train. */
  readonly alarms: number;
  readonly rows: number;
  /** Where a label is known. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** One of each rule. */
const usualRules = [
  ...["quantile:0.95", "quantile:0.99", "contamination:0.05", "sd:3", "mad:3.5", "max"],
  ...["conformal:0.05", "conformal:0.01", "pot:0.001", "f1", "recall:0.8", "cost:10"],
];

/** What each of several rules would flag, the chosen one first. */
export function compareThresholds(
  held: Scores,
  split: Split,
  labels: Labels | null,
  chosen: string | Threshold,
): readonly RuleOutcome[] {
  const whole = z.looseObject({ test: z.number() });
  checkArguments("compareThresholds", {
    scores: [held, z.looseObject({ ...{ rows: optionParts.numbers, model: optionParts.numbers } })],
    split: [split, z.looseObject({ partOf: optionParts.numbers, counts: whole })],
    labels: [labels, z.nullable(z.looseObject({ classes: optionParts.numbers }))],
    rule: [
      chosen,
      z.union([z.string(), z.looseObject({ threshold: z.number(), rule: z.string() })]),
    ],
  });
  const first = typeof chosen === "string" ? chosen : chosen.rule;
  const rules = [first, ...usualRules.filter((rule) => rule !== first)];
  const tested = split.counts.test > 0;
  const places = placesOf(held.rows, (row) => !tested || split.partOf[row] === parts.test);
  const scores = pick(held.model, places);
  const classes = labels && pick(labels.classes, pick(held.rows, places));
  return rules
    .map((rule) => ({ rule, parsed: parseThreshold(rule) }))
    .filter(({ parsed }) => labels !== null || !needsLabels(parsed))
    .map(({ rule, parsed }): RuleOutcome => {
      const none = { precision: null, recall: null, f1: null };
      try {
        const known = rule === first && typeof chosen === "object";
        const threshold = known ? chosen : thresholdOf(parsed, held, split, labels);
        const flags = scores.map((score) => (score > threshold.threshold ? 1 : 0));
        const alarms = flags.reduce((sum, flag) => sum + flag, 0);
        const counts = classes && confusion(flags, classes);
        return {
          ...{ rule, threshold, alarms, rows: scores.length },
          ...(counts
            ? { precision: precision(counts), recall: recall(counts), f1: f1(counts) }
            : none),
        };
      } catch (error) {
        if (!(error instanceof EspejoError)) throw error;
        return { rule, threshold: null, alarms: 0, rows: scores.length, ...none };
      }
    });
}

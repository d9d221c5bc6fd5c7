import { mistake } from "../errors.ts";
import { checkArguments } from "../options.ts";
import { parts } from "./arguments.ts";
import type { Labels } from "./counts.ts";

/** The four counts of yes-or-no alarms against labels; anomalies are the positive class. */
export interface Confusion {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
}

/** Counts alarms (score > threshold, say) against labels. Throws `argument_wrong` for unequal lengths. */
export function confusion(alarms: Labels, labels: Labels): Confusion {
  checkArguments("confusion", { alarms: [alarms, parts.labels], labels: [labels, parts.labels] });
  const n = alarms.length;
  if (labels.length !== n)
    throw mistake(`confusion: one label a row is needed, got ${labels.length} for ${n}`);
  let truePositives = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  for (let i = 0; i < n; i++) {
    if (alarms[i]) {
      if (labels[i]) truePositives++;
      else falsePositives++;
    } else if (labels[i]) falseNegatives++;
  }
  const trueNegatives = n - truePositives - falsePositives - falseNegatives;
  return { truePositives, falsePositives, trueNegatives, falseNegatives };
}

type Hits = Pick<Confusion, "truePositives" | "falsePositives" | "falseNegatives">;

/** Share of alarms that are anomalies; 0 when there is no alarm. */
export function precision(counts: Omit<Hits, "falseNegatives">): number {
  checkArguments("precision", { counts: [counts, parts.hits] });
  const { truePositives, falsePositives } = counts;
  return share(truePositives, truePositives + falsePositives);
}

/** Share of anomalies that raised an alarm; 0 when there is no anomaly. */
export function recall(counts: Omit<Hits, "falsePositives">): number {
  checkArguments("recall", { counts: [counts, parts.hits] });
  const { truePositives, falseNegatives } = counts;
  return share(truePositives, truePositives + falseNegatives);
}

/** Harmonic mean of precision and recall; 0 when there is neither alarm nor anomaly. */
export function f1(counts: Hits): number {
  return fBeta(counts, 1);
}

/** Van Rijsbergen's F: recall weighs beta times as much as precision. 0 when nothing was hit. */
export function fBeta(counts: Hits, beta: number): number {
  checkArguments("fBeta", { counts: [counts, parts.hits], beta: [beta, parts.number] });
  const { truePositives, falsePositives, falseNegatives } = counts;
  const b2 = beta * beta;
  const hits = (1 + b2) * truePositives;
  return share(hits, hits + b2 * falseNegatives + falsePositives);
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

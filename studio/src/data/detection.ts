import type { ColumnShares, ReadingOptions } from "../../../src/studio/api/sources.ts";
import { typedNumber } from "../writing.ts";

/** Rules of a threshold that a person may choose, with the value to begin with; by labels those that need one. */
export const rules = {
  budget: { usual: 50, whole: true, label: false },
  contamination: { usual: 0.05, whole: false, label: false },
  conformal: { usual: 0.01, whole: false, label: false },
  sd: { usual: 3, whole: false, label: false },
  mad: { usual: 3.5, whole: false, label: false },
  pot: { usual: 0.001, whole: false, label: false },
  max: { usual: null, whole: false, label: false },
  f1: { usual: null, whole: false, label: true },
  recall: { usual: 0.8, whole: false, label: true },
  cost: { usual: 10, whole: false, label: true },
} as const;
export type Rule = keyof typeof rules;

/** What a person typed about a detection; empty where nothing is said. */
export interface DetectionFields {
  readonly normal: string;
  readonly clean: boolean;
  readonly rule: Rule | "";
  readonly value: string;
  readonly epochs: string;
  readonly seed: string;
}

export const noFields: DetectionFields = {
  ...{ normal: "", clean: false, rule: "", value: "", epochs: "", seed: "" },
};

const isWhole = (text: string, least: number): boolean =>
  text === "" || (Number.isInteger(typedNumber(text)) && typedNumber(text) >= least);

/** Which fields cannot be taken, before the studio is asked. */
export function faultsOf({ rule, value, epochs, seed }: DetectionFields) {
  const needs = rule === "" ? null : rules[rule];
  const wrong =
    needs !== null && needs.usual !== null && value !== "" && Number.isNaN(typedNumber(value));
  return {
    value: wrong || (needs?.whole === true && !isWhole(value, 1)),
    epochs: !isWhole(epochs, 1),
    seed: !isWhole(seed, 0),
  };
}

/** The options of a detection, by their names in camel case. */
export function detectionOptions(fields: DetectionFields, labelled: boolean): ReadingOptions {
  const { normal, clean, rule, value, epochs, seed } = fields;
  const options: Record<string, unknown> = {};
  if (labelled && normal !== "") options.normal = [normal];
  if (clean && !labelled) options.normalOnly = true;
  if (rule !== "" && (labelled || !rules[rule].label)) {
    const { usual } = rules[rule];
    options.threshold =
      usual === null ? rule : `${rule}:${value === "" ? usual : typedNumber(value)}`;
  }
  if (epochs !== "") options.epochs = typedNumber(epochs);
  if (seed !== "") options.seed = typedNumber(seed);
  return options;
}

/** The values of a label that may be the normal one: its commonest, of whole numbers each that has a bin of its own. */
export function labelValues(
  shares: ColumnShares | undefined,
  examples: readonly string[],
  normal: readonly string[],
): readonly string[] {
  return [...new Set([...normal, ...(shares?.values ?? binValues(shares) ?? examples)])];
}

function binValues(shares: ColumnShares | undefined): readonly string[] | undefined {
  const edges = shares?.edges;
  if (!edges?.every((edge, i) => edge === edges[0]! + i)) return undefined;
  return edges.slice(1).flatMap((edge, i) => (shares!.counts[i]! > 0 ? [String(edge - 0.5)] : []));
}

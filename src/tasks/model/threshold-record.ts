import type { Threshold } from "../../metrics/threshold.ts";
import type { AnyMetadata } from "./metadata.ts";

/** What a model file says of a threshold. */
export const thresholdRecord = ({
  threshold: value,
  rule,
  parameters,
}: Threshold): AnyMetadata["threshold"] => ({ value, rule, parameters });

const statedRule = "stated";
const noRule = "none";

/** A threshold that no rule chose but a person; a float32, as it stands in the file. */
export const statedThreshold = (value: number): Threshold => ({
  ...{ threshold: Math.fround(value), rule: statedRule, parameters: {} },
});

/** That of a network which came without data: no row is above it. */
export const noThreshold: Threshold = { threshold: 3e38, rule: noRule, parameters: {} };

type Ruled = Pick<Threshold, "rule">;
export const isStated = ({ rule }: Ruled): boolean => rule === statedRule;
export const isAbsent = ({ rule }: Ruled): boolean => rule === noRule;

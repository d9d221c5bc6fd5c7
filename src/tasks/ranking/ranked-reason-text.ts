import { placedReasonText } from "../score/array-reason-text.ts";
import { reasonText } from "../score/reason-text.ts";
import type { RankedReason } from "./ranking-file.ts";

type Words = Parameters<typeof reasonText>[1] & Parameters<typeof placedReasonText>[1];

/** Why a row of a kept ranking is odd, in words; its numbers as `reasonText` has them. */
export const rankedReasonText = (
  reason: RankedReason,
  words: Words,
  numbers?: Parameters<typeof reasonText>[2],
): string =>
  "top" in reason || "step" in reason
    ? placedReasonText(reason, words)
    : reasonText(reason, words, numbers);

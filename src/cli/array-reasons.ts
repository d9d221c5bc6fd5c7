import { plainText } from "../charts/words.ts";
import type { Arrays } from "../data/terms/arrays.ts";
import type { ArrayModel } from "../tasks/model/array-model.ts";
import type { ArrayReason } from "../tasks/score/array-reasons.ts";
import { roundedText, roundingOfSpread } from "../tasks/score/rounding.ts";
import type { Context } from "./context.ts";

/** Where an image is odd, pixels counted from 1; or which variable of a sequence is, where, and what was expected. */
export function arrayReasonText(
  reason: ArrayReason,
  { metadata }: ArrayModel,
  arrays: Arrays,
  row: number,
  context: Context,
): string {
  if ("top" in reason) {
    const { top, bottom, left, right } = reason;
    const ends = { top: top + 1, bottom: bottom + 1, left: left + 1, right: right + 1 };
    return context.text("reason.place", { ...ends, percent: Math.round(100 * reason.share) });
  }
  const { feature, step } = reason;
  const rounding = roundingOfSpread(metadata.scale.deviation[feature]!);
  const shown = {
    column: plainText(metadata.source.features?.[feature] ?? String(feature + 1)),
    actual: roundedText(reason.actual, rounding),
    expected: roundedText(reason.expected, rounding, true),
  };
  const place = arrays.steps?.(row)[step];
  return place === undefined
    ? context.text("reason.step", { ...shown, step: step + 1 })
    : context.text("reason.stepRow", { ...shown, row: place + 1 });
}

import { plainText } from "../../charts/words.ts";
import type { Arrays } from "../../data/terms/arrays.ts";
import type { ArrayMetadata } from "../model/metadata.ts";
import type { ArrayReason } from "./array-reasons.ts";
import { roundedText, roundingOfSpread } from "./rounding.ts";

/** What tells a reason in a language: the texts of the command line, and those of reports. */
interface ReasonWords {
  text(
    key: "reason.place" | "reason.spread" | "reason.step" | "reason.stepRow" | "reason.stepTime",
    parameters: Readonly<Record<string, string | number>>,
  ): string;
}

/** A place that holds less of the error than this times its share of the image is hardly one. */
const leastOfArea = 2;

/**
 * Where an image is odd, pixels counted from 1; or which variable of a sequence is, when (its time as written, else the row
 * of its table, else the step), and what was expected.
 */
export function arrayReasonText(
  reason: ArrayReason,
  { source, scale }: Pick<ArrayMetadata, "source" | "scale">,
  arrays: Pick<Arrays, "steps" | "timeOf">,
  row: number,
  { text }: ReasonWords,
): string {
  if ("top" in reason) {
    const { top, bottom, left, right } = reason;
    const ends = { top: top + 1, bottom: bottom + 1, left: left + 1, right: right + 1 };
    const [height = 1, width = 1] = source.shape;
    const area = ((bottom - top + 1) * (right - left + 1)) / (height * width);
    const key = reason.share < leastOfArea * area ? "reason.spread" : "reason.place";
    return text(key, { ...ends, percent: Math.round(100 * reason.share) });
  }
  const { feature, step } = reason;
  const rounding = roundingOfSpread(scale.deviation[feature]!);
  const shown = {
    column: plainText(source.features?.[feature] ?? String(feature + 1)),
    actual: roundedText(reason.actual, rounding),
    expected: roundedText(reason.expected, rounding, true),
  };
  const place = arrays.steps?.(row)[step];
  if (place === undefined) return text("reason.step", { ...shown, step: step + 1 });
  const time = plainText(arrays.timeOf?.(place) ?? "");
  return time === ""
    ? text("reason.stepRow", { ...shown, row: place + 1 })
    : text("reason.stepTime", { ...shown, time });
}

import { plainText } from "../../charts/words.ts";
import type { Arrays } from "../../data/terms/arrays.ts";
import type { ArrayMetadata } from "../model/metadata.ts";
import type { ArrayReason, ImageReason } from "./array-reasons.ts";
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

/** What of a sequence is rebuilt worst, in the words of its data. */
export interface PlacedStep {
  /** The feature that adds most. */
  readonly column: string;
  readonly actual: string;
  readonly expected: string;
  /** Its share of the error of the sequence. */
  readonly share: number;
  /** The step at which it is worst, from 0; its row in the table and its time as written, where these are known. */
  readonly step: number;
  readonly row?: number;
  readonly time?: string;
}

/** Why an image or a sequence is odd, so that it can be told without its data and its model. */
export type PlacedReason =
  | (ImageReason & {
      /** The error lies all over the image, and the place is hardly one. */
      readonly spread: boolean;
    })
  | PlacedStep;

/** A reason with all that is needed to tell it. */
export function placedReason(
  reason: ArrayReason,
  { source, scale }: Pick<ArrayMetadata, "source" | "scale">,
  arrays: Pick<Arrays, "steps" | "timeOf">,
  row: number,
): PlacedReason {
  if ("top" in reason) {
    const { top, bottom, left, right, share } = reason;
    const [height = 1, width = 1] = source.shape;
    const area = ((bottom - top + 1) * (right - left + 1)) / (height * width);
    return { ...reason, spread: share < leastOfArea * area };
  }
  const { feature, step, share } = reason;
  const rounding = roundingOfSpread(scale.deviation[feature]!);
  const place = arrays.steps?.(row)[step];
  const time = place === undefined ? "" : (arrays.timeOf?.(place) ?? "");
  return {
    column: source.features?.[feature] ?? String(feature + 1),
    actual: roundedText(reason.actual, rounding),
    expected: roundedText(reason.expected, rounding, true),
    ...{ share, step },
    ...(place !== undefined && { row: place }),
    ...(time !== "" && { time }),
  };
}

/** A reason as `placedReason` gives it, in words. */
export function placedReasonText(reason: PlacedReason, { text }: ReasonWords): string {
  if ("top" in reason) {
    const { top, bottom, left, right, share, spread } = reason;
    const ends = { top: top + 1, bottom: bottom + 1, left: left + 1, right: right + 1 };
    const percent = Math.round(100 * share);
    return text(spread ? "reason.spread" : "reason.place", { ...ends, percent });
  }
  const { actual, expected, step, row, time } = reason;
  const shown = { column: plainText(reason.column), actual, expected };
  if (time !== undefined) return text("reason.stepTime", { ...shown, time: plainText(time) });
  return row === undefined
    ? text("reason.step", { ...shown, step: step + 1 })
    : text("reason.stepRow", { ...shown, row: row + 1 });
}

/**
 * Where an image is odd, pixels counted from 1; or which variable of a sequence is, when (its time as written, else the row
 * of its table, else the step), and what was expected.
 */
export const arrayReasonText = (
  reason: ArrayReason,
  metadata: Pick<ArrayMetadata, "source" | "scale">,
  arrays: Pick<Arrays, "steps" | "timeOf">,
  row: number,
  words: ReasonWords,
): string => placedReasonText(placedReason(reason, metadata, arrays, row), words);

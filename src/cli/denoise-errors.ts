import type { CleanErrors } from "../tasks/denoise/clean-errors.ts";
import type { Context } from "./context.ts";

/** How near changed numbers are to the clean ones. */
export function errorLines(
  { filled, replaced }: CleanErrors,
  { text, count }: Context,
): readonly string[] {
  const lines = [
    ...(filled
      ? [
          text("denoise.filledError", {
            cells: count(filled.cells),
            model: filled.model.toFixed(3),
            median: Number.isNaN(filled.median) ? "-" : filled.median.toFixed(3),
          }),
        ]
      : []),
    ...(replaced
      ? [
          text("denoise.replacedError", {
            cells: count(replaced.cells),
            before: replaced.before.toFixed(3),
            after: replaced.after.toFixed(3),
          }),
        ]
      : []),
  ];
  return lines.length > 0 ? lines : [text("denoise.noError")];
}

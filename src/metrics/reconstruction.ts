import { mistake } from "../errors.ts";
import { checkArguments, checkOptions } from "../options.ts";
import { z } from "../schema.ts";
import { parts } from "./arguments.ts";
import type { Numbers } from "./counts.ts";

const psnrOptions: z.ZodMiniObject = z.object({ peak: z.exactOptional(z.number()) });

/**
 * Peak signal-to-noise ratio in decibels, 10 log10(peak^2 / mean squared error), over all values of
 * both arrays; `peak` is the greatest possible value (1, or 255 for bytes). Equal arrays: Infinity.
 */
export function psnr(
  actual: Numbers,
  reconstructed: Numbers,
  options: { readonly peak?: number } = {},
): number {
  checkArguments("psnr", {
    actual: [actual, parts.numbers],
    reconstructed: [reconstructed, parts.numbers],
  });
  checkOptions("psnr", psnrOptions, options);
  const { peak = 1 } = options;
  checkLengths("psnr", actual, reconstructed);
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += (actual[i]! - reconstructed[i]!) ** 2;
  return 10 * Math.log10((peak * peak * actual.length) / sum);
}

/**
 * Share of the variance of rows [n, columns] that a reconstruction keeps: 1 - (squared errors) /
 * (squared distances from the column means), all columns together. It is scikit-learn's `r2_score`
 * weighted by variance, and what PCA calls its explained variance ratio on its own training rows.
 * Without any variance it is 1 for an exact reconstruction and 0 for any other.
 */
export function explainedVariance(
  actual: Numbers,
  reconstructed: Numbers,
  columns: number,
): number {
  checkArguments("explainedVariance", {
    actual: [actual, parts.numbers],
    reconstructed: [reconstructed, parts.numbers],
    columns: [columns, parts.columns],
  });
  checkLengths("explainedVariance", actual, reconstructed);
  const n = actual.length / columns;
  if (!Number.isInteger(n))
    throw mistake(`explainedVariance: ${actual.length} values do not make rows of ${columns}`);
  // Means are taken from the first row, so that a constant column has a spread of exactly 0.
  const offsets = new Float64Array(columns);
  for (let i = 0, at = 0; i < n; i++)
    for (let j = 0; j < columns; j++, at++) offsets[j]! += actual[at]! - actual[j]!;
  const means = offsets.map((sum, j) => actual[j]! + sum / n);
  let errors = 0;
  let spread = 0;
  for (let i = 0, at = 0; i < n; i++) {
    for (let j = 0; j < columns; j++, at++) {
      errors += (actual[at]! - reconstructed[at]!) ** 2;
      spread += (actual[at]! - means[j]!) ** 2;
    }
  }
  if (spread === 0) return errors === 0 ? 1 : 0;
  return 1 - errors / spread;
}

function checkLengths(name: string, a: Numbers, b: Numbers): void {
  if (a.length !== b.length)
    throw mistake(`${name}: both arrays must be equally long, got ${a.length} and ${b.length}`);
}

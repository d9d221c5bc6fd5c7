import { correlation } from "../../metrics/correlation.ts";
import { type Verdict, verdict } from "./verdict.ts";

/** Correlation from which a latent variable is little more than the time. */
const mostly = 0.9;

/**
 * Whether a latent variable, of one alone the index, is mostly time: the greatest correlation of codes [rows, latent]
 * with the times of the rows is above 0.9 in size. Else null.
 */
export function timeOfCodes(
  codes: Float32Array,
  latent: number,
  { column, times }: { readonly column: string; readonly times: Float64Array },
): Verdict | null {
  const all = Array.from({ length: latent }, (_, k) =>
    correlation(
      times.map((_, row) => codes[row * latent + k]!),
      times,
    ),
  );
  const place = all.reduce(
    (best, each, k) => (Math.abs(each) > Math.abs(all[best]!) ? k : best),
    0,
  );
  const found = all[place] ?? 0;
  if (!(Math.abs(found) > mostly)) return null;
  return latent === 1
    ? verdict("index_time", { column, correlation: found })
    : verdict("latent_time", { name: `latent_${place + 1}`, column, correlation: found });
}

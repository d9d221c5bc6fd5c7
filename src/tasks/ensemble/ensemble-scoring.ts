import { add, mul, reshape, sum } from "../../graph/index.ts";
import type { Ensemble } from "../../models/ensemble.ts";
import type { Scoring } from "../scoring/scoring.ts";
import type { Measured, Recipe } from "./measure.ts";
import { type Term, terms } from "./terms.ts";

/**
 * The score of the ensemble: K + a R + b T, each term divided by its mean over the kept rows, so that a row
 * like them gets about 1 for each. K is the mean over banks of the distance to the most similar known row,
 * R the mean over networks of the length of the residuals, T how far out the cells lie in their columns.
 * `error` divides the same among the source columns, each of the terms by its own parts.
 */
export const ensembleScoring =
  (
    model: Ensemble,
    { columns, deviations, tails, banks, means }: Measured,
    recipe: Recipe,
  ): Scoring =>
  ({ x, mask, latent, weights }) => {
    const rebuilt = model.rebuild(weights, latent);
    const { error, tail, distance } = terms({ x, mask, rebuilt }, columns, deviations);
    const distances = banks.map(distance);
    const parts: (Term & { readonly weight: number })[] = [
      ...distances.map((term, j) => ({
        ...term,
        weight: recipe.likeness / banks.length / means.distances[j]!,
      })),
      ...(recipe.error > 0
        ? rebuilt.map((_, k) => ({
            ...error(k),
            weight: recipe.error / rebuilt.length / means.errors[k]!,
          }))
        : []),
      ...(recipe.tail > 0 ? [{ ...tail(tails), weight: recipe.tail / means.tail }] : []),
    ];
    const score = parts.map(({ value, weight }) => mul(value, weight)).reduce(add);
    const divided = parts
      .map(({ value, shares, weight }) => mul(shares(), reshape(mul(value, weight), ["rows", 1])))
      .reduce(add);
    // as with the other kinds, the score is the mean of the errors of observed cells
    const observed = sum(mask, 1, { keepDims: true });
    // the last bank is the largest
    const nearest = distances.at(-1)?.nearest();
    return {
      ...{ score, error: mul(mul(divided, observed), mask) },
      ...(nearest && { nearest }),
    };
  };

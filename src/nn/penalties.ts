import { abs, add, mul, square, sum, type Tensor } from "../graph/index.ts";
import { checkObject } from "../options.ts";
import type { Parameters } from "./parameters.ts";

/** Weight penalties, added to the loss: l1 sum |w| + l2 sum w^2 over all weight matrices, no biases. */
export interface PenaltyOptions {
  readonly l1?: number;
  readonly l2?: number;
}

/** The penalty as a scalar tensor, or null where there is none. */
export function weightPenalty(parameters: Parameters, penalties: PenaltyOptions): Tensor | null {
  checkObject("weightPenalty", parameters);
  checkObject("weightPenalty", penalties);
  const { l1 = 0, l2 = 0 } = penalties;
  const terms = Object.entries(parameters)
    .filter(([name]) => name.endsWith(".weight"))
    .flatMap(([, w]) => [
      ...(l1 > 0 ? [mul(sum(abs(w)), l1)] : []),
      ...(l2 > 0 ? [mul(sum(square(w)), l2)] : []),
    ]);
  return terms.length > 0 ? terms.reduce((a, b) => add(a, b)) : null;
}

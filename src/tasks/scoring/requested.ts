import {
  abs,
  constant,
  matmul,
  mean,
  mul,
  reshape,
  square,
  type Tensor,
} from "../../graph/index.ts";
import type { ResidualSpread } from "../../metrics/residual-spread.ts";
import {
  type Blocks,
  type Loss,
  type Model,
  mixed,
  observed,
  observedMean,
} from "../../nn/index.ts";
import { drawnSurprise } from "./probability.ts";
import { arrayResiduals, type Residuals, tableResiduals } from "./residuals.ts";
import type { ScoreName } from "./score-names.ts";
import {
  type ArrayRows,
  type ArrayScoring,
  lossArrayScoring,
  lossScoring,
  type Scored,
  type Scoring,
} from "./scoring.ts";

/** A score that was asked for, and what was measured for it on rows that judge. */
interface Request {
  readonly score: ScoreName;
  /** For `standardised` and `mahalanobis`. */
  readonly spread: ResidualSpread | null;
  readonly model: Model;
  readonly loss: Loss;
  /** For the draws of `probability`. */
  readonly seed: number;
}

/** The scoring of a table that was asked for. */
export function tableScoring(blocks: Blocks, request: Request): Scoring {
  const { score, model, seed } = request;
  if (score === "squared") return lossScoring(request.loss);
  if (score !== "probability") return (rows) => scored(request, tableResiduals(blocks, rows));
  return (rows) => {
    const error = drawnSurprise(model, mixed(blocks), rows, seed);
    return averaged(mul(error, rows.mask), rows.mask);
  };
}

/** The scoring of images or sequences that was asked for. */
export function arrayScoring(request: Request): ArrayScoring {
  const { score, model, loss, seed } = request;
  if (score === "squared") return lossArrayScoring(loss, model);
  return (rows) => {
    const { error, score: mean } =
      score === "probability"
        ? drawn(model, loss, rows, seed)
        : scored(request, arrayResiduals(model, rows));
    return { error: reshape(error, ["rows", ...rows.x.shape.slice(1)]), score: mean };
  };
}

function drawn(model: Model, loss: Loss, rows: ArrayRows, seed: number): Scored {
  const cells = rows.x.shape.slice(1).reduce<number>((n, dim) => n * (dim as number), 1);
  const flat = (value: Tensor): Tensor => reshape(value, ["rows", cells]);
  if (!model.masked) return averaged(flat(drawnSurprise(model, loss, rows, seed)), null);
  const { filled, mask } = observed(rows.x);
  const error = flat(mul(drawnSurprise(model, loss, rows, seed, filled), mask));
  return averaged(error, flat(mask));
}

/** Errors [rows, p] of residuals: their sizes, squares in units of their spread, or squares once whitened. */
function scored({ score, spread }: Request, { residual, mask }: Residuals): Scored {
  const p = residual.shape[1] as number;
  if (score === "absolute") return averaged(abs(residual), mask);
  if (score === "standardised") {
    const scales = constant(
      "float32",
      [p],
      Float32Array.from(spread!.deviations, (d) => 1 / d),
    );
    return averaged(square(mul(residual, scales)), mask);
  }
  const { whitening } = spread!;
  const turned = Float32Array.from(
    whitening!,
    (_, at) => whitening![(at % p) * p + Math.floor(at / p)]!,
  );
  const whitened = square(matmul(residual, constant("float32", [p, p], turned)));
  return averaged(mask ? mul(whitened, mask) : whitened, mask);
}

/** Errors, and their mean over the observed cells. */
const averaged = (error: Tensor, mask: Tensor | null): Scored => ({
  error,
  score: mask ? observedMean(error, mask) : mean(error, 1),
});

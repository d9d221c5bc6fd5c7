import { concat, exp, mul, neg, reshape, slice, sub, type Tensor } from "../../graph/index.ts";
import { type Blocks, type Model, mixed, observed } from "../../nn/index.ts";
import type { ArrayRows, NetworkRows } from "./scoring.ts";

/** What a network got wrong, flat and in prepared units: [rows, p], 0 where a cell was missing. */
export interface Residuals {
  readonly residual: Tensor;
  /** [rows, p], 1 where a cell was observed; null where all cells are. */
  readonly mask: Tensor | null;
}

/** Of source columns: y - x of a number, 1 - probability of the actual value of a category. */
export function tableResiduals(blocks: Blocks, { x, mask, decoded }: NetworkRows): Residuals {
  const { numeric, categories } = blocks;
  const parts: Tensor[] = [];
  if (numeric > 0) parts.push(sub(slice(decoded, 0, numeric, 1), slice(x, 0, numeric, 1)));
  if (categories.length > 0) {
    const width = categories.reduce((a, b) => a + b, 0);
    const own = (all: Tensor): Tensor => slice(all, numeric, numeric + width, 1);
    const surprise = mixed({ numeric: 0, categories }).errors(own(decoded), own(x));
    parts.push(sub(1, exp(neg(surprise))));
  }
  return { residual: mul(concat(parts, 1), mask), mask };
}

/** Of the prepared cells of images or sequences: y - x. */
export function arrayResiduals(
  { masked }: Pick<Model, "masked">,
  { x, decoded }: Pick<ArrayRows, "x" | "decoded">,
): Residuals {
  const cells = x.shape.slice(1).reduce<number>((n, dim) => n * (dim as number), 1);
  const flat = (value: Tensor): Tensor => reshape(value, ["rows", cells]);
  if (!masked) return { residual: flat(sub(decoded, x)), mask: null };
  const { filled, mask } = observed(x);
  return { residual: flat(mul(sub(decoded, filled), mask)), mask: flat(mask) };
}

import { concat, matmul, mean, mul, slice, square, sub, type Tensor } from "../../graph/index.ts";
import { type Blocks, blockAdder } from "../../nn/losses.ts";
import type { Scoring } from "./scoring.ts";

/**
 * The score of PCA: the mean over prepared cells of (x - reconstruction)^2, the places of categories among them and
 * missing cells as they are filled. `error` divides it among the source columns, so that of a row without gaps it is
 * their mean.
 */
export const squaredCells =
  ({ numeric, categories }: Blocks): Scoring =>
  ({ x, mask, decoded }) => {
    const width = categories.reduce((a, b) => a + b, 0);
    const cells = numeric + width;
    const squares = square(sub(decoded, slice(x, 0, cells, 1)));
    const parts: Tensor[] = [];
    if (numeric > 0) parts.push(slice(squares, 0, numeric, 1));
    if (width > 0) parts.push(matmul(slice(squares, numeric, cells, 1), blockAdder(categories)));
    const columns = numeric + categories.length;
    return {
      error: mul(mul(concat(parts, 1), mask), columns / cells),
      score: mean(squares, 1),
    };
  };

import {
  add,
  concat,
  constant,
  matmul,
  mul,
  slice,
  sqrt,
  square,
  sub,
  type Tensor,
} from "../graph/index.ts";
import { checkArgument, checkOptions, optionParts } from "../options.ts";
import { type Blocks, blockAdder, blocksOptions, type Loss } from "./losses.ts";

/** Under this residual the loss is all but a parabola, over it all but a line. */
const bend = 1e-2;

/**
 * sqrt(r^2 + 1e-4), one error per source column of a prepared table: of a numeric column its residual, of
 * a category the length of the residual of its block (a group lasso's norm), times the block's scale. It
 * leans less on far rows than the square (Charbonnier et al. 1997). Columns of the target beyond the blocks
 * are inputs only and do not count.
 */
export function smoothL1(blocks: Blocks, scales: readonly number[]): Loss {
  checkOptions("smoothL1", blocksOptions, blocks);
  checkArgument("smoothL1: scales", optionParts.numbers, scales);
  const { numeric, categories } = blocks;
  const width = categories.reduce((a, b) => a + b, 0);
  const squares = (y: Tensor, target: Tensor): Tensor => {
    const part = (start: number, size: number): Tensor =>
      square(sub(slice(y, start, start + size, 1), slice(target, start, start + size, 1)));
    if (width === 0) return part(0, numeric);
    const weights = constant(
      "float32",
      [categories.length],
      Float32Array.from(scales, (s) => s * s),
    );
    const blocks = mul(matmul(part(numeric, width), blockAdder(categories)), weights);
    return numeric === 0 ? blocks : concat([part(0, numeric), blocks], 1);
  };
  return {
    name: "smooth L1",
    errors: (y, target) => sqrt(add(squares(y, target), bend * bend)),
  };
}

import {
  argMax,
  cast,
  concat,
  equal,
  gather,
  greater,
  integers,
  less,
  maximum,
  minimum,
  placesOf,
  reduceMin,
  reshape,
  slice,
  type Tensor,
  where,
  withRows,
} from "../../graph/index.ts";
import { inference, type Model, type Parameters } from "../../nn/index.ts";
import { columnRow, type Front } from "../../preparation/front.ts";
import { blocksOf, type Preparation, scaledRange } from "../../preparation/plan.ts";

/** How often a row is rebuilt to fill it; a third time changes little (docs/detection.md). */
const rounds = 2;

/**
 * Fills the missing cells of prepared rows from what the network rebuilds of the rest of their row:
 * x_missing <- g(f(x))_missing, twice. Numbers keep to the range of training, categories become their likeliest
 * value. Only rows that have such cells are computed. Columns that had gaps in training are left as `front` fills
 * them: that, with their flag, is what the network knows.
 */
export function withFilledGaps(
  { preparation, model }: { readonly preparation: Preparation; readonly model: Model },
  weights: Parameters,
  { x, mask }: Pick<Front, "x" | "mask">,
): Tensor {
  const fillable = columnsWithoutFlag(preparation);
  if (fillable.length === 0) return x;
  const places = placesOf(less(reduceMin(gather(mask, integers(fillable), 1), 1), 0.5));
  const given = gather(x, places, 0);
  const there = observedColumns(preparation, gather(mask, places, 0));
  let rows = given;
  for (let round = 0; round < rounds; round++) {
    const latent = model.encode(weights, rows, inference);
    rows = filled(preparation, given, there, model.decode(weights, latent, inference));
  }
  return withRows(x, places, rows);
}

/** Source columns, numeric ones first, that had no gap in training. */
const columnsWithoutFlag = ({ numeric, categories }: Preparation): readonly number[] =>
  [...numeric, ...categories].flatMap(({ flag }, i) => (flag ? [] : [i]));

/** bool [rows, columns that are rebuilt]: what is not to be filled. */
function observedColumns(preparation: Preparation, mask: Tensor): Tensor {
  const { numeric, categories } = blocksOf(preparation);
  const sizes = [...Array.from({ length: numeric }, () => 1), ...categories];
  const owner = sizes.flatMap((size, j) => Array.from({ length: size }, () => j));
  const flags = [...preparation.numeric, ...preparation.categories].map(({ flag }) => flag);
  const flagged = columnRow(
    owner.map((j) => Number(flags[j])),
    "float32",
  );
  return greater(maximum(gather(mask, integers(owner), 1), flagged), 0.5);
}

/** Prepared rows whose missing cells are those that were decoded. */
function filled(preparation: Preparation, x: Tensor, there: Tensor, decoded: Tensor): Tensor {
  const { numeric, categories } = blocksOf(preparation);
  const guesses: Tensor[] = [];
  if (numeric > 0) {
    const ranges = preparation.numeric.map(scaledRange);
    const [low, high] = [0, 1].map((end) =>
      columnRow(
        ranges.map((range) => range[end]!),
        "float32",
      ),
    );
    guesses.push(minimum(maximum(slice(decoded, 0, numeric, 1), low!), high!));
  }
  let at = numeric;
  for (const size of categories) {
    const likeliest = reshape(argMax(slice(decoded, at, at + size, 1), 1), ["chosen", 1]);
    guesses.push(
      cast(equal(likeliest, integers(Array.from({ length: size }, (_, i) => i))), "float32"),
    );
    at += size;
  }
  const own = where(there, slice(x, 0, at, 1), concat(guesses, 1));
  const width = x.shape[1] as number;
  return width > at ? concat([own, slice(x, at, width, 1)], 1) : own;
}

import { mistake } from "../errors.ts";
import { parts } from "../metrics/arguments.ts";
import { checkArguments, checkOptions, optionParts } from "../options.ts";
import { permutation, type Random, random } from "../random.ts";
import { z } from "../schema.ts";

/** A forest that learnt how quickly random cuts set rows apart. */
export interface IsolationForest {
  readonly columns: number;
  /** [n] scores of rows [n, columns], in (0, 1): near 1 for rows that few cuts set apart. */
  score(rows: Float32Array): Float32Array;
}

/** As Liu, Ting and Zhou (2008) propose, 100 trees of 256 rows each by default. */
export interface IsolationForestOptions {
  readonly trees?: number;
  /** Rows of each tree, drawn without putting back; all where there are fewer. */
  readonly samples?: number;
  readonly seed?: number;
}

/** Trees of one forest, node by node: a column below 0 is a leaf, whose `cut` is the depth it stands for. */
interface Trees {
  readonly roots: number[];
  readonly column: number[];
  readonly cut: number[];
  readonly left: number[];
  readonly right: number[];
}

const isolationForestOptions: z.ZodMiniObject = z.object({
  trees: z.exactOptional(parts.count),
  samples: z.exactOptional(optionParts.whole(2)),
  seed: z.exactOptional(z.int()),
});

/**
 * Isolation forest (Liu, Ting and Zhou 2008) of rows [n, columns]: score 2^(-E h(x) / c(samples)), h the depth of
 * the leaf of a row plus c(size) of the rows that share it. Trees stop at depth log2(samples). A cut takes a
 * column in which the rows of a node differ, as scikit-learn does, at a uniform place of their range.
 */
export function isolationForest(
  rows: Float32Array,
  columns: number,
  options: IsolationForestOptions = {},
): IsolationForest {
  checkArguments("isolationForest", {
    rows: [rows, parts.rows],
    columns: [columns, parts.columns],
  });
  checkOptions("isolationForest", isolationForestOptions, options);
  const { trees: count = 100, samples = 256, seed = 0 } = options;
  const n = rows.length / columns;
  if (!(Number.isInteger(n) && n >= 2))
    throw mistake(
      `isolationForest: two rows of ${columns} columns at least, got ${rows.length} values`,
    );
  const size = Math.min(samples, n);
  const deepest = Math.ceil(Math.log2(size));
  const trees: Trees = { roots: [], column: [], cut: [], left: [], right: [] };
  for (let tree = 0; tree < count; tree++) {
    const source = random(seed, 51, tree);
    const members = permutation(n, source).subarray(0, size);
    trees.roots.push(grow(trees, rows, columns, members, deepest, 0, source));
  }
  const usual = averageDepth(size);
  return {
    columns,
    score(given) {
      checkArguments("isolationForest", { rows: [given, parts.rows] });
      const m = given.length / columns;
      if (!Number.isInteger(m))
        throw mistake(`isolationForest: rows of ${columns} columns, got ${given.length} values`);
      return Float32Array.from({ length: m }, (_, i) => {
        let depth = 0;
        for (const root of trees.roots) depth += depthOf(trees, root, given, i * columns);
        return 2 ** (-depth / (count * usual));
      });
    },
  };
}

/** c(n): the mean depth of a search that fails in a binary tree of n values. */
function averageDepth(n: number): number {
  if (n <= 1) return 0;
  if (n === 2) return 1;
  return 2 * (Math.log(n - 1) + 0.5772156649015329) - (2 * (n - 1)) / n;
}

/** Adds the tree of some rows, and gives the number of its root. */
function grow(
  trees: Trees,
  rows: Float32Array,
  columns: number,
  members: Uint32Array,
  deepest: number,
  depth: number,
  source: Random,
): number {
  const node = trees.column.push(-1) - 1;
  trees.cut.push(depth + averageDepth(members.length));
  trees.left.push(-1);
  trees.right.push(-1);
  if (depth >= deepest || members.length < 2) return node;
  const range = rangeThatVaries(rows, columns, members, source);
  if (!range) return node;
  const { column, least, most } = range;
  // in double, so that a cut never lies on the greatest value
  const cut = least + source.uniform() * (most - least);
  const value = (row: number): number => rows[row * columns + column]!;
  const below = members.filter((row) => value(row) <= cut);
  const above = members.filter((row) => value(row) > cut);
  if (below.length === 0 || above.length === 0) return node;
  trees.column[node] = column;
  trees.cut[node] = cut;
  trees.left[node] = grow(trees, rows, columns, below, deepest, depth + 1, source);
  trees.right[node] = grow(trees, rows, columns, above, deepest, depth + 1, source);
  return node;
}

/** A random column in which some rows differ, with its range; null where all rows are the same. */
function rangeThatVaries(
  rows: Float32Array,
  columns: number,
  members: Uint32Array,
  source: Random,
): { column: number; least: number; most: number } | null {
  for (const column of permutation(columns, source)) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const row of members) {
      const value = rows[row * columns + column]!;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (most > least) return { column, least, most };
  }
  return null;
}

function depthOf(
  { column, cut, left, right }: Trees,
  root: number,
  rows: Float32Array,
  from: number,
): number {
  let node = root;
  while (column[node]! >= 0)
    node = rows[from + column[node]!]! <= cut[node]! ? left[node]! : right[node]!;
  return cut[node]!;
}

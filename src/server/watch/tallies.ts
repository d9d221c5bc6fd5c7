import { placeOf } from "../../metrics/bins.ts";
import type { RawRows } from "../../tasks/model/raw-rows.ts";
import type { ServedFacts, TableFacts } from "../models/served.ts";
import type { Scored, ServedRows } from "../rows.ts";

/** Values of a category that are counted one by one; all others are one. */
const mostValues = 50;

/** How often what was seen in some rows. */
export interface Tally {
  rows: number;
  anomalies: number;
  scoreSum: number;
  /** Cells that are missing, of numbers first. */
  readonly missing: Float64Array;
  /** Numbers outside of the range of training. */
  readonly outside: Float64Array;
  /** Categories that training did not see. */
  readonly unseen: Float64Array;
  /** Of each column, numbers first, counts in the bins of training, or of its common values and all others. */
  readonly shares: readonly Float64Array[];
  /** Scores in the bins of those of training. */
  readonly scores: Float64Array;
}

/** What the rows of a model are compared with: the profile of its training, made ready to count by. */
export interface Ruler {
  readonly names: readonly string[];
  /** Counts of training in the same bins; null where the file does not tell. */
  readonly before: readonly (Float64Array | null)[];
  readonly missingBefore: readonly number[];
  readonly scoreEdges: readonly number[];
  readonly scoresBefore: Float64Array | null;
  /** No cell counted. */
  empty(): Tally;
  /** Counts rows and what was said of them. */
  add(tally: Tally, rows: ServedRows, scored: Scored): void;
}

/** Two counts for each edge and one more, as one for each edge and one more: what lies on an edge with what lies below. */
function inBins(counts: ArrayLike<number>): Float64Array {
  const bins = new Float64Array((counts.length + 1) / 2);
  for (let k = 0; k < counts.length; k++) bins[k >> 1]! += counts[k]!;
  return bins;
}

/** The ruler of a model. */
export function rulerOf(facts: ServedFacts): Ruler {
  const scores = facts.metadata.scores;
  const scoreEdges = scores?.edges ?? [];
  const common = { scoreEdges, scoresBefore: scores ? inBins(scores.counts) : null };
  const countScores = (tally: Tally, { rows, score, isAnomaly }: Scored): void => {
    tally.rows += rows;
    for (let i = 0; i < rows; i++) {
      tally.anomalies += isAnomaly[i]!;
      tally.scoreSum += score[i]!;
      tally.scores[placeOf(scoreEdges, score[i]!) >> 1]!++;
    }
  };
  const scoreBins = scoreEdges.length + 1;
  if (facts.content !== "table")
    return {
      ...{ names: [], before: [], missingBefore: [], ...common },
      empty: () => emptyTally([], 0, 0, scoreBins),
      add: (tally, _rows, scored) => countScores(tally, scored),
    };
  const columns = columnsOf(facts);
  const { numbers, texts } = columns;
  return {
    ...columns,
    ...common,
    empty: () => emptyTally(columns.sizes, numbers.length, texts.length, scoreBins),
    add(tally, rows, scored) {
      countCells(tally, rows as RawRows, columns);
      countScores(tally, scored);
    },
  };
}

const emptyTally = (sizes: readonly number[], p: number, q: number, scoreBins: number): Tally => ({
  ...{ rows: 0, anomalies: 0, scoreSum: 0 },
  missing: new Float64Array(p + q),
  outside: new Float64Array(p),
  unseen: new Float64Array(q),
  shares: sizes.map((size) => new Float64Array(size)),
  scores: new Float64Array(scoreBins),
});

function columnsOf({ metadata, numeric, categories }: TableFacts) {
  const { profile } = metadata;
  const numbers = profile.numeric.map(({ minimum, maximum, bins }) => ({
    ...{ minimum, maximum },
    edges: bins?.edges ?? [],
  }));
  const texts = profile.categories.map(({ values }) => ({
    known: new Set(values),
    place: new Map(values.slice(0, mostValues).map((value, k) => [value, k])),
  }));
  const before = [
    ...profile.numeric.map(({ bins }) => (bins ? inBins(bins.counts) : null)),
    ...profile.categories.map(({ counts }) => counts && commonCounts(counts)),
  ].map((each) => each ?? null);
  return {
    ...{ numbers, texts, before },
    names: [...numeric, ...categories].map(({ name }) => name),
    missingBefore: [...profile.numeric, ...profile.categories].map(
      ({ missing }) => missing / Math.max(1, profile.rows),
    ),
    sizes: [
      ...numbers.map(({ edges }) => edges.length + 1),
      ...texts.map(({ place }) => place.size + 1),
    ],
  };
}

/** Counts of the commonest values, and of all others together. */
function commonCounts(counts: readonly number[]): Float64Array {
  const common = counts.slice(0, mostValues);
  const others = counts.slice(mostValues).reduce((sum, n) => sum + n, 0);
  return Float64Array.from([...common, others]);
}

function countCells(
  tally: Tally,
  { rows, numeric, categories }: RawRows,
  { numbers, texts }: ReturnType<typeof columnsOf>,
): void {
  const [p, q] = [numbers.length, texts.length];
  for (let j = 0; j < p; j++) {
    const { minimum, maximum, edges } = numbers[j]!;
    const bins = tally.shares[j]!;
    for (let i = 0; i < rows; i++) {
      const value = numeric[i * p + j]!;
      if (Number.isNaN(value)) tally.missing[j]!++;
      else {
        if (value < minimum || value > maximum) tally.outside[j]!++;
        bins[placeOf(edges, value) >> 1]!++;
      }
    }
  }
  for (let j = 0; j < q; j++) {
    const { known, place } = texts[j]!;
    const bins = tally.shares[p + j]!;
    for (let i = 0; i < rows; i++) {
      const value = categories[i * q + j]!;
      if (value === "") tally.missing[p + j]!++;
      else {
        if (!known.has(value)) tally.unseen[j]!++;
        bins[place.get(value) ?? place.size]!++;
      }
    }
  }
}

/** Adds what one tally counted to another. */
export function addTally(to: Tally, from: Tally): void {
  to.rows += from.rows;
  to.anomalies += from.anomalies;
  to.scoreSum += from.scoreSum;
  const lists = (tally: Tally) => [
    ...[tally.missing, tally.outside, tally.unseen, tally.scores],
    ...tally.shares,
  ];
  const counted = lists(from);
  lists(to).forEach((counts, k) => {
    for (let i = 0; i < counts.length; i++) counts[i]! += counted[k]![i]!;
  });
}

import type { Counts, Scores } from "../../../../src/studio/api/runs.ts";

/** What of the scores counts from bins alone: how many rows lie where. */
export type Binned = Pick<Scores, "edges" | "counts" | "anomalies" | "all">;

/**
 * How many rows score above a threshold, from the bins alone: exact at their edges, within a bin as if its rows were spread
 * evenly. Where some rows have no label, those above are taken to be as many in every hundred as everywhere.
 */
export function countsAbove(scores: Binned, threshold: number): Counts {
  const { edges, counts, anomalies, all } = scores;
  let rows = 0;
  let known = 0;
  for (let i = 0; i < counts.length; i++) {
    const share = shareAbove(edges[i]!, edges[i + 1]!, threshold);
    rows += share * counts[i]!;
    known += share * anomalies[i]!;
  }
  return {
    rows: Math.round(rows),
    anomalies: Math.round(known),
    normals: Math.round((rows - known) * labelledShare(all)),
  };
}

function shareAbove(low: number, high: number, threshold: number): number {
  if (threshold < low) return 1;
  if (threshold >= high) return 0;
  return (high - threshold) / (high - low);
}

/** Of the rows that are no known anomalies, the share of which a label says that they are normal. */
export const labelledShare = ({ rows, anomalies, normals }: Counts): number =>
  rows > anomalies ? normals / (rows - anomalies) : 0;

/** Bins put together, so many of them to a bar: what is drawn of them. */
export function barsOf({ edges, counts, anomalies }: Binned, size: number): readonly Bar[] {
  const bars: Bar[] = [];
  for (let at = 0; at < counts.length; at += size) {
    const end = Math.min(counts.length, at + size);
    const known = sum(anomalies, at, end);
    bars.push({
      from: edges[at]!,
      to: edges[end]!,
      others: sum(counts, at, end) - known,
      anomalies: known,
    });
  }
  return bars;
}

/** How many rows score from one number to another. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  /** Rows of which no label says that they are anomalies. */
  readonly others: number;
  readonly anomalies: number;
}

function sum(list: readonly number[], from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i++) total += list[i]!;
  return total;
}

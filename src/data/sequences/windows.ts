import type { Spans } from "../terms/arrays.ts";
import type { Series, SeriesIndex } from "./series.ts";

/** Windows of series: where each begins, and how many of its steps there are. */
export interface Windows {
  /** Steps of a window. */
  readonly length: number;
  readonly count: number;
  /** The place of the first step of each. */
  readonly starts: Uint32Array;
  /** Steps that are there; the rest of a window is padding. */
  readonly filled: Uint32Array;
  /** The number of its series. */
  readonly series: Uint32Array;
  /** Series shorter than a window. */
  readonly padded: number;
}

/**
 * Windows from the first step of each series on, every `stride` steps; a series shorter than one has one.
 * `cover`: where steps are left at the end of a series, one more window ends with it.
 */
export function cutWindows(
  series: readonly Series[],
  length: number,
  stride: number,
  cover = false,
): Windows {
  const round = cover ? Math.ceil : Math.floor;
  const counts = series.map((one) => round(Math.max(0, one.length - length) / stride) + 1);
  const count = counts.reduce((a, b) => a + b, 0);
  const starts = new Uint32Array(count);
  const filled = new Uint32Array(count);
  const owners = new Uint32Array(count);
  let window = 0;
  series.forEach((one, i) => {
    for (let k = 0; k < counts[i]!; k++, window++) {
      starts[window] = one.start + Math.min(k * stride, Math.max(0, one.length - length));
      filled[window] = Math.min(length, one.length);
      owners[window] = i;
    }
  });
  const padded = series.filter((one) => one.length < length).length;
  return { length, count, starts, filled, series: owners, padded };
}

/** From when to when each window reaches. */
export function windowSpans(
  { count, starts, filled, series: owners }: Windows,
  { series, times }: SeriesIndex,
  column: string | null,
): Spans {
  const first = new Float64Array(count);
  const last = new Float64Array(count);
  for (let window = 0; window < count; window++) {
    const from = starts[window]!;
    const to = from + filled[window]! - 1;
    const begin = series[owners[window]!]!.start;
    first[window] = times ? known(times[from]!) : from - begin;
    last[window] = times ? known(times[to]!) : to - begin;
  }
  return { column, first, last };
}

const known = (time: number): number => (Number.isNaN(time) ? Number.POSITIVE_INFINITY : time);

/** The class of each window: the commonest of its steps that is not the normal one, else that. */
export function windowLabels(
  { count, starts, filled }: Windows,
  { labels, classes }: SeriesIndex,
): { readonly labels: string[] | null; readonly normal: string } {
  if (!labels) return { labels: null, normal: "" };
  const totals = new Array<number>(classes.length).fill(0);
  for (const label of labels) totals[label]!++;
  totals[0] = -1;
  const normal = totals.indexOf(Math.max(...totals));
  const seen = new Uint32Array(classes.length);
  const found = Array.from({ length: count }, (_, window) => {
    seen.fill(0);
    const from = starts[window]!;
    for (let place = from; place < from + filled[window]!; place++) seen[labels[place]!]!++;
    let best = -1;
    for (let label = 1; label < seen.length; label++)
      if (label !== normal && seen[label]! > (best < 0 ? 0 : seen[best]!)) best = label;
    return best >= 0 ? classes[best]! : seen[normal]! > 0 ? classes[normal]! : "";
  });
  return { labels: found, normal: classes[normal]! };
}

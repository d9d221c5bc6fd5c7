/** A place on a map, in the numbers of its axes. */
export type Place = readonly [x: number, y: number];

/** What a map shows: the least and greatest numbers of both axes. */
export interface View {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Points of a map by the numbers of their rows. */
export interface Points {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** The rows whose points lie inside of a polygon, in their order; a line that crosses itself counts by even and odd. */
export function rowsWithin({ x, y }: Points, polygon: readonly Place[]): Int32Array {
  if (polygon.length < 3) return new Int32Array(0);
  const [px, py] = [0, 1].map((k) => Float64Array.from(polygon, (place) => place[k]!)) as [
    Float64Array,
    Float64Array,
  ];
  const [left, right] = [Math.min(...px), Math.max(...px)];
  const [low, high] = [Math.min(...py), Math.max(...py)];
  const found = new Int32Array(x.length);
  let rows = 0;
  for (let i = 0; i < x.length; i++) {
    const [at, up] = [x[i]!, y[i]!];
    if (!(at >= left && at <= right && up >= low && up <= high)) continue;
    let inside = false;
    for (let a = 0, b = px.length - 1; a < px.length; b = a++) {
      const [ya, yb] = [py[a]!, py[b]!];
      if (ya > up !== yb > up && at < ((px[b]! - px[a]!) * (up - ya)) / (yb - ya) + px[a]!)
        inside = !inside;
    }
    if (inside) found[rows++] = i;
  }
  return found.slice(0, rows);
}

/** The rows whose points a view shows. */
export const rowsInView = ({ x, y }: Points, view: View): Int32Array =>
  rowsWhere(x.length, (i) => isIn(x[i]!, view.x) && isIn(y[i]!, view.y));

/** How many points with both numbers a view leaves out. */
export function leftOut({ x, y }: Points, view: View): number {
  let count = 0;
  for (let i = 0; i < x.length; i++)
    if (!Number.isNaN(x[i]! + y[i]!) && !(isIn(x[i]!, view.x) && isIn(y[i]!, view.y))) count++;
  return count;
}

/** The rows for which something holds, in their order. */
export function rowsWhere(count: number, holds: (row: number) => boolean): Int32Array {
  const found = new Int32Array(count);
  let rows = 0;
  for (let i = 0; i < count; i++) if (holds(i)) found[rows++] = i;
  return found.slice(0, rows);
}

const isIn = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low && value <= high;

/** The point nearest to a place where both axes count in pixels, no further than so many; -1 where none is. */
export function nearestPoint(
  { x, y }: Points,
  [atX, atY]: Place,
  pixels: readonly [x: number, y: number],
  most: number,
): number {
  let best = most * most;
  let row = -1;
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i]! - atX) * pixels[0];
    const dy = (y[i]! - atY) * pixels[1];
    const far = dx * dx + dy * dy;
    if (far <= best) {
      best = far;
      row = i;
    }
  }
  return row;
}

/** The nearest point that lies in a direction of a row's, at most 45 degrees aside; -1 where none does. */
export function nextPoint(
  { x, y }: Points,
  from: number,
  [rightward, upward]: Place,
  pixels: readonly [x: number, y: number],
): number {
  let best = Number.POSITIVE_INFINITY;
  let row = -1;
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i]! - x[from]!) * pixels[0];
    const dy = (y[i]! - y[from]!) * pixels[1];
    const along = dx * rightward + dy * upward;
    // points on the same spot are passed one by one where nothing else tells
    if (!(along > 0) || Math.abs(dx * upward - dy * rightward) > along) continue;
    const far = dx * dx + dy * dy;
    if (far < best) {
      best = far;
      row = i;
    }
  }
  return row;
}

/** A view of most points: what lies far outside of where 98 in 100 are is reached by zooming out. */
export function usualView({ x, y }: Points): View {
  return { x: rangeOf(x), y: rangeOf(y) };
}

/** A view of all points. */
export function wholeView({ x, y }: Points): View {
  return { x: widened(extentOf(x)), y: widened(extentOf(y)) };
}

/** Numbers that are looked at to find where most lie. */
const mostLooked = 20_000;

function rangeOf(values: Float32Array): readonly [number, number] {
  const [least, most] = extentOf(values);
  const [low, high] = quantilesOf(values, 0.01, 0.99);
  const spread = high - low;
  return spread > 0
    ? widened([Math.max(least, low - spread), Math.min(most, high + spread)])
    : widened([least, most]);
}

/** Two quantiles of some of the numbers, spread evenly over all. */
export function quantilesOf(
  values: Float32Array,
  low: number,
  high: number,
): readonly [number, number] {
  const step = Math.max(1, Math.floor(values.length / mostLooked));
  const some: number[] = [];
  for (let i = 0; i < values.length; i += step)
    if (!Number.isNaN(values[i]!)) some.push(values[i]!);
  const sorted = Float64Array.from(some).sort();
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return [at(low), at(high)];
}

function extentOf(values: Float32Array): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return least <= most ? [least, most] : [0, 1];
}

function widened([low, high]: readonly [number, number]): readonly [number, number] {
  const room = 0.04 * (high - low) || Math.abs(low) / 10 || 0.5;
  return [low - room, high + room];
}

/** A view that is nearer to a place, by a factor below 1, or further by one above. */
export function zoomed({ x, y }: View, [atX, atY]: Place, factor: number): View {
  const scaled = ([low, high]: readonly [number, number], at: number) =>
    [at + (low - at) * factor, at + (high - at) * factor] as const;
  return { x: scaled(x, atX), y: scaled(y, atY) };
}

/** A view moved by shares of its width and height. */
export function moved({ x, y }: View, [right, up]: Place): View {
  const shifted = ([low, high]: readonly [number, number], share: number) =>
    [low + share * (high - low), high + share * (high - low)] as const;
  return { x: shifted(x, right), y: shifted(y, up) };
}

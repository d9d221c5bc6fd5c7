import { changingPlaces } from "../cells/offsets.ts";
import { offsetAt, offsetOfWall, type Zone, zoneOf } from "../cells/zones.ts";
import { type Steps, stepsOf, type TimedSeries } from "./steps.ts";

const day = 86_400e6;

/** Times of a clock as moments; NaN stays. */
const momentOf = (time: number, zone: Zone): number =>
  Number.isNaN(time) ? time : time - offsetOfWall(Math.round(time * day), zone) / day;

/** Moments as the clocks of a place show them. */
const wallOf = (time: number, zone: Zone): number =>
  Number.isNaN(time) ? time : time + offsetAt(Math.round(time * day), zone) / day;

/** Times that a clock showed twice, put apart. */
export interface Unfolded {
  /** As moments. */
  readonly times: Float64Array;
  readonly zone: Zone;
  /** The first row of an hour that comes for the second time. */
  readonly first: number;
}

/**
 * Times in the order of their rows, series by series, in which clocks that are set back show an hour twice: as moments, so
 * that the rows keep their order. Null where no hour comes twice, or where rows go back in time for another reason.
 */
export function unfold(
  times: Float64Array,
  groups: Uint32Array | null,
  stated: Zone | null,
): Unfolded | null {
  // Days alone are on no clock.
  if (times.every((time) => Number.isInteger(time) || Number.isNaN(time))) return null;
  const backward: number[] = [];
  const latest = new Map<number, number>();
  for (let row = 0; row < times.length; row++) {
    const group = groups?.[row] ?? 0;
    const time = times[row]!;
    if (Number.isNaN(time)) continue;
    if (time <= latest.get(group)!) backward.push(row);
    // More than two a year of a century are no clocks.
    if (backward.length > 200 * (latest.size + 1)) return null;
    latest.set(group, time);
  }
  if (backward.length === 0) return null;
  for (const zone of stated ? [stated] : changingPlaces.map(zoneOf)) {
    const walls = stated ? times.map((time) => wallOf(time, zone)) : times;
    const found = secondHours(walls, groups, zone, backward);
    if (found) return { times: found, zone, first: backward[0]! };
  }
  return null;
}

/** Walls as moments, if each step back begins an hour that the clocks show twice, and no hour comes thrice. */
function secondHours(
  walls: Float64Array,
  groups: Uint32Array | null,
  zone: Zone,
  backward: readonly number[],
): Float64Array | null {
  const again = new Set(backward);
  const moments = new Float64Array(walls.length);
  // By series: the change at which the clocks were set back, while its second hour lasts, and the last moment.
  const second = new Map<number, { readonly change: number; readonly end: number }>();
  const latest = new Map<number, number>();
  for (let row = 0; row < walls.length; row++) {
    const group = groups?.[row] ?? 0;
    const wall = Math.round(walls[row]! * day);
    if (again.has(row)) {
      const change = zone.walls.findIndex(
        (end, i) => wall < end && wall >= end + zone.offsets[i + 1]! - zone.offsets[i]!,
      );
      if (change < 0 || second.get(group)?.change === change) return null;
      second.set(group, { change, end: zone.walls[change]! });
    }
    const set = second.get(group);
    const offset = set && wall < set.end ? zone.offsets[set.change + 1]! : offsetOfWall(wall, zone);
    moments[row] = walls[row]! - offset / day;
    if (Number.isNaN(walls[row]!)) continue;
    if (moments[row]! <= latest.get(group)!) return null;
    latest.set(group, moments[row]!);
  }
  return moments;
}

/**
 * The steps of series on the clocks of the place where fewer of them are odd than by themselves: times are moments and
 * steps even on clocks, or times are of clocks and steps even in truth. Null where no place is better.
 */
export function clockSteps(
  series: readonly TimedSeries[],
  plain: Steps,
): { readonly steps: Steps; readonly zone: Zone } | null {
  const hour = 1 / 24;
  const set = plain.oddSteps.filter(
    ([from, to]) => Math.abs(Math.abs(to - from - plain.usual) - hour) < 0.001 * hour,
  );
  let best: { readonly steps: Steps; readonly zone: Zone } | null = null;
  for (const zone of set.length > 0 ? changingPlaces.map(zoneOf) : [])
    for (const view of [momentOf, wallOf]) {
      const even = ([from, to]: readonly [number, number]) =>
        Math.abs(view(to, zone) - view(from, zone) - plain.usual) < 0.001 * hour;
      if (!set.some(even)) continue;
      const seen = series.map(({ from, times }) => ({
        from,
        times: times.map((time) => view(time, zone)),
      }));
      const steps = stepsOf(seen, true);
      if (steps && steps.odd < (best?.steps.odd ?? plain.odd)) best = { steps, zone };
    }
  return best;
}

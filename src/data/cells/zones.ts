/** The clocks of a place: by how much they are before UTC, and when that changed. */
export interface Zone {
  /** As IANA calls it, such as "Europe/Madrid". */
  readonly name: string;
  /** Moments of change in microseconds since 1970, ascending. */
  readonly changes: readonly number[];
  /** Microseconds before UTC: until the first change, then from each on. */
  readonly offsets: readonly number[];
  /**
   * The changes as the clocks show them. An hour that they show twice is the first of both, one that they leave
   * out goes on from before it: what JavaScript's Temporal calls compatible.
   */
  readonly walls: readonly number[];
}

const [first, last] = [Date.UTC(1900, 0, 1), Date.UTC(2101, 0, 1)];
const month = 30 * 86_400_000;

const known = new Map<string, Zone>();

/** The clocks of a place from 1900 to 2100; throws a RangeError for a name that is none. */
export function zoneOf(name: string): Zone {
  const zone = known.get(name) ?? findChanges(name);
  known.set(name, zone);
  return zone;
}

function findChanges(name: string): Zone {
  const offsetAt = clockOf(name);
  const changes: number[] = [];
  const offsets = [offsetAt(first)];
  for (let from = first; from < last; from += month) {
    let [low, high] = [from, Math.min(from + month, last)];
    const after = offsetAt(high);
    if (after === offsets.at(-1)) continue;
    while (high - low > 1000) {
      const middle = Math.round((low + high) / 2000) * 1000;
      if (offsetAt(middle) === after) high = middle;
      else low = middle;
    }
    changes.push(high * 1000);
    offsets.push(after);
  }
  const walls = changes.map((at, i) => at + Math.max(offsets[i]!, offsets[i + 1]!) * 1000);
  return { name, changes, offsets: offsets.map((ms) => ms * 1000), walls };
}

/** Milliseconds that the clocks of a place are before UTC, by the moment. */
function clockOf(timeZone: string): (moment: number) => number {
  const fields = { year: "numeric", month: "numeric", day: "numeric" } as const;
  const clock = { hour: "numeric", minute: "numeric", second: "numeric" } as const;
  const format = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn" },
    ...{ ...fields, ...clock },
  });
  return (moment) => {
    const shown = Object.fromEntries(
      format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
    ) as Record<string, number>;
    const { year, month, day, hour, minute, second } = shown;
    return Date.UTC(year!, month! - 1, day, hour, minute, second) - moment;
  };
}

/** How far the clocks are before UTC when they show this time, in microseconds. */
export const offsetOfWall = (wall: number, { walls, offsets }: Zone): number =>
  offsets[above(walls, wall)]!;

/** How far the clocks are before UTC at this moment, in microseconds. */
export const offsetAt = (moment: number, { changes, offsets }: Zone): number =>
  offsets[above(changes, moment)]!;

/** How many of ascending numbers are not above a value. */
function above(ascending: readonly number[], value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Microseconds that a clock shows as those of UTC, in SQL. */
export function localSql(wall: string, { walls, offsets }: Zone): string {
  const before = `len(list_filter([${walls.join(", ")}], lambda change: change <= wall))`;
  return `list_transform([${wall}], lambda wall: wall - [${offsets.join(", ")}][1 + ${before}])[1]`;
}

import { scaleLinear, scaleLog } from "d3-scale";

/** Where a number is drawn, and back; with round numbers to write beside. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly of: (place: number) => number;
  readonly ticks: readonly number[];
}

/** A scale from `low` to `high` over places; logarithmic where that is wanted and all is positive. */
export function scaleOf(
  [low, high]: readonly [number, number],
  places: readonly [number, number],
  { logarithmic = false, ticks = 6 }: { logarithmic?: boolean; ticks?: number } = {},
): Scale {
  // a single number has room on both sides
  const room = low === high ? Math.abs(low) / 2 || 0.5 : 0;
  const domain = [low - room, high + room];
  const log = logarithmic && domain[0]! > 0;
  const scale = (log ? scaleLog() : scaleLinear()).domain(domain).range(places);
  const marks = scale.ticks(ticks);
  return {
    at: (value) => scale(value),
    of: (place) => scale.invert(place),
    ticks: log ? fewer(marks, ticks) : marks,
  };
}

/** Of the ticks of a logarithmic scale not all have room: then 1, 2 and 5 of each power of ten, else powers alone. */
function fewer(ticks: readonly number[], most: number): readonly number[] {
  const fit = (some: readonly number[]): boolean => some.length <= most + 1;
  if (fit(ticks)) return ticks;
  const firstDigit = (tick: number): number => Number(tick.toExponential(0)[0]);
  const round = ticks.filter((tick) => [1, 2, 5].includes(firstDigit(tick)));
  if (fit(round)) return round;
  const powers = round.filter((tick) => firstDigit(tick) === 1);
  const step = Math.ceil(powers.length / (most + 1));
  return powers.length < 2 ? round : powers.filter((_, i) => i % step === 0);
}

import { scaleLinear, scaleLog } from "d3-scale";
import { roundMarks } from "./round-marks.ts";

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
  const even = scaleLinear().domain(domain).range(places);
  const scale = log ? scaleLog().domain(domain).range(places) : even;
  return {
    at: (value) => scale(value),
    of: (place) => scale.invert(place),
    ticks: (log && roundMarks(domain[0]!, domain[1]!, ticks)) || even.ticks(ticks),
  };
}

import type { AxisOptions, ScaleOptions } from "@observablehq/plot";
import type { Words } from "./words.ts";

/** Sides around a plot that leave room for numbers in a page's own letters. */
export const sides = { marginLeft: 52, marginBottom: 40, marginTop: 22, marginRight: 16 } as const;

type Axis = ScaleOptions & AxisOptions;

/** A scale with numbers as the report writes them, few ticks, and its name without an arrow. */
export const axis = (label: string, words: Words, options: Axis = {}): Axis => ({
  label,
  labelArrow: "none",
  ticks: 5,
  tickFormat: (value: number) => words.short(value),
  ...options,
});

/** A scale of shares, as percentages. */
export const shareAxis = (label: string, words: Words, options: Axis = {}): Axis =>
  axis(label, words, {
    tickFormat: (value: number) => `${words.short(100 * value)}\u00a0%`,
    ...options,
  });

/** Whether values above 0 spread so far that only a logarithmic scale shows them all. */
export function spreads(values: readonly number[], times: number): boolean {
  const finite = values.filter((value) => Number.isFinite(value));
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  return least > 0 && most / least > times;
}

/** Logarithmic ticks at 1, 2 and 5, or at powers of ten where the scale is long. */
export function logTicks(least: number, most: number): readonly number[] {
  const low = Math.floor(Math.log10(least));
  const high = Math.ceil(Math.log10(most));
  const factors = high - low > 3 ? [1] : [1, 2, 5];
  return Array.from({ length: high - low + 1 }, (_, i) => low + i)
    .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
    .filter((value) => value >= least * 0.999 && value <= most * 1.001);
}

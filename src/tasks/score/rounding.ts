import type { TrainingProfile } from "../../preparation/statistics.ts";

/** How numbers of a column are rounded for a person. */
export interface Rounding {
  /** Decimals of what was there: no more than its column has, and none that its width makes meaningless. */
  readonly decimals: number;
  /** What was expected is rounded to multiples of it: the thousandth part of the width, as a power of ten. */
  readonly step: number;
  /** Whether thousands may be set apart: not in years, nor in what looks like them. */
  readonly grouped: boolean;
  /** Whether all values were whole: of dates, days without a time. */
  readonly whole: boolean;
}

const mostDecimals = 12;

/** The rounding of a column, by the values and the decimals that it had in training. */
export function roundingOf({
  minimum,
  maximum,
  deciles,
  bins,
}: TrainingProfile["numeric"][number]): Rounding {
  const width = deciles[2]! - deciles[0]! || maximum - minimum || Math.abs(deciles[1]!) || 1;
  const exponent = Math.floor(Math.log10(width / 1000));
  const edges = bins?.edges ?? [];
  const decimals = Math.min(decimalsOf(edges), Math.max(0, -exponent));
  const years = decimals === 0 && minimum >= 1000 && maximum < 3000;
  const whole = [minimum, maximum, ...edges].every(Number.isInteger);
  return { decimals, step: 10 ** Math.max(exponent, -decimals), grouped: !years, whole };
}

/** The rounding of a variable of which its deviation is known. */
export function roundingOfSpread(deviation: number): Rounding {
  const exponent = Math.floor(Math.log10((deviation || 1) / 250));
  const decimals = Math.min(mostDecimals, Math.max(0, -exponent));
  return { decimals, step: 10 ** Math.max(exponent, -decimals), grouped: true, whole: false };
}

/** Decimals that nearly all of some values can do with. */
function decimalsOf(values: readonly number[]): number {
  if (values.length === 0) return mostDecimals;
  const counts = values
    .map((value) => {
      let decimals = 0;
      while (decimals < mostDecimals && Number(value.toFixed(decimals)) !== value) decimals++;
      return decimals;
    })
    .sort((a, b) => a - b);
  return counts[Math.floor(0.8 * (counts.length - 1))]!;
}

/** A number as text, "" where it is missing; what was expected has three digits of its own at least. */
export function roundedText(value: number, { decimals, step }: Rounding, expected = false): string {
  if (Number.isNaN(value)) return "";
  if (Math.abs(value) >= 1e15) return String(Number(value.toPrecision(4)));
  const own = 10 ** Math.floor(Math.log10(Math.max(1, Math.abs(value))) - 2);
  const unit = Math.min(step, own);
  const whole = expected && unit >= 1 ? Math.round(value / unit) * unit : value;
  const text = String(Number(whole.toFixed(decimals)));
  return text === "-0" ? "0" : text;
}

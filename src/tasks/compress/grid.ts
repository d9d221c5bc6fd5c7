/**
 * How the numbers of a stream become whole numbers. A value x is X = x perUnit units; what is coded are steps of
 * `step` units from a prediction, so that what is rebuilt lies within half a step.
 */
export interface Grid {
  /** Units in 1: 100 for cents. -1: the numbers keep all their bits, and nothing is predicted. */
  readonly perUnit: number;
  /** Whether every value is a whole number of units. */
  readonly whole: boolean;
  /** An odd number of units; 1 is exact where values are whole. */
  readonly step: number;
  /** Predictions are rounded to a multiple of this, a power of two... */
  readonly coarse: number;
  /** ...and those so near the middle of two multiples, in units, that engines may differ, are told apart. */
  readonly margin: number;
  /** The mean in whole units, for streams that are coded without prediction. */
  readonly center: number;
  /** Whether values are of single precision. */
  readonly single: boolean;
  /** The least and the greatest value: what is rebuilt stays between them, so that amounts do not become negative. */
  readonly bounds: readonly [least: number, most: number];
}

/** Units within which sums of whole numbers stay exact. */
const most = 2 ** 50;

/** Steps into which the greatest error is cut where values are not whole numbers of a unit. */
const finest = 64;

/** What decides the grid of a stream, gathered value by value. */
export class GridFinder {
  /** Whether values are of single precision. */
  readonly single: boolean;
  readonly #candidates: readonly number[];
  #candidate = 0;
  #count = 0;
  #mean = 0;
  #squares = 0;
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;

  /** Dates are days: their units are days, seconds or microseconds. `single`: values of single precision. */
  constructor({ date = false, single = false } = {}) {
    this.single = single;
    this.#candidates = date
      ? [1, 86_400, 86_400e6]
      : Array.from({ length: 16 }, (_, digits) => Number(`1e${digits}`));
  }

  add(value: number): void {
    if (Number.isNaN(value)) return;
    while (!this.#isWhole(value, this.#candidates[this.#candidate])) this.#candidate++;
    this.#least = Math.min(this.#least, value);
    this.#most = Math.max(this.#most, value);
    this.#count++;
    const distance = value - this.#mean;
    this.#mean += distance / this.#count;
    this.#squares += distance * (value - this.#mean);
  }

  #isWhole(value: number, perUnit: number | undefined): boolean {
    if (perUnit === undefined) return true;
    const units = Math.round(value * perUnit) / perUnit;
    return (this.single ? Math.fround(units) : units) === value;
  }

  /** Whether values need all digits of double, so that those of the source may be more. */
  get manyDigits(): boolean {
    const own = this.#candidates[this.#candidate];
    const largest = Math.max(Math.abs(this.#least), Math.abs(this.#most));
    return own === undefined || (this.#count > 0 && largest * own >= 2 ** 53) || own === 86_400e6;
  }

  /** Of the values, with n in the denominator. */
  get deviation(): number {
    return this.#count > 0 ? Math.sqrt(this.#squares / this.#count) : 0;
  }

  /** The grid that keeps each value within the `allowed` error, 0 for exactly; `scale` is the spread of predictions. */
  grid(allowed: number, scale = this.deviation): Grid {
    const bounds = this.#count > 0 ? ([this.#least, this.#most] as const) : ([0, 0] as const);
    const largest = Math.max(...bounds.map(Math.abs));
    const own = this.#candidates[this.#candidate] ?? Number.POSITIVE_INFINITY;
    const whole = largest * own < most;
    // A number of single precision is not the decimal one that is coded, and what comes back is not either.
    const rounding = this.single && !(whole && own === 1) ? largest * 2 ** -23 : 0;
    // No value can be missed by more, and units must not become so large that their multiples have no number.
    const maxError = Math.max(0, Math.min(allowed, 2 * largest) - rounding);
    // The share of a unit by which binary numbers miss decimal ones must not cost a whole unit.
    const room = whole ? Math.floor(maxError * own * (1 + 1e-12)) : 0;
    // Values of many digits need no units as fine as theirs.
    const fine = whole && room < 2 ** 20 && !(this.single && largest * own > 2 ** 24);
    const perUnit = fine ? own : maxError > 0 ? finest / maxError : Number.POSITIVE_INFINITY;
    const { single } = this;
    if (!(largest * perUnit < most))
      return { perUnit: -1, whole, step: 1, coarse: 1, margin: 0, center: 0, single, bounds };
    const step = fine ? 2 * room + 1 : 2 * finest - 1;
    const margin = Number((1e-5 * scale * perUnit).toPrecision(2));
    return {
      perUnit,
      whole: fine,
      step,
      coarse: 2 ** Math.max(0, Math.ceil(Math.log2(400 * margin))),
      margin,
      center: Math.round(this.#mean * perUnit),
      single,
      bounds,
    };
  }
}

/** A value in units. */
export const toUnits = ({ perUnit, whole }: Grid, value: number): number =>
  whole ? Math.round(value * perUnit) : value * perUnit;

/** A value from units. */
export const fromUnits = ({ perUnit, bounds: [least, most] }: Grid, units: number): number =>
  Math.max(least, Math.min(most, units / perUnit));

/** Predictions as multiples of `coarse` units, and which of them had to be told apart. */
export interface RoundedPredictions {
  readonly units: Float64Array;
  /** Places whose prediction lies between two multiples, and 1 for each that was rounded up. */
  readonly places: readonly number[];
  readonly ups: readonly number[];
}

/**
 * Rounds predictions so that another engine, whose predictions differ in the last digits, can round them alike:
 * the doubtful ones are listed.
 */
export function roundPredictions(grid: Grid, predictions: ArrayLike<number>): RoundedPredictions {
  const { coarse, margin } = grid;
  const units = new Float64Array(predictions.length);
  const places: number[] = [];
  const ups: number[] = [];
  for (let i = 0; i < units.length; i++) {
    const at = unitsOf(grid, predictions[i]!);
    const below = Math.floor(at / coarse);
    const share = at / coarse - below;
    const up = share >= 0.5 ? 1 : 0;
    if (Math.abs(share - 0.5) * coarse < margin) {
      places.push(i);
      ups.push(up);
    }
    units[i] = (below + up) * coarse;
  }
  return { units, places, ups };
}

/** The same predictions, made anew by some engine, with what was told of the doubtful ones. */
export function roundAgain(
  grid: Grid,
  predictions: ArrayLike<number>,
  places: ArrayLike<number>,
  ups: ArrayLike<number>,
): Float64Array {
  const { units } = roundPredictions(grid, predictions);
  for (let k = 0; k < places.length; k++) {
    const below = Math.floor(unitsOf(grid, predictions[places[k]!]!) / grid.coarse);
    units[places[k]!] = (below + ups[k]!) * grid.coarse;
  }
  return units;
}

/** A prediction in units; one that is no number, or too large, is a bad guess and no more. */
function unitsOf({ perUnit, center }: Grid, prediction: number): number {
  const at = prediction * perUnit;
  return Math.abs(at) < most ? at : center;
}

import { type ByteReader, ByteWriter, smallest } from "./bytes.ts";
import { fromUnits, type Grid, roundAgain, roundPredictions, toUnits } from "./grid.ts";

/**
 * Writes the numbers of a stream, NaN where missing. Of several ways the
 * smallest is taken: steps from the prediction or from the mean, each moved, or not, by what that missed `lag` places
 * before.
 */
export function writeStream(
  writer: ByteWriter,
  grid: Grid,
  values: Float64Array,
  predictions: ArrayLike<number> | null,
  lags: readonly number[],
): void {
  const missing = Uint8Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0));
  writer.integers(missing);
  const observed = values.filter((value) => !Number.isNaN(value));
  if (grid.perUnit < 0) {
    writer.bytes(shuffled(observed, grid.single ? 4 : 8));
    return;
  }
  const units = observed.map((value) => toUnits(grid, value));
  const rounded =
    predictions &&
    roundPredictions(
      grid,
      Float64Array.from(predictions).filter((_, i) => !missing[i]),
    );
  const ways = waysOf(lags, rounded !== null);
  const [way, bytes] = smallest(
    ways.map(({ predicted, lag }) => () => {
      const part = new ByteWriter();
      if (predicted) {
        part.list(rounded!.places.map((place, k) => place - (rounded!.places[k - 1] ?? 0)));
        part.integers(rounded!.ups);
      }
      part.integers(stepsOf(grid, units, predicted ? rounded!.units : null, lag));
      return part.join();
    }),
  );
  const { predicted, lag } = ways[way]!;
  writer.byte(predicted ? 1 : 0);
  writer.byte(lags.indexOf(lag) + 1);
  writer.bytes(bytes);
}

/** Reads `count` numbers of a stream. `predictions` is asked for only where there is a code. */
export function readStream(
  reader: ByteReader,
  grid: Grid,
  count: number,
  predictions: ArrayLike<number> | null,
  lags: readonly number[],
): Float64Array {
  const missing = reader.integers(count);
  const observed = missing.reduce((n, gone) => n - gone, count);
  const values = new Float64Array(count).fill(Number.NaN);
  const place = (found: ArrayLike<number>): Float64Array => {
    for (let i = 0, k = 0; i < count; i++) if (missing[i] === 0) values[i] = found[k++]!;
    return values;
  };
  if (grid.perUnit < 0) return place(unshuffled(reader, observed, grid.single ? 4 : 8));
  const predicted = reader.byte() === 1;
  const lag = [0, ...lags][reader.byte()]!;
  let rounded: Float64Array | null = null;
  if (predicted) {
    if (!predictions) throw new RangeError("a stream needs predictions, and there is no code");
    let at = 0;
    const places = reader.list().map((step) => {
      at += step;
      return at;
    });
    const ups = reader.integers(places.length);
    const there = Float64Array.from(predictions).filter((_, i) => missing[i] === 0);
    rounded = roundAgain(grid, there, places, ups);
  }
  const units = unitsFrom(grid, reader.integers(observed), rounded, lag);
  return place(units.map((value) => fromUnits(grid, value)));
}

const waysOf = (lags: readonly number[], predicted: boolean) =>
  [false, ...(predicted ? [true] : [])].flatMap((predicted) =>
    [0, ...lags].map((lag) => ({ predicted, lag })),
  );

/** The prediction of place i: from the model or the mean, moved by what that missed `lag` places before. */
function guess(
  center: number,
  predictions: Float64Array | null,
  rebuilt: Float64Array,
  lag: number,
  i: number,
): number {
  const own = predictions ? predictions[i]! : center;
  if (lag === 0 || i < lag) return own;
  return own + rebuilt[i - lag]! - (predictions ? predictions[i - lag]! : center);
}

function stepsOf(
  { step, center }: Grid,
  units: Float64Array,
  predictions: Float64Array | null,
  lag: number,
): Float64Array {
  const steps = new Float64Array(units.length);
  const rebuilt = new Float64Array(units.length);
  for (let i = 0; i < units.length; i++) {
    const from = guess(center, predictions, rebuilt, lag, i);
    steps[i] = Math.round((units[i]! - from) / step);
    rebuilt[i] = from + steps[i]! * step;
  }
  return steps;
}

function unitsFrom(
  { step, center }: Grid,
  steps: Float64Array,
  predictions: Float64Array | null,
  lag: number,
): Float64Array {
  const rebuilt = new Float64Array(steps.length);
  for (let i = 0; i < steps.length; i++)
    rebuilt[i] = guess(center, predictions, rebuilt, lag, i) + steps[i]! * step;
  return rebuilt;
}

/** The bytes of floating-point numbers of a size, all first bytes first. */
function shuffled(values: Float64Array, size: 4 | 8): Uint8Array {
  const bytes = new Uint8Array(values.length * size);
  const view = new DataView(new ArrayBuffer(size));
  for (let i = 0; i < values.length; i++) {
    if (size === 4) view.setFloat32(0, values[i]!);
    else view.setFloat64(0, values[i]!);
    for (let k = 0; k < size; k++) bytes[k * values.length + i] = view.getUint8(k);
  }
  return bytes;
}

function unshuffled(reader: ByteReader, count: number, size: 4 | 8): Float64Array {
  const bytes = reader.bytes(size * count);
  const view = new DataView(new ArrayBuffer(size));
  return Float64Array.from({ length: count }, (_, i) => {
    for (let k = 0; k < size; k++) view.setUint8(k, bytes[k * count + i]!);
    return size === 4 ? view.getFloat32(0) : view.getFloat64(0);
  });
}

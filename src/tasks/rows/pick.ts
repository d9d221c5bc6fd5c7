// Plain loops: TypedArray.from with a function gathers all values in a list of objects first, which for
// millions of rows is more memory than the rows themselves.

/** The rows of a list for which something holds, as places in it. */
export function placesOf(rows: Uint32Array, holds: (row: number) => boolean): Uint32Array {
  const places = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) if (holds(rows[i]!)) places[count++] = i;
  return places.slice(0, count);
}

/** The values at some places. */
export function pick<T extends Float32Array | Uint8Array | Uint32Array>(
  values: T,
  places: Uint32Array,
): T {
  const result = new (values.constructor as new (length: number) => T)(places.length);
  for (let i = 0; i < places.length; i++) result[i] = values[places[i]!]!;
  return result;
}

/** The cells of some rows of [n, width]. */
export function rowsAt(
  cells: Float32Array,
  width: number,
  rows: ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const chosen = new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    chosen.set(cells.subarray(rows[i]! * width, (rows[i]! + 1) * width), i * width);
  return chosen;
}

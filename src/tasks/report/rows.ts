import { random, range } from "../../random.ts";
import { dealer } from "../rows/split.ts";

/** `count` of so many rows, drawn at random, rising; all where they are fewer. */
export function drawRows(rows: number, count: number, seed: number): Uint32Array {
  if (rows <= count) return range(rows);
  const deal = dealer([count, rows - count], random(seed, 9));
  const drawn = new Uint32Array(count);
  for (let row = 0, next = 0; next < count; row++) if (deal() === 0) drawn[next++] = row;
  return drawn;
}

/** The places of the greatest values, the greatest first; of equal ones the earlier. */
export function highest(values: ArrayLike<number>, count: number): readonly number[] {
  const places: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    if (places.length === count && !(value > values[places.at(-1)!]!)) continue;
    let at = places.length;
    while (at > 0 && values[places[at - 1]!]! < value) at--;
    places.splice(at, 0, i);
    if (places.length > count) places.pop();
  }
  return places;
}

/** The places of the greatest values that are at least so far from each other, the greatest first. */
export function highestApart(
  values: ArrayLike<number>,
  count: number,
  distance: number,
): readonly number[] {
  const places: number[] = [];
  const ranked = range(values.length)
    .filter((place) => !Number.isNaN(values[place]!))
    .sort((a, b) => values[b]! - values[a]! || a - b);
  for (const place of ranked) {
    if (places.length === count) break;
    if (places.every((each) => Math.abs(each - place) >= distance)) places.push(place);
  }
  return places;
}

/** The places whose values are nearest to the middle one. */
export function middling(values: Float32Array, count: number): readonly number[] {
  const sorted = Float32Array.from(values).sort();
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  return highest(
    values.map((value) => -Math.abs(value - middle)),
    count,
  );
}

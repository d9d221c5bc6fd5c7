import type { ValuesHead } from "../../../../src/studio/api/codes.ts";
import { paletteSize } from "./points-gl.ts";
import { quantilesOf } from "./within.ts";

/** Steps of a scale, from little to much. */
export const steps = 32;
/** Groups that have a colour of their own. */
export const mostGroups = 7;
/** Places in the palette of what comes after the groups, and of what has no value. */
export const [otherPlace, missingPlace] = [paletteSize - 2, paletteSize - 1];

/** Which colour each point has, and what the colours mean. */
export interface Coloring {
  readonly places: Uint8Array;
  /** Of numbers: where the colours begin and end, beyond which they stay the same; null of groups. */
  readonly ends: readonly [number, number] | null;
  readonly head: ValuesHead;
}

/** Colours of values: numbers along a scale between their 1st and 99th hundredth, groups by how common they are. */
export function coloringOf(head: ValuesHead, values: Float32Array): Coloring {
  const places = new Uint8Array(values.length);
  if (head.kind === "groups") {
    values.forEach((value, i) => {
      places[i] = Number.isNaN(value) ? missingPlace : value < mostGroups ? value : otherPlace;
    });
    return { places, ends: null, head };
  }
  const [low, high] = quantilesOf(values, 0.01, 0.99);
  const scale = high > low ? steps / (high - low) : 0;
  values.forEach((value, i) => {
    places[i] = Number.isNaN(value)
      ? missingPlace
      : Math.min(steps - 1, Math.max(0, Math.floor((value - low) * scale)));
  });
  return { places, ends: [low, high], head };
}

import type { Source } from "../terms/source.ts";

/** Columns that one query may ask figures of; each has state of its own in memory. */
const mostOfQuery = 128;

/** Runs of places that one query may be asked of: near each other in the source, and not too many. */
export function runsOf(
  { names, together }: Source,
  places: readonly number[],
  most = together < names.length || names.length > 512 ? mostOfQuery : names.length,
): number[][] {
  const runs: number[][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    const same = last && Math.floor(last[0]! / together) === Math.floor(place / together);
    if (last && same && last.length < most) last.push(place);
    else runs.push([place]);
  }
  return runs;
}

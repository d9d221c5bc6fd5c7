import type { Source } from "../terms/source.ts";
import type { Batch } from "../terms/table.ts";
import { runsOf } from "./relation.ts";
import type { ColumnRun } from "./wide-batches.ts";

/** Columns that one query streams at once: each holds pages of the file, a third of a megabyte. */
const mostStreamed = 1024;

/** Places of the columns that are asked for, each list in its order. */
export interface Asked {
  readonly numeric: readonly number[];
  readonly categories: readonly number[];
  readonly text: readonly number[];
}

/** How many columns are asked for. */
export const widthOf = ({ numeric, categories, text }: Asked) => ({
  ...{ numeric: numeric.length, categories: categories.length, text: text.length },
});

const placesOf = ({ numeric, categories, text }: Asked): number[] => [
  ...new Set([...numeric, ...categories, ...text]),
];

/** Whether one query can stream all that is asked for. */
export function streamsAtOnce(source: Source, asked: Asked): boolean {
  const places = placesOf(asked);
  return places.length <= mostStreamed && places.every((place) => place < source.together);
}

/** The columns that are asked for in runs that one query reads, each with the places of its cells in a batch. */
export function columnRuns(
  source: Source,
  asked: Asked,
  unreadAmong: (places: readonly number[]) => number[],
  stream: (run: Asked) => AsyncGenerator<Batch>,
): ColumnRun[] {
  const places = placesOf(asked).sort((a, b) => a - b);
  const runs = runsOf(source, places, mostStreamed);
  const at = new Map(runs.flatMap((run, k) => run.map((place) => [place, k] as const)));
  const inRun = (list: readonly number[], k: number): number[] =>
    list.flatMap((place, i) => (at.get(place) === k ? [i] : []));
  return runs.map((_, k) => {
    const own = {
      numeric: inRun(asked.numeric, k),
      categories: inRun(asked.categories, k),
      text: inRun(asked.text, k),
    };
    const run = {
      numeric: own.numeric.map((i) => asked.numeric[i]!),
      categories: own.categories.map((i) => asked.categories[i]!),
      text: own.text.map((i) => asked.text[i]!),
    };
    const watched = unreadAmong(run.numeric).length > 0;
    return { ...own, watched, batches: () => stream(run) };
  });
}

import { columnDates } from "../../data/cells/written-dates.ts";
import type { Table } from "../../data/terms/table.ts";
import type { Block } from "../compress/block.ts";
import { exactDate } from "../compress/exact-date.ts";
import type { CompressionSource } from "../compress/source.ts";
import type { Way } from "./filler.ts";
import type { FilledRows } from "./filling.ts";

/** A cell that was changed; missing cells are "", dates are text. */
export interface Change {
  readonly row: number;
  readonly column: string;
  readonly before: number | string;
  readonly after: number | string;
  readonly why: "missing" | "outlier" | "rebuilt";
  /** What gave the new value. */
  readonly way: Way;
}

/** How many cells of a column were changed. */
export interface ColumnChanges {
  readonly column: string;
  readonly filled: number;
  readonly replaced: number;
  /** Missing cells that stay so: no value is known for them. */
  readonly left: number;
  /** How many of the filled and replaced cells each way gave. */
  readonly ways: Readonly<Partial<Record<Way, number>>>;
}

/** Counts what was changed, column by column, and tells of each changed cell. */
export function changeCounts(
  table: Table,
  { streams, categories }: CompressionSource,
  why: "outlier" | "rebuilt",
  onChange?: (change: Change) => void,
): {
  /** Rows from `start` on, as they were and as they are. */
  add(before: Block, after: FilledRows, start: number): void;
  result(): readonly ColumnChanges[];
} {
  const names = [...streams.map(({ name }) => name), ...categories];
  const counts = names.map((column) => ({
    ...{ column, filled: 0, replaced: 0, left: 0 },
    ways: {} as Partial<Record<Way, number>>,
  }));
  const shown = (j: number, value: number | string): number | string => {
    if (typeof value === "string") return value;
    if (Number.isNaN(value)) return "";
    return streams[j]!.date ? columnDates(table.detected, names[j]!, exactDate)(value) : value;
  };
  return {
    add(before, after, start) {
      const note = (j: number, i: number, was: number | string, is: number | string): void => {
        const count = counts[j]!;
        const missing = isMissing(was);
        if (isMissing(is)) {
          if (missing) count.left++;
          return;
        }
        if (was === is) return;
        count[missing ? "filled" : "replaced"]++;
        const way = after.ways[j]![i]!;
        count.ways[way] = (count.ways[way] ?? 0) + 1;
        onChange?.({
          ...{ row: start + i + 1, column: names[j]! },
          ...{ before: shown(j, was), after: shown(j, is) },
          ...{ why: missing ? "missing" : why, way },
        });
      };
      before.numbers.forEach((values, j) => {
        values.forEach((was, i) => {
          note(j, i, was, after.block.numbers[j]![i]!);
        });
      });
      before.categories.forEach((cells, k) => {
        cells.forEach((was, i) => {
          note(streams.length + k, i, was, after.block.categories[k]![i]!);
        });
      });
    },
    result: () => counts,
  };
}

const isMissing = (value: number | string): boolean => value === "" || Number.isNaN(value);

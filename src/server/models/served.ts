import type { ColumnPlan } from "../../data/terms/table.ts";
import { type Precision, precisionOf } from "../../tasks/model/array-feeds.ts";
import type { AnyMetadata, ArrayMetadata, Metadata } from "../../tasks/model/metadata.ts";
import { isAbsent } from "../../tasks/model/threshold-record.ts";

/** What the doors must know of a model to read rows for it and to name what it gives: no session of the engine. */
export type ServedFacts = TableFacts | ArrayFacts;

export interface TableFacts {
  readonly content: "table";
  readonly metadata: Metadata;
  /** Features in the order of the inputs. */
  readonly numeric: readonly ColumnPlan[];
  readonly categories: readonly ColumnPlan[];
  readonly latentDim: number;
}

export interface ArrayFacts {
  readonly content: "images" | "sequences";
  readonly metadata: ArrayMetadata;
  /** Sizes of one row: [height, width, channels] or [time, features]. */
  readonly shape: readonly number[];
  readonly precision: Precision;
  readonly latentDim: number;
}

/** The facts of a model by what its file says of itself. */
export function servedFacts(metadata: AnyMetadata): ServedFacts {
  if (!("columns" in metadata)) {
    const { content, shape } = metadata.source;
    const { latentDim } = metadata;
    return { content, metadata, shape, precision: precisionOf(metadata), latentDim };
  }
  const { columns } = metadata;
  return {
    content: "table",
    metadata,
    numeric: columns.filter(({ input }) => input === "numeric"),
    categories: columns.filter(({ input }) => input === "categories"),
    latentDim: metadata.latentDim ?? (metadata.architecture.latentDim as number),
  };
}

/** What a row is judged by; the value is null where nothing was chosen, as in a network that was imported without data. */
export function thresholdOf({ metadata: { threshold } }: ServedFacts): {
  readonly value: number | null;
  readonly rule: string;
} {
  const { value, rule } = threshold;
  return { value: isAbsent(threshold) ? null : value, rule };
}

/** A model that is served. */
export interface Served {
  readonly name: string;
  readonly version: string;
  /** Its number among all that were ever loaded: what the threads know it by. */
  readonly number: number;
  readonly facts: ServedFacts;
  /** What its own example rows no longer come to, or null. */
  readonly note: string | null;
}

import type { ArraysDetected } from "../../data/arrays.ts";
import type { ColumnPlan, Detected } from "../../data/table.ts";
import type { BlockPlan } from "./block.ts";

/** What every compressed file says of itself. */
export interface CommonHeader {
  readonly rows: number;
  /** SHA-256 of the bytes of the model file; null where its code did not pay and none is kept. */
  readonly model: string | null;
  readonly engine: string;
  readonly plan: BlockPlan;
  /** The greatest error of each stream of numbers, by name, in its own units. */
  readonly errors: readonly (readonly [name: string, error: number])[];
}

/** What a file of a compressed table says of itself. */
export interface TableHeader extends CommonHeader {
  readonly content: "table";
  /** All columns in the order of the source. */
  readonly columns: readonly ColumnPlan[];
  /** Names of the columns of categories and of text, in the order of the blocks. */
  readonly categories: readonly string[];
  readonly texts: readonly string[];
  readonly source: Detected;
}

/** What a file of compressed images or sequences says of itself. */
export interface ArraysHeader extends CommonHeader {
  readonly content: "arrays";
  readonly source: ArraysDetected;
  readonly names: readonly string[] | null;
  readonly labels: readonly string[] | null;
}

export type Header = TableHeader | ArraysHeader;

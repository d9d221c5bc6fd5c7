import type { SheetRows } from "./sheet-lines.ts";

/** The sheets of a workbook, in its order. */
export interface Book {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean }[];
  readonly rows: (sheet: number) => Promise<SheetRows>;
  readonly close: () => void;
}

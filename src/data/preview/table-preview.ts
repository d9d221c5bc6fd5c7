import { EspejoError, mistake } from "../../errors.ts";
import type { Language } from "../../language.ts";
import { checkOptions, optionParts } from "../../options.ts";
import { inShort, z } from "../../schema.ts";
import type { MemoryValue } from "../memory/memory-column.ts";
import type { Address } from "../terms/address.ts";
import { openShape } from "../terms/open-options.ts";
import type { OpenOptions } from "../terms/table.ts";
import type { TableSeen } from "./seen.ts";
import type { ColumnShares } from "./shares.ts";

/** What a table may be previewed from: an address, a list of objects, or lists of cells by name. */
export type PreviewData =
  | Address
  | readonly Readonly<Record<string, MemoryValue>>[]
  | Readonly<Record<string, ArrayLike<MemoryValue>>>;

/** How to read, and what to show of it. */
export interface PreviewOptions extends OpenOptions {
  /** How many of the first rows are shown: 100 by default, 10,000 at most. */
  readonly rowsShown?: number;
  /** Of the sentences; English by default. */
  readonly language?: Language;
}

/** A table that is held open to be looked at with one set of options after the other. */
export interface TablePreview {
  /** What was seen with the options that it was opened with. */
  readonly seen: TableSeen;
  /**
   * Looks again, with other options in the place of the former ones; `seen` stays as it is. Files are not opened again, nor a
   * database asked, unless an option changed that says what rows and cells are (`delimiter`, `encoding`, `header`, `footer`,
   * `format`, `strict`, `sheet`, `query`, `array`, `labelArray`, `expect`); of columns, only those are looked at whose reading
   * changed. Throws what `openTable` throws; the preview can be read again then. `memoryLimit`, `threads` and
   * `tempDirectory` must stay as they were: `argument_value`.
   */
  reread(options: PreviewOptions): Promise<TableSeen>;
  /** How the values of each column are distributed, by what the last look took them for: numbers in bins, others by value. */
  shares(): Promise<readonly ColumnShares[]>;
  /** Frees the database and removes temporary files; `reread` and `shares` are refused from then on. */
  dispose(): Promise<void>;
}

const optional = z.exactOptional;
export const previewOptions: z.ZodMiniObject = z.object({
  ...openShape,
  rowsShown: optional(optionParts.whole(0).check(z.maximum(10_000))),
  language: optional(z.enum(["en", "es"])),
});

/** What a database and its files were made with. */
const fixed = ["memoryLimit", "threads", "tempDirectory"] as const;

/** A preview whose looks come one after the other. */
export async function inTurn(
  first: PreviewOptions,
  look: (options: PreviewOptions) => TableSeen | Promise<TableSeen>,
  shares: () => Promise<readonly ColumnShares[]>,
  dispose: () => Promise<void>,
): Promise<TablePreview> {
  let latest: Promise<unknown> = Promise.resolve();
  let open = true;
  const next = <Found>(work: () => Found | Promise<Found>): Promise<Found> => {
    const found = latest.then(work);
    latest = found.catch(() => null);
    return found;
  };
  return {
    seen: await look(first),
    reread: async (options) => {
      checkOptions("reread", previewOptions, options);
      for (const name of fixed) stays(name, first[name], options[name]);
      return next(() => {
        if (!open) throw mistake("reread: the preview was disposed of");
        return look(options);
      });
    },
    shares: () =>
      next(() => {
        if (!open) throw mistake("shares: the preview was disposed of");
        return shares();
      }),
    dispose: () => {
      open = false;
      return next(dispose);
    },
  };
}

/** Throws `argument_value` for an option that cannot change any more. */
function stays(name: string, before: unknown, now: unknown): void {
  if (before === now) return;
  throw new EspejoError("argument_value", {
    argument: `reread: ${name}`,
    ...{ wanted: `${inShort(before)}, as when the preview was opened`, got: inShort(now) },
  });
}

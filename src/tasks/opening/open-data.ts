import { contentHeld, openArrays } from "../../data/arrays/open-arrays.ts";
import { openTable } from "../../data/tables/open.ts";
import type { Address } from "../../data/terms/address.ts";
import type { Arrays, ArraysOptions } from "../../data/terms/arrays.ts";
import { type Note, note } from "../../data/terms/notes.ts";
import { arraysShape } from "../../data/terms/open-options.ts";
import type { Table } from "../../data/terms/table.ts";
import { checkOptions } from "../../options.ts";
import { z } from "../../schema.ts";
import { networkKind } from "../lesson/network.ts";
import { windowFor } from "../suggest/window.ts";

/** Data as they are read: rows of a table, or images or sequences. */
export type OpenedData =
  | { readonly table: Table; readonly arrays?: undefined }
  | { readonly arrays: Arrays; readonly table?: undefined };

/** How to open data, and for which kind of autoencoder: convolutional and recurrent ones take no rows of a table. */
export interface OpenDataOptions extends ArraysOptions {
  /** As `train` takes it, such as "recurrent+denoising". */
  readonly kind?: string;
}

const openDataOptions: z.ZodMiniObject = z.object({
  ...arraysShape,
  kind: z.exactOptional(z.string()),
});

/** What data are read as. */
interface Decision {
  readonly content: "rows" | "images" | "sequences";
  /** What decided it, in this order of precedence. */
  readonly by: "stated" | "cut" | "held" | "kind" | "usual";
}

/**
 * Decides what data are read as: what `content` or a model states; sequences where they are cut (`window`, `stride`,
 * `group`); images and sequences where the data hold arrays; of a table sequences for a kind that takes no rows, else
 * rows. Nothing but the beginning of the data is looked at, and that only where nothing is stated.
 */
async function contentOf(data: Address, options: OpenDataOptions): Promise<Decision> {
  const { content, like, group, window, stride, kind = "basic" } = options;
  const stated = content ?? like?.content;
  if (stated) return { content: stated, by: "stated" };
  if ([group, window, stride].some((option) => option !== undefined))
    return { content: "sequences", by: "cut" };
  const held = await contentHeld(data, options);
  if (held !== "table") return { content: held, by: "held" };
  const network = networkKind(kind);
  return network === "convolutional" || network === "recurrent"
    ? { content: "sequences", by: "kind" }
    : { content: "rows", by: "usual" };
}

/**
 * Opens data as what they are, or are said to be: a table whose rows are learnt from, or images or sequences. What is
 * not obvious is among their notes: that a series is read row by row, and that a kind had a table read as sequences.
 * Throws `content_rows` where rows are asked for and there are images or arrays.
 */
export async function openData(data: Address, given: OpenDataOptions = {}): Promise<OpenedData> {
  checkOptions("openData", openDataOptions, given);
  const { kind, ...options } = given;
  const decided = await contentOf(data, given);
  const rows = decided.content === "rows" && (await isOfRows(data, options));
  if (!rows) {
    const arrays = await openArrays(data, options);
    const told = decided.by === "kind" ? [note("kind_sequences", { kind: kind! })] : [];
    return { arrays: noted(arrays, told) };
  }
  const table = await openTable(data, options);
  const window = decided.by === "usual" ? windowOfSeries(table) : null;
  const told =
    window === null ? [] : [note("rows_of_series", { time: table.shape!.time!, window })];
  return { table: noted(table, told) };
}

/** Whether data that are stated to be rows are some: arrays refuse to be. */
const isOfRows = async (data: Address, options: ArraysOptions): Promise<boolean> =>
  options.content !== "rows" || (await contentHeld(data, options)) === "table";

/** A window that suits a series; null of other tables, or where it would be too short. */
const windowOfSeries = (table: Table): number | null =>
  table.shape?.kind === "series" ? windowFor(table) : null;

const noted = <Source extends Table | Arrays>(source: Source, told: readonly Note[]): Source =>
  told.length === 0 ? source : { ...source, notes: [...source.notes, ...told] };

import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EspejoError } from "../../errors.ts";
import { openFile, type SourceFile } from "../files/files.ts";
import type { Workspace } from "../files/workspace.ts";
import { isZip } from "../files/zip.ts";
import type { ArraysOptions } from "../terms/arrays.ts";
import { type Note, note } from "../terms/notes.ts";
import { isIdx, readIdx } from "./idx.ts";
import { isNpy, readNpy } from "./npy.ts";
import { readNpz } from "./npz.ts";
import { rowsOf, type StoredArray, storedTexts } from "./stored-array.ts";

export type ArrayFormat = "idx" | "npy" | "npz";

/** A file of arrays: the one that holds the rows, and the classes that belong to them. */
export interface ArrayFile {
  readonly format: ArrayFormat;
  readonly array: StoredArray;
  readonly labels: StoredArray | null;
  readonly notes: readonly Note[];
}

export type ArrayFileOptions = Pick<ArraysOptions, "array" | "labelArray" | "labels">;

/** What a file of arrays begins with; undefined for all others. */
export function arrayFormatOf({ head, name, entries }: SourceFile): ArrayFormat | undefined {
  if (isNpy(head)) return "npy";
  const holds = entries.length > 0 && entries.every((entry) => entry.endsWith(".npy"));
  if (holds || (/\.npz$/i.test(name) && isZip(head))) return "npz";
  if (/\.idx\d?$|idx\d-u?byte$/i.test(name) || (isIdx(head) && head[3]! >= 3)) return "idx";
  return undefined;
}

export async function readArrayFile(
  file: SourceFile,
  format: ArrayFormat,
  options: ArrayFileOptions,
  workspace: Workspace,
): Promise<ArrayFile> {
  const { path, shown } = file;
  if (format === "npz") {
    const { name, array, labelName, labels } = await readNpz(path, shown, options, workspace);
    const notes = [note("array_chosen", { name })];
    if (labelName !== null) notes.push(note("labels_found", { name: labelName }));
    if (options.labels === undefined) return { format, array, labels, notes };
    return { format, array, ...(await labelFile(array, options, workspace)), notes };
  }
  const array = format === "idx" ? await readIdx(path, shown) : await readNpy(path, shown);
  if (options.labels === undefined && format === "npy")
    return { format, array, labels: null, notes: [] };
  const found = await labelFile(array, options, workspace);
  const told = found.labels && options.labels === undefined;
  const notes = told ? [note("labels_found", { name: basename(found.labels!.shown) })] : [];
  return { format, array, labels: found.labels, notes };
}

/** The classes of rows as texts; null where there are none. */
export async function labelTexts({ array, labels }: ArrayFile): Promise<string[] | null> {
  if (labels === null) return null;
  const counts = { labels: rowsOf(labels), rows: rowsOf(array) };
  if (counts.labels !== counts.rows)
    throw new EspejoError("labels_count", { path: labels.shown, ...counts });
  return storedTexts(labels);
}

async function labelFile(
  array: StoredArray,
  { labels }: ArrayFileOptions,
  workspace: Workspace,
): Promise<{ labels: StoredArray | null }> {
  const path = labels ?? (await siblingOf(array.shown));
  if (path === null) return { labels: null };
  const file = await openFile(path, path, workspace);
  const read = isNpy(file.head) ? readNpy : readIdx;
  const found = await read(file.path, file.shown);
  if (found.shape.slice(1).some((size) => size !== 1)) {
    const shape = found.shape.join(", ");
    throw new EspejoError("labels_shape", { path: file.shown, shape });
  }
  // What was found by a likeness of names only must fit to be taken.
  const fits = rowsOf(found) === rowsOf(array);
  return { labels: labels === undefined && !fits && !isPair(array.shown, path) ? null : found };
}

const pairOf = (name: string): string =>
  name.replace("images", "labels").replace(/idx\d/, "idx1").replace(/\.gz$/i, "");
const isPair = (images: string, labels: string): boolean =>
  pairOf(basename(images)) === basename(labels).replace(/\.gz$/i, "");

/** The file of classes beside a file of images: by the usual pair of names, else the only one that begins alike. */
async function siblingOf(path: string): Promise<string | null> {
  const folder = dirname(path);
  const name = basename(path);
  const names = (await readdir(folder).catch(() => [])).filter(
    (other) => other !== name && /idx1(-u?byte)?(\.gz)?$/i.test(other),
  );
  const pair = names.find((other) => isPair(path, other));
  if (pair !== undefined) return join(folder, pair);
  const stem = /^[a-z]+[_-][a-z]+(?=[_-])/i.exec(name)?.[0] ?? name.split(/[_.-]/)[0]!;
  const alike = names.filter((other) => other.startsWith(stem));
  return alike.length === 1 ? join(folder, alike[0]!) : null;
}

import { open, stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { EspejoError } from "../../errors.ts";
import { checkOptions } from "../../options.ts";
import { openFile, type SourceFile } from "../files/files.ts";
import { Workspace } from "../files/workspace.ts";
import { imageFolder } from "../images/image-folder.ts";
import { type ImageSource, imageSource } from "../images/image-source.ts";
import { sequencesOfTable } from "../sequences/sequences.ts";
import { isWide, wideSequences } from "../sequences/wide-sequences.ts";
import { arrayFormatOf, readArrayFile } from "../stored/array-file.ts";
import { isIdx } from "../stored/idx.ts";
import { isNpy } from "../stored/npy.ts";
import { statedMarks } from "../stored/observed-cells.ts";
import { storedArrays } from "../stored/stored-arrays.ts";
import { readTable } from "../tables/open.ts";
import { type Address, bytesOf, pathOf } from "../terms/address.ts";
import type { Arrays, ArraysOptions } from "../terms/arrays.ts";
import { arraysOptions } from "../terms/open-options.ts";
import type { Table } from "../terms/table.ts";

/**
 * Opens images or sequences: a folder of images, an image with its pages, an IDX, .npy or .npz file, or whatever `openTable` reads,
 * whose rows are then steps of series or, in a wide table, a sequence each. What is concluded is in `notes`. Throws
 * `content_rows` where rows of a table are asked for.
 */
export async function openArrays(address: Address, options: ArraysOptions = {}): Promise<Arrays> {
  checkOptions("openArrays", arraysOptions, options);
  if (options.content === "rows") throw await contentRows(address, options);
  const bytes = bytesOf(address);
  const workspace = new Workspace(options.tempDirectory);
  try {
    if (bytes) return await arraysInBytes(bytes, options, workspace);
    const data = pathOf(address);
    const { images, file } = await lookAt(data, workspace);
    if (images) return await imageFolder(images, options);
    const stored = file && (await arraysInFile(data, file, options, workspace));
    return stored || (await tableSequences(data, data, options, workspace));
  } catch (error) {
    await workspace.dispose();
    throw error;
  }
}

/** Rows of a table were asked for where arrays are read, for a model of them or by what they are. */
async function contentRows(address: Address, options: ArraysOptions): Promise<EspejoError> {
  const content = options.like?.content ?? (await contentHeld(address, options));
  return new EspejoError("content_rows", {
    path: bytesOf(address) ? "data" : pathOf(address),
    content: content === "table" ? "sequences" : content,
  });
}

/** The arrays of an array file; null for other files, and for a matrix, which is a table unless it is said what its rows are. */
async function arraysInFile(
  data: string,
  file: SourceFile,
  options: ArraysOptions,
  workspace: Workspace,
): Promise<Arrays | null> {
  const format = arrayFormatOf(file);
  if (!format) return null;
  const read = await readArrayFile(file, format, options, workspace);
  const matrix = read.array.shape.length <= 2 && !(options.content ?? options.like?.content);
  return matrix ? null : storedArrays(data, read, options, () => workspace.dispose());
}

/** Arrays out of the bytes of a file. */
async function arraysInBytes(
  bytes: Uint8Array,
  options: ArraysOptions,
  workspace: Workspace,
): Promise<Arrays> {
  const file = await received(bytes, workspace);
  const stored = await arraysInFile("data", file, options, workspace);
  return stored ?? (await tableSequences("data", bytes, options, workspace));
}

/** What data hold, by a look at their beginning: arrays or a table; what is not there is a table that fails. */
export async function contentHeld(
  address: Address,
  options: ArraysOptions = {},
): Promise<"images" | "sequences" | "table"> {
  const workspace = new Workspace(options.tempDirectory);
  const bytes = bytesOf(address);
  try {
    const { images, file } = bytes
      ? { images: null, file: await received(bytes, workspace) }
      : await lookAt(pathOf(address), workspace);
    if (images) return "images";
    const format = file && arrayFormatOf(file);
    if (!format) return "table";
    const { array } = await readArrayFile(file, format, options, workspace);
    const { shape, type } = array;
    if (shape.length < 3) return "table";
    const grey = type.kind === "uint" && type.size === 1;
    return shape.length === 4 || format === "idx" || grey ? "images" : "sequences";
  } finally {
    await workspace.dispose();
  }
}

/** Bytes as a file. */
async function received(bytes: Uint8Array, workspace: Workspace): Promise<SourceFile> {
  const path = await workspace.receive("-bytes", Readable.from([bytes]));
  return openFile(path, "data", workspace);
}

const arrayName = /(\.np[yz]|\.idx|idx\d(-u?byte)?)(\.(gz|zst|zip))?$/i;

/** A folder of images, an image, or a file that may hold arrays. */
async function lookAt(
  data: string,
  workspace: Workspace,
): Promise<{ images: ImageSource | null; file?: SourceFile }> {
  const images = await imageSource(data);
  const isFile = (await stat(data).catch(() => null))?.isFile() ?? false;
  if (images || !isFile) return { images };
  if (!arrayName.test(data)) {
    const start = await firstBytes(data);
    if (!isNpy(start) && !(isIdx(start) && start[3]! >= 3)) return { images };
  }
  return { images, file: await openFile(data, data, workspace) };
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path).catch(() => null);
  if (!file) return new Uint8Array(0);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The table whose rows are the steps of sequences, read as that of a model was. */
export async function openSteps(address: Address, options: ArraysOptions): Promise<Table> {
  checkOptions("openSteps", arraysOptions, options);
  return readTable(address, asLearnt(options), { steps: true });
}

/** Options with what a model knows of its table: columns, how they were written, and which of them tells time. */
function asLearnt(options: ArraysOptions): ArraysOptions {
  const { like, time = like?.time ?? undefined } = options;
  const { read, columns, times } = like ?? {};
  return {
    ...options,
    ...(time !== undefined && { time }),
    ...(read ? { prior: read } : times && { priorDates: times }),
    ...(columns && { expect: columns }),
    ...statedMarks(options),
  };
}

async function tableSequences(
  data: string,
  address: Address,
  options: ArraysOptions,
  workspace: Workspace,
): Promise<Arrays> {
  if (options.content === "images" || options.like?.content === "images")
    throw new EspejoError("not_images", { path: data });
  const table = await readTable(address, asLearnt(options), { steps: true });
  try {
    const read = isWide(table, options) ? wideSequences : sequencesOfTable;
    return await read(table, options, workspace);
  } finally {
    await table.dispose();
  }
}

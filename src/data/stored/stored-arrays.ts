import { EspejoError, phrases } from "../../errors.ts";
import { type Marks, marksOf } from "../cells/marks.ts";
import { recolouredArrays } from "../pixels/image-channels.ts";
import {
  holdsBytes,
  type ImageRange,
  rangeBesideBytes,
  rangeNote,
  rangeOfValues,
  remarksOf,
  toBytes,
  watchValues,
} from "../pixels/image-range.ts";
import { resizedArrays } from "../pixels/resized-arrays.ts";
import type { ArrayBatch, Arrays, ArraysDetected, ArraysOptions } from "../terms/arrays.ts";
import { refuseIdle } from "../terms/idle-options.ts";
import { type Note, note } from "../terms/notes.ts";
import { type ArrayFile, type ArrayFormat, labelTexts } from "./array-file.ts";
import { isNumeric } from "./array-types.ts";
import { sameShape } from "./like.ts";
import { observedCells, statedMarks } from "./observed-cells.ts";
import {
  roundedRow,
  rowsOf,
  type StoredArray,
  shapeText,
  storedRows,
  widthOf,
} from "./stored-array.ts";

/** Images or sequences in an array of a file, read batch by batch where it lies. */
export async function storedArrays(
  path: string,
  file: ArrayFile,
  options: ArraysOptions,
  dispose: () => Promise<void>,
): Promise<Arrays> {
  const { array } = file;
  const notes: Note[] = [...file.notes];
  const { content, shape, channelsFirst } = arrangement(array, file.format, options, notes);
  refuseIdle(path, { arrays: content, npz: file.format === "npz" }, options);
  const missing = statedMarks(options);
  const read: ArraysDetected = {
    content,
    format: file.format,
    shape,
    fit: null,
    features: null,
    time: null,
    group: null,
    stride: null,
    ...missing,
  };
  const width = widthOf(array);
  const marks = marksOf(missing.missing ?? []);
  const images = content === "images";
  const range = images ? await rangeOfArray(array, marks, options, notes) : null;
  const cut = new Set<number>();
  const own = async function* (size: number): AsyncGenerator<Values> {
    for await (const { start, rows, values } of storedRows(array, size)) {
      observedCells(values, marks, { path, start, shape: array.shape.slice(1) });
      yield { start, rows, x: channelsFirst ? channelsLast(values, rows, shape) : values };
    }
  };
  const stored: Arrays = {
    path,
    rows: rowsOf(array),
    detected: { ...read, ...(range && { range }) },
    notes,
    names: null,
    labels: await labelTexts(file),
    starts: null,
    series: null,
    dispose,
    roundedRow: () => roundedRow(array),
    remarks: () => remarksOf(cut.size, range),
    async *batches({ size = rowsAtOnce(width) } = {}): AsyncGenerator<ArrayBatch> {
      for await (const batch of own(size)) {
        if (!images) {
          yield batch;
          continue;
        }
        const x = new Float32Array(batch.x.length);
        if (!range) x.set(batch.x);
        else
          for (let i = 0; i < batch.rows; i++) {
            const row = batch.x.subarray(i * width, (i + 1) * width);
            if (toBytes(row, range, x, i * width)) cut.add(batch.start + i);
          }
        yield { ...batch, x };
      }
    },
    ...(range && { ownBatches: ({ size = rowsAtOnce(width) } = {}) => own(size) }),
  };
  const arrays = resizedArrays(recolouredArrays(stored, options.channels), options);
  sameShape(path, arrays.detected, options.like);
  return arrays;
}

/** Rows with their values as the file has them. */
interface Values extends ArrayBatch {
  readonly x: Float64Array;
}

/** Rows in a batch unless a reader says how many: some megabytes. */
export const rowsAtOnce = (width: number): number =>
  Math.max(1, Math.min(1024, Math.floor((1 << 21) / width)));

interface Arrangement {
  readonly content: ArraysDetected["content"];
  readonly shape: readonly number[];
  readonly channelsFirst: boolean;
}

function arrangement(
  { shape, type, shown }: StoredArray,
  format: ArrayFormat,
  options: ArraysOptions,
  notes: Note[],
): Arrangement {
  // rows of a table are refused before
  const stated =
    options.content === "rows" ? undefined : (options.content ?? options.like?.content);
  const [, a = 0, b = 0, c = 0] = shape;
  if (shape.length === 4 && stated !== "sequences" && isNumeric(type)) {
    if (c <= 4) return { content: "images", shape: [a, b, c], channelsFirst: false };
    if (a === 1 || a === 3) {
      notes.push(note("channels_first", { shape: shapeText(shape) }));
      return { content: "images", shape: [b, c, a], channelsFirst: true };
    }
  }
  if (shape.length === 3 && isNumeric(type)) {
    const bytes = type.kind === "uint" && type.size === 1;
    const content = stated ?? (format === "idx" || bytes ? "images" : "sequences");
    if (stated === undefined && format !== "idx")
      notes.push(note(`guessed_${content}`, { shape: shapeText(shape) }));
    const sizes = content === "images" ? [a, b, 1] : [a, b];
    return { content, shape: sizes, channelsFirst: false };
  }
  if (shape.length === 2 && stated === "sequences" && isNumeric(type))
    return { content: "sequences", shape: [a, 1], channelsFirst: false };
  const expected = phrases.array_shapes;
  throw new EspejoError("array_shape", { path: shown, shape: shapeText(shape), expected });
}

/** What values of images become 0 and 255; null: they are bytes, or taken as such. */
async function rangeOfArray(
  array: StoredArray,
  marks: Marks,
  { range: stated, like }: Pick<ArraysOptions, "range" | "like">,
  notes: Note[],
): Promise<ImageRange | null> {
  const { type } = array;
  const bytes = type.kind === "uint" && type.size === 1;
  const count = rowsOf(array);
  if (stated || like?.range) {
    const range = stated
      ? { low: stated[0], high: stated[1], whole: type.kind !== "float" }
      : like!.range!;
    if (bytes && !holdsBytes(range)) return null;
    const said = rangeNote(null, range, count);
    if (said) notes.push(said);
    return range;
  }
  if (bytes && like) return null;
  const values = watchValues();
  for await (const { start, values: cells } of storedRows(array, rowsAtOnce(widthOf(array)))) {
    observedCells(cells, marks, { path: array.shown, start, shape: array.shape.slice(1) });
    values.add(cells);
    // bytes are looked at as long as they may be a mask
    if (bytes && values.seen().most > 1) return null;
  }
  const seen = values.seen();
  const fractions = type.kind === "float" || type.kind === "bool";
  const known = fractions ? "float" : type.kind === "uint" && type.size === 2 ? "sixteen" : "whole";
  const range = like ? rangeBesideBytes(seen, known) : rangeOfValues(seen);
  const said = rangeNote(seen, range, count);
  if (said) notes.push(said);
  return bytes && range?.high === 255 ? null : range;
}

/** [rows, channels, height, width] to [rows, height, width, channels]. */
function channelsLast(
  x: Float64Array,
  rows: number,
  [height = 0, width = 0, channels = 0]: readonly number[],
): Float64Array {
  const moved = new Float64Array(x.length);
  const pixels = height * width;
  for (let i = 0; i < rows; i++)
    for (let c = 0; c < channels; c++)
      for (let p = 0; p < pixels; p++)
        moved[(i * pixels + p) * channels + c] = x[(i * channels + c) * pixels + p]!;
  return moved;
}

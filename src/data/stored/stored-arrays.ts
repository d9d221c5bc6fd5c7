import { EspejoError, phrases } from "../../errors.ts";
import { marksOf } from "../cells/marks.ts";
import { recolouredArrays } from "../pixels/image-channels.ts";
import { resizedArrays } from "../pixels/resized-arrays.ts";
import type { ArrayBatch, Arrays, ArraysDetected, ArraysOptions } from "../terms/arrays.ts";
import { type Note, note } from "../terms/notes.ts";
import { type ArrayFile, type ArrayFormat, labelTexts } from "./array-file.ts";
import { isNumeric } from "./array-types.ts";
import { sameShape } from "./like.ts";
import { observedCells, statedMarks } from "./observed-cells.ts";
import { rowsOf, type StoredArray, shapeText, storedRows, widthOf } from "./stored-array.ts";

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
  const detected: ArraysDetected = {
    content,
    format: file.format,
    shape,
    fit: null,
    features: null,
    time: null,
    group: null,
    stride: null,
    ...statedMarks(options),
  };
  const factor = content === "images" ? await brightness(array, notes) : 1;
  const width = widthOf(array);
  const marks = marksOf(detected.missing ?? []);
  const stored: Arrays = {
    path,
    rows: rowsOf(array),
    detected,
    notes,
    names: null,
    labels: await labelTexts(file),
    starts: null,
    series: null,
    dispose,
    async *batches({ size = rowsAtOnce(width) } = {}): AsyncGenerator<ArrayBatch> {
      for await (const { start, rows, values } of storedRows(array, size)) {
        observedCells(values, marks, { path, start, shape: array.shape.slice(1) });
        if (content === "sequences") {
          yield { start, rows, x: values };
          continue;
        }
        const x = Float32Array.from(values);
        if (factor !== 1) for (let i = 0; i < x.length; i++) x[i] = values[i]! * factor;
        yield { start, rows, x: channelsFirst ? channelsLast(x, rows, shape) : x };
      }
    },
  };
  const arrays = resizedArrays(recolouredArrays(stored, options.channels), options);
  sameShape(path, arrays.detected, options.like);
  return arrays;
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
  const stated = options.content ?? options.like?.content;
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

const looked = 512;

/** What values are to be multiplied with to lie in 0..255: floating-point images often lie in 0..1. */
async function brightness(array: StoredArray, notes: Note[]): Promise<number> {
  const { type } = array;
  if (type.kind === "uint" && type.size === 1) return 1;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for await (const { values } of storedRows(array, Math.min(looked, rowsAtOnce(widthOf(array))))) {
    for (const value of values) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
    break;
  }
  if (least >= 0 && most <= 1 && (type.kind === "float" || type.kind === "bool")) {
    notes.push(note("images_unit"));
    return 255;
  }
  if (least < 0 || most > 255) notes.push(note("images_range", { least, most }));
  return 1;
}

/** [rows, channels, height, width] to [rows, height, width, channels]. */
function channelsLast(
  x: Float32Array,
  rows: number,
  [height = 0, width = 0, channels = 0]: readonly number[],
): Float32Array {
  const moved = new Float32Array(x.length);
  const pixels = height * width;
  for (let i = 0; i < rows; i++)
    for (let c = 0; c < channels; c++)
      for (let p = 0; p < pixels; p++)
        moved[(i * pixels + p) * channels + c] = x[(i * channels + c) * pixels + p]!;
  return moved;
}

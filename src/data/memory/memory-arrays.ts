import { mistake } from "../../errors.ts";
import { checkOptions, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import { marksOf } from "../cells/marks.ts";
import { type ImageRange, toBytes, watchValues } from "../pixels/image-range.ts";
import { observedCells, statedMarks } from "../stored/observed-cells.ts";
import { rowsAtOnce } from "../stored/stored-arrays.ts";
import type { ArrayBatch, Arrays, ArraysDetected } from "../terms/arrays.ts";
import { type Note, note } from "../terms/notes.ts";
import { arraysShape } from "../terms/open-options.ts";

/** Arrays in memory, row-major: images [rows, height, width, channels] in 0..255, or sequences [rows, time, features]. */
export interface MemoryArrays {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly labels?: readonly (string | number | boolean)[];
  /** Of images: the values that become 0 and 255, where they are others. */
  readonly range?: readonly [low: number, high: number];
  /** What stands for a missing cell beside NaN: numbers, or "inf". */
  readonly missing?: readonly string[];
}

const memoryArrays: z.ZodMiniObject = z.object({
  data: optionParts.numbers,
  shape: optionParts.shape,
  labels: z.exactOptional(z.array(z.union([z.string(), z.number(), z.boolean()]))),
  range: arraysShape.range,
  missing: z.exactOptional(z.array(z.string())),
});

/**
 * Three sizes are sequences, four are images. The array is used as it is, not copied. Throws `cell_infinite` when it is read,
 * where a cell is so and "inf" is not stated to be missing.
 */
export function arraysFromData(arrays: MemoryArrays): Arrays {
  checkOptions("arraysFromData", memoryArrays, arrays);
  const { data, shape, labels, range: stated, missing = [] } = arrays;
  const [rows = 0, ...sizes] = shape;
  const width = sizes.reduce((a, b) => a * b, 1);
  if (sizes.length < 2 || sizes.length > 3 || rows < 1 || width < 1)
    throw mistake(
      `arraysFromData: a shape such as [rows, time, features] or [rows, height, width, channels] is expected, got [${shape.join(", ")}]`,
    );
  if (data.length !== rows * width)
    throw mistake(
      `arraysFromData: [${shape.join(", ")}] are ${rows * width} values, got ${data.length}`,
    );
  if (labels && labels.length !== rows)
    throw mistake(`arraysFromData: ${rows} labels are expected, got ${labels.length}`);
  const images = sizes.length === 3;
  const detected: ArraysDetected = {
    content: images ? "images" : "sequences",
    format: "memory",
    shape: sizes,
    fit: null,
    features: null,
    time: null,
    group: null,
    stride: null,
    ...(images && stated && { range: rangeOf(stated, data) }),
    ...statedMarks({ missing }),
  };
  const { range } = detected;
  const path = "arrays";
  const marks = marksOf(missing);
  return {
    path,
    rows,
    detected,
    notes: images && !range ? unusual(data) : [],
    names: null,
    labels: labels?.map(String) ?? null,
    starts: null,
    series: null,
    dispose: async () => {},
    async *batches({ size = rowsAtOnce(width) } = {}): AsyncGenerator<ArrayBatch> {
      for (let start = 0; start < rows; start += size) {
        const count = Math.min(size, rows - start);
        const cells = count * width;
        const x = images ? new Float32Array(cells) : new Float64Array(cells);
        for (let i = 0; i < x.length; i++) x[i] = data[start * width + i]!;
        observedCells(x, marks, { path, start, shape: sizes });
        if (range && x instanceof Float32Array) toBytes(x, range, x);
        yield { start, rows: count, x };
      }
    },
  };
}

const rangeOf = ([low, high]: readonly [number, number], data: ArrayLike<number>): ImageRange => {
  const fractions = [Array, Float32Array, Float64Array].some((type) => data instanceof type);
  return { low, high, whole: !fractions && [low, high].every(Number.isInteger) };
};

/** A note where values are no bytes: the array is used as it is, and would be dark, or too bright. */
function unusual(data: ArrayLike<number>): readonly Note[] {
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return [];
  const values = watchValues();
  values.add(data);
  const { least, most, whole } = values.seen();
  const odd = least < 0 || most > 255 || (most <= 1 && !whole);
  return odd && Number.isFinite(most - least) ? [note("images_outside", { least, most })] : [];
}

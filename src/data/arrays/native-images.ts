import { EspejoError, phrases } from "../../errors.ts";
import { checkOptions } from "../../options.ts";
import { marksOf } from "../cells/marks.ts";
import { decodeImages } from "../images/decode-images.ts";
import { type ImageSource, imageSource, readableImages } from "../images/image-source.ts";
import { rangeOfImages } from "../images/range-of-images.ts";
import { statedMarks } from "../stored/observed-cells.ts";
import type { ArraysDetected, ArraysOptions } from "../terms/arrays.ts";
import { idleOption, refuseIdle } from "../terms/idle-options.ts";
import type { Note } from "../terms/notes.ts";
import { arraysOptions } from "../terms/open-options.ts";
import { openArrays } from "./open-arrays.ts";

/** An image in its own size, [height, width, channels] in 0..255. */
export interface NativeImage {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly x: Float32Array;
}

/** Images that are not brought to one size. */
export interface NativeImages {
  readonly path: string;
  readonly rows: number;
  /** The files of a folder; null where images lie in one array. */
  readonly names: readonly string[] | null;
  /** Sizes of every image, where they lie in one array; null for a folder. */
  readonly shape: readonly number[] | null;
  /** Of images whose values are no bytes. */
  readonly range: NonNullable<ArraysDetected["range"]> | null;
  readonly labels: readonly string[] | null;
  readonly notes: readonly Note[];
  /** The images in their order, or, of a folder, those with these numbers in this order. */
  images(rows?: readonly number[]): AsyncGenerator<NativeImage>;
  dispose(): Promise<void>;
}

/**
 * Opens a folder of images, or an array of them, each in the size that it has, and in its own channels unless
 * others are stated. Throws as `openArrays` does, and `image_broken` for a file that cannot be read, unless those are
 * skipped.
 */
export async function openNativeImages(
  data: string,
  options: ArraysOptions = {},
): Promise<NativeImages> {
  checkOptions("openNativeImages", arraysOptions, options);
  if (options.content === "rows")
    throw new EspejoError("content_rows", { path: data, content: "images" });
  const source = await imageSource(data);
  return source ? folderImages(source, options) : arrayImages(data, options);
}

async function folderImages(source: ImageSource, options: ArraysOptions): Promise<NativeImages> {
  const { path, folder } = source;
  const notes: Note[] = [];
  refuseIdle(path, { arrays: "folder" }, options);
  const idle = (["size", "fit", "label", "labels"] as const).find((name) => options[name]);
  if (idle) throw idleOption(path, phrases.images, idle);
  const found = await readableImages(source, options, notes);
  const marks = marksOf(statedMarks(options).missing ?? []);
  const range = await rangeOfImages(folder, found, marks, options, notes);
  return {
    ...{ path, range, notes, shape: null, labels: null },
    rows: found.length,
    names: found.map(({ name }) => name),
    async *images(rows) {
      for (const row of rows ?? found.keys()) {
        const image = found[row]!;
        const { name, height, width, grey } = image;
        const channels = options.channels ?? (grey ? 1 : 3);
        const form = { height, width, channels, fit: "fill", range, marks } as const;
        const { x } = await decodeImages(folder, [image], form, row);
        yield { name, height, width, channels, x };
      }
    },
    dispose: async () => {},
  };
}

async function arrayImages(data: string, options: ArraysOptions): Promise<NativeImages> {
  const arrays = await openArrays(data, { ...options, content: "images" });
  const { rows, labels, notes, detected } = arrays;
  const [height, width, channels] = detected.shape as [number, number, 1 | 3];
  const cells = height * width * channels;
  return {
    ...{ path: data, rows, names: null, labels, notes, shape: detected.shape },
    range: detected.range ?? null,
    async *images() {
      for await (const { start, rows, x } of arrays.batches())
        for (let i = 0; i < rows; i++) {
          const name = String(start + i + 1);
          const own = Float32Array.from(x.subarray(i * cells, (i + 1) * cells));
          yield { name, height, width, channels, x: own };
        }
    },
    dispose: () => arrays.dispose(),
  };
}

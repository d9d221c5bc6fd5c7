import { stat } from "node:fs/promises";
import { EspejoError } from "../../errors.ts";
import { decodeImages, type ImageFile, lookAtImages } from "../images/image-files.ts";
import { listImages } from "../images/image-list.ts";
import type { ArraysOptions } from "../terms/arrays.ts";
import { type Note, note } from "../terms/notes.ts";
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
  const folder = (await stat(data).catch(() => null))?.isDirectory() ?? false;
  if (!folder) return arrayImages(data, options);
  const looked = await lookAtImages(data, await listImages(data), options.skipBroken ?? false);
  const found = looked.filter((image): image is ImageFile => !("error" in image));
  const broken = looked.find((image) => "error" in image);
  if (broken && "error" in broken && !options.skipBroken) throw broken.error;
  if (found.length === 0) throw new EspejoError("folder_no_images", { path: data });
  const alpha = found.filter((image) => image.alpha).length;
  return {
    path: data,
    rows: found.length,
    names: found.map(({ name }) => name),
    shape: null,
    labels: null,
    notes: alpha > 0 ? [note("images_alpha", { count: alpha })] : [],
    async *images(rows) {
      for (const { name, height, width, grey } of rows?.map((row) => found[row]!) ?? found) {
        const channels = options.channels ?? (grey ? 1 : 3);
        const x = await decodeImages(data, [name], { height, width, channels, fit: "fill" });
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
    async *images() {
      for await (const { start, rows, x } of arrays.batches())
        for (let i = 0; i < rows; i++) {
          const name = String(start + i + 1);
          yield {
            name,
            height,
            width,
            channels,
            x: Float32Array.from(x.subarray(i * cells, (i + 1) * cells)),
          };
        }
    },
    dispose: () => arrays.dispose(),
  };
}

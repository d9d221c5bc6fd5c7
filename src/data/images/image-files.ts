import { join } from "node:path";
import type { Sharp } from "sharp";
import { EspejoError } from "../../errors.ts";
import { inParallel } from "../files/parallel.ts";
import { loadSharp } from "../native/native-parts.ts";
import type { ImageFit } from "../terms/arrays.ts";

/** What the head of an image file tells. */
export interface ImageFile {
  readonly name: string;
  /** As it is to be seen: turned the way its camera was held. */
  readonly height: number;
  readonly width: number;
  readonly grey: boolean;
  readonly alpha: boolean;
}

/** A file that cannot be read as an image. */
export interface BrokenImage {
  readonly name: string;
  readonly error: EspejoError;
}

/** How images become arrays. */
export interface ImageForm {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly fit: ImageFit;
}

const formats = ["png", "jpeg", "webp", "tiff", "gif"];

async function openImage(path: string): Promise<Sharp> {
  const sharp = await loadSharp();
  return sharp(path, { failOn: "warning" });
}

/** Looks at the heads of images; `whole` decodes them too, which is the only way to find all broken ones. */
export async function lookAtImages(
  folder: string,
  names: readonly string[],
  whole: boolean,
): Promise<(ImageFile | BrokenImage)[]> {
  // not to be blamed on the images where it is missing
  await loadSharp();
  return inParallel(names, async (name) => {
    const path = join(folder, name);
    try {
      const image = await openImage(path);
      const { format, autoOrient, space, hasAlpha } = await image.metadata();
      if (!formats.includes(format))
        throw new Error(`${format} is not one of ${formats.join(", ")}`);
      if (whole) await (await openImage(path)).stats();
      const grey = space === "b-w" || space === "grey16";
      const { height, width } = autoOrient;
      return { name, height, width, grey, alpha: hasAlpha ?? false };
    } catch (error) {
      return { name, error: broken(path, error) };
    }
  });
}

/** Decodes images to [rows, height, width, channels] in 0..255; what is see-through becomes white. */
export async function decodeImages(
  folder: string,
  names: readonly string[],
  { height, width, channels, fit }: ImageForm,
): Promise<Float32Array> {
  const size = height * width * channels;
  const x = new Float32Array(names.length * size);
  const places = names.map((_, i) => i);
  await inParallel(places, async (i) => {
    const path = join(folder, names[i]!);
    try {
      const image = (await openImage(path))
        .autoOrient()
        .flatten({ background: "#ffffff" })
        .resize({ width, height, fit, background: "#000000" });
      const coloured = channels === 1 ? image.greyscale() : image.toColourspace("srgb");
      const { data, info } = await coloured
        .raw({ depth: "uchar" })
        .toBuffer({ resolveWithObject: true });
      if (info.channels === channels) x.set(data, i * size);
      else {
        // Grey files stay grey whatever is asked for; the first channel is the grey.
        for (let p = 0; p < height * width; p++)
          for (let c = 0; c < channels; c++)
            x[i * size + p * channels + c] =
              data[p * info.channels + Math.min(c, info.channels - 1)]!;
      }
    } catch (error) {
      throw broken(path, error);
    }
  });
  return x;
}

function broken(path: string, error: unknown): EspejoError {
  if (error instanceof EspejoError) return error;
  const reason = (error as Error).message.split("\n")[0]!.replaceAll(path, "").slice(0, 120);
  return new EspejoError("image_broken", { path, reason }, { cause: error });
}

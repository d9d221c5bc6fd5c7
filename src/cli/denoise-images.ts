import type { NativeImages } from "../data/arrays/native-images.ts";
import { cleanOrder } from "../data/images/image-pairs.ts";
import { inOwnUnits, pictureType } from "../data/pixels/image-range.ts";
import { arrayOutputFormat, writeArrays } from "../data/write/write-arrays.ts";
import { pictureFiles, writeImage } from "../data/write/write-images.ts";
import { EspejoError } from "../errors.ts";
import { denoiseImages } from "../tasks/denoise/images.ts";
import { type ImageQuality, imageQuality } from "../tasks/denoise/quality.ts";
import type { ArrayModel } from "../tasks/model/array-model.ts";
import type { Context } from "./context.ts";

interface Job {
  readonly model: ArrayModel;
  readonly images: NativeImages;
  /** What the images should be, in the same sizes; by the same names where both are folders, else in the same order. */
  readonly clean: NativeImages | null;
}

/** Writes images cleaned, each in its own size, into a folder or, where they came from an array, into one. */
export async function denoiseImagesTo(
  output: string,
  { model, images, clean }: Job,
  context: Context,
): Promise<void> {
  const { path, rows, shape, labels, range } = images;
  const type = pictureType(range);
  const order = clean && cleanOrder(images, clean);
  const format = arrayOutputFormat(output);
  if (format && shape === null) throw new EspejoError("images_folder", { path, output });
  if (!format && /\.\w+$/.test(output)) throw new EspejoError("images_output", { output });
  const quality = clean && imageQuality(clean, order, model.shape[2] === 1 ? 1 : 3);
  let others = 0;
  async function* cleaned() {
    for await (const { image, cleaned: x } of denoiseImages(model, images.images())) {
      if (image.height !== model.shape[0] || image.width !== model.shape[1]) others++;
      await quality?.add(image, x);
      yield { image, x };
    }
  }
  try {
    if (format && shape !== null) {
      async function* batches() {
        for await (const { x } of cleaned()) yield { rows: 1, x: inOwnUnits(x, range) };
      }
      await writeArrays(output, format, { rows, shape, type, labels, batches: batches() });
    } else {
      const files = pictureFiles({ ...images, type });
      let row = 0;
      for await (const { image, x } of cleaned()) {
        const size = [image.height, image.width, image.channels];
        await writeImage(output, files[row++]!, inOwnUnits(x, range), size, type);
      }
    }
  } finally {
    await quality?.close();
  }
  const found = quality?.result();
  if (context.json)
    return context.answer({ output, count: rows, tiled: others, ...(found && { quality: found }) });
  context.say(context.text("denoise.images", { rows: context.count(rows), path: output }));
  const size = model.shape.slice(0, 2).join(" x ");
  if (others > 0) context.say(context.text("denoise.tiled", { n: context.count(others), size }));
  if (found) context.out(qualityLine(found, context));
}

function qualityLine({ psnr, ssim }: ImageQuality, { text }: Context): string {
  const decibels = (value: number): string => value.toFixed(2);
  const share = (value: number | null): string => (value === null ? "-" : value.toFixed(4));
  return text("denoise.psnr", {
    before: decibels(psnr.before),
    after: decibels(psnr.after),
    ssimBefore: share(ssim?.before ?? null),
    ssimAfter: share(ssim?.after ?? null),
  });
}

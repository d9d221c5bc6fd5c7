import type { NativeImage, NativeImages } from "../data/native-images.ts";
import { arrayOutputFormat, writeArrays } from "../data/write-arrays.ts";
import { writeImages } from "../data/write-images.ts";
import { EspejoError } from "../errors.ts";
import type { ArrayModel } from "../tasks/array-model.ts";
import { denoiseImages } from "../tasks/denoise/images.ts";
import { type ImageQuality, imageQuality } from "../tasks/denoise/quality.ts";
import type { Context } from "./context.ts";

interface Job {
  readonly model: ArrayModel;
  readonly images: NativeImages;
  /** What the images should be, in the same order and sizes. */
  readonly clean: NativeImages | null;
}

/** Writes images cleaned, each in its own size, into a folder or, where they came from an array, into one. */
export async function denoiseImagesTo(
  output: string,
  { model, images, clean }: Job,
  context: Context,
): Promise<void> {
  const { path, rows, shape, labels } = images;
  if (clean && clean.rows !== rows)
    throw new EspejoError("clean_rows", { path: clean.path, rows: clean.rows, noisy: rows });
  const format = arrayOutputFormat(output);
  if (format && shape === null) throw new EspejoError("images_folder", { path, output });
  if (!format && /\.\w+$/.test(output)) throw new EspejoError("images_output", { output });
  const quality = clean && imageQuality(clean);
  let others = 0;
  async function* cleaned() {
    for await (const { image, cleaned: x } of denoiseImages(model, images.images())) {
      if (image.height !== model.shape[0] || image.width !== model.shape[1]) others++;
      await quality?.add(image, x);
      yield { image, x };
    }
  }
  if (format && shape !== null) {
    async function* batches() {
      for await (const { x } of cleaned()) yield { rows: 1, x };
    }
    await writeArrays(output, format, { rows, shape, bytes: true, labels, batches: batches() });
  } else await writeEach(output, cleaned());
  const found = quality?.result();
  if (context.json)
    return context.answer({ output, count: rows, tiled: others, ...(found && { quality: found }) });
  context.say(context.text("denoise.images", { rows: context.count(rows), path: output }));
  const size = model.shape.slice(0, 2).join(" x ");
  if (others > 0) context.say(context.text("denoise.tiled", { n: context.count(others), size }));
  if (found) context.out(qualityLine(found, context));
}

async function writeEach(
  folder: string,
  cleaned: AsyncIterable<{ readonly image: NativeImage; readonly x: Float32Array }>,
): Promise<void> {
  for await (const { image, x } of cleaned) {
    async function* one() {
      yield { names: [image.name], rows: 1, x };
    }
    await writeImages(folder, one(), [image.height, image.width, image.channels]);
  }
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

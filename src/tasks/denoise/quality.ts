import type { NativeImage, NativeImages } from "../../data/arrays/native-images.ts";
import { inChannels } from "../../data/pixels/image-channels.ts";
import { EspejoError } from "../../errors.ts";
import { psnr } from "../../metrics/reconstruction.ts";
import { ssim } from "../../metrics/ssim.ts";

interface BeforeAndAfter {
  readonly before: number;
  readonly after: number;
}

/** How near images are to clean ones, before and after: means over images; peak 255. */
export interface ImageQuality {
  readonly psnr: BeforeAndAfter;
  /** null where no image is large enough for its windows of 11 x 11. */
  readonly ssim: BeforeAndAfter | null;
}

/**
 * Compares images with their clean ones, one after the other; `order` tells which clean one belongs to each, null that
 * they have the same order. Where one is grey and the other is not, both are compared in the stated channels. `add`
 * throws `clean_shape` where sizes differ.
 */
export function imageQuality(
  clean: NativeImages,
  order: readonly number[] | null,
  channels: 1 | 3,
): {
  add(image: NativeImage, cleaned: Float32Array): Promise<void>;
  result(): ImageQuality;
  /** Ends the reading of the clean images. */
  close(): Promise<void>;
} {
  const goals = clean.images(order ?? undefined);
  const sums = { psnr: { before: 0, after: 0 }, ssim: { before: 0, after: 0 } };
  let [count, compared] = [0, 0];
  const peak = { peak: 255 };
  return {
    async add(image, cleaned) {
      const { value: goal } = (await goals.next()) as { value: NativeImage };
      const size = [image.height, image.width];
      const wanted = [goal.height, goal.width];
      if (String(size) !== String(wanted)) {
        const path = `${clean.path}, ${goal.name}`;
        throw new EspejoError("clean_shape", {
          path,
          shape: wanted.join(" x "),
          wanted: size.join(" x "),
        });
      }
      const same = image.channels === goal.channels ? image.channels : channels;
      const shape = [...size, same];
      const [truth, before, after] = await Promise.all([
        inChannels(goal.x, [...size, goal.channels], same),
        inChannels(image.x, [...size, image.channels], same),
        inChannels(cleaned, [...size, image.channels], same),
      ]);
      count++;
      sums.psnr.before += psnr(truth, before, peak);
      sums.psnr.after += psnr(truth, after, peak);
      if (Math.min(image.height, image.width) < 11) return;
      compared++;
      sums.ssim.before += ssim(truth, before, shape, peak);
      sums.ssim.after += ssim(truth, after, shape, peak);
    },
    result: () => ({
      psnr: { before: sums.psnr.before / count, after: sums.psnr.after / count },
      ssim:
        compared > 0
          ? { before: sums.ssim.before / compared, after: sums.ssim.after / compared }
          : null,
    }),
    async close() {
      await goals.return?.(undefined);
    },
  };
}

import type { NativeImage, NativeImages } from "../../data/native-images.ts";
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

/** Compares images with their clean ones, one after the other. `add` throws `arrays_shape` where sizes differ. */
export function imageQuality(clean: NativeImages): {
  add(image: NativeImage, cleaned: Float32Array): Promise<void>;
  result(): ImageQuality;
} {
  const goals = clean.images();
  const sums = { psnr: { before: 0, after: 0 }, ssim: { before: 0, after: 0 } };
  let [count, compared] = [0, 0];
  const peak = { peak: 255 };
  return {
    async add(image, cleaned) {
      const { value: goal } = (await goals.next()) as { value: NativeImage };
      const shape = [image.height, image.width, image.channels];
      const wanted = [goal.height, goal.width, goal.channels];
      if (String(shape) !== String(wanted)) {
        const path = `${clean.path}, ${goal.name}`;
        throw new EspejoError("clean_shape", {
          path,
          shape: wanted.join(" x "),
          wanted: shape.join(" x "),
        });
      }
      count++;
      sums.psnr.before += psnr(goal.x, image.x, peak);
      sums.psnr.after += psnr(goal.x, cleaned, peak);
      if (Math.min(image.height, image.width) < 11) return;
      compared++;
      sums.ssim.before += ssim(goal.x, image.x, shape, peak);
      sums.ssim.after += ssim(goal.x, cleaned, shape, peak);
    },
    result: () => ({
      psnr: { before: sums.psnr.before / count, after: sums.psnr.after / count },
      ssim:
        compared > 0
          ? { before: sums.ssim.before / compared, after: sums.ssim.after / compared }
          : null,
    }),
  };
}

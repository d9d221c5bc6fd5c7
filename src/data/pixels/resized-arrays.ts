import { inParallel } from "../files/parallel.ts";
import { loadSharp } from "../native/native-parts.ts";
import type { Arrays, ArraysOptions } from "../terms/arrays.ts";
import { note } from "../terms/notes.ts";
import { resizedPixels } from "./resized-pixels.ts";

/**
 * Images of an array in the size that is stated, or that a model learnt from: each is brought to it as it is
 * read. Others come as they are.
 */
export function resizedArrays(
  arrays: Arrays,
  { size, fit, like }: Pick<ArraysOptions, "size" | "fit" | "like">,
): Arrays {
  const { content, shape, range } = arrays.detected;
  if (content !== "images") return arrays;
  const [oldHeight, oldWidth, channels] = shape as [number, number, 1 | 3];
  const [height, width] = size ?? (like?.shape as [number, number] | undefined) ?? shape;
  if (height === oldHeight && width === oldWidth) return arrays;
  const way = fit ?? like?.fit ?? "cover";
  const shown = { count: arrays.rows, size: `${height}x${width}`, fit: way };
  const { ownBatches: _, ...others } = arrays;
  return {
    ...others,
    detected: { ...arrays.detected, shape: [height!, width!, channels], fit: way },
    notes: [...arrays.notes, note("images_fitted", shown)],
    async *batches(options) {
      const sharp = await loadSharp();
      const cells = oldHeight * oldWidth * channels;
      for await (const { start, rows, x } of arrays.batches(options)) {
        const places = Array.from({ length: rows }, (_, i) => i);
        const images = await inParallel(places, async (i) => {
          const own = x.subarray(i * cells, (i + 1) * cells);
          if (range) {
            const old = [oldHeight, oldWidth, channels] as const;
            return resizedPixels(own, old, { height: height!, width: width!, fit: way });
          }
          const pixels = Uint8Array.from(own, byte);
          return sharp(pixels, { raw: { height: oldHeight, width: oldWidth, channels } })
            .resize({ height: height!, width: width!, fit: way, background: "#000000" })
            .toColourspace(channels === 1 ? "b-w" : "srgb")
            .raw()
            .toBuffer();
        });
        const all = new Float32Array(rows * height! * width! * channels);
        images.forEach((image, i) => {
          all.set(image, i * image.length);
        });
        yield { start, rows, x: all };
      }
    },
  };
}

const byte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));

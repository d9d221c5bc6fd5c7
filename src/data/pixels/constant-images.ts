import type { Arrays, Cells } from "../terms/arrays.ts";
import { type Note, note } from "../terms/notes.ts";

/** Notices images [height, width, channels] of which every pixel has the same colour: empty frames, covered lenses. */
export function watchConstants({ names, detected }: Pick<Arrays, "names" | "detected">) {
  const { content, shape } = detected;
  const channels = shape.at(-1)!;
  const width = shape.reduce((n, size) => n * size, 1);
  const images = content === "images" && width > channels;
  let [count, first] = [0, -1];
  return {
    /** The next rows, in any order. */
    add({ x, start, rows }: { readonly x: Cells; readonly start: number; readonly rows: number }) {
      for (let i = 0; i < rows && images; i++) {
        const from = i * width;
        let k = channels;
        while (k < width && x[from + k] === x[from + (k % channels)]) k++;
        if (k === width && count++ === 0) first = start + i;
      }
    },
    notes(): Note[] {
      if (count === 0) return [];
      return [note("images_constant", { count, name: names?.[first] ?? String(first + 1) })];
    },
  };
}

/** Images that are looked at, of folders of more. */
const looked = 2000;

/** Looks at the pixels of images, in large folders at those of some, evenly spread; other rows say nothing. */
export async function constantImages(arrays: Arrays): Promise<readonly Note[]> {
  if (arrays.detected.content !== "images") return [];
  const step = Math.ceil(arrays.rows / looked);
  const some =
    step > 1 && arrays.take
      ? arrays.take(
          Array.from({ length: Math.floor((arrays.rows - 1) / step) + 1 }, (_, i) => i * step),
        )
      : arrays;
  const constants = watchConstants(some);
  for await (const batch of some.batches()) constants.add(batch);
  return constants.notes();
}

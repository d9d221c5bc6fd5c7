import { EspejoError } from "../../errors.ts";
import { sameShape } from "../stored/like.ts";
import { rowsAtOnce } from "../stored/stored-arrays.ts";
import type { ArrayBatch, Arrays, ArraysDetected, ArraysOptions } from "../terms/arrays.ts";
import { type Note, note } from "../terms/notes.ts";
import {
  type BrokenImage,
  decodeImages,
  type ImageFile,
  type ImageForm,
  lookAtImages,
} from "./image-files.ts";
import { imageLabels } from "./image-labels.ts";
import { listImages } from "./image-list.ts";

/** The images of a folder, brought to one size and decoded batch by batch as they are read. */
export async function imageFolder(folder: string, options: ArraysOptions): Promise<Arrays> {
  const { skipBroken = false, like } = options;
  const found = await listImages(folder);
  if (found.length === 0) throw new EspejoError("folder_no_images", { path: folder });
  const notes: Note[] = [];
  const images = whole(folder, await lookAtImages(folder, found, skipBroken), skipBroken, notes);
  const { form, fitted } = formOf(folder, images, options, notes);
  const names = images.map(({ name }) => name);
  const detected: ArraysDetected = {
    content: "images",
    format: "folder",
    shape: [form.height, form.width, form.channels],
    fit: fitted ? form.fit : (like?.fit ?? null),
    features: null,
    time: null,
    group: null,
    stride: null,
  };
  sameShape(folder, detected, like);
  const arraysOf = (names: readonly string[], labels: readonly string[] | null): Arrays => ({
    path: folder,
    rows: names.length,
    detected,
    notes,
    names,
    labels,
    take: (rows) => {
      const own = (all: readonly string[]): string[] => rows.map((row) => all[row]!);
      return arraysOf(own(names), labels && own(labels));
    },
    starts: null,
    series: null,
    dispose: async () => {},
    async *batches({ size = rowsAtOnce(form.height * form.width * form.channels) } = {}) {
      const read = async (start: number): Promise<ArrayBatch> => {
        const part = names.slice(start, start + size);
        return { start, rows: part.length, x: await decodeImages(folder, part, form) };
      };
      let next = read(0);
      next.catch(() => null);
      try {
        for (let start = 0; start < names.length; start += size) {
          const batch = await next;
          // The next images are decoded while these are used.
          if (start + size < names.length) next = read(start + size);
          // Who waits for it hears of a failure; who has stopped reading need not.
          next.catch(() => null);
          yield batch;
        }
      } finally {
        await next.catch(() => null);
      }
    },
  });
  return arraysOf(names, await imageLabels(folder, names, options, notes));
}

/** Those that can be read; the others end the reading, or are said aloud. */
function whole(
  folder: string,
  looked: readonly (ImageFile | BrokenImage)[],
  skipBroken: boolean,
  notes: Note[],
): readonly ImageFile[] {
  const broken = looked.filter((image): image is BrokenImage => "error" in image);
  const images = looked.filter((image): image is ImageFile => !("error" in image));
  if (broken.length === 0) return images;
  if (!skipBroken) throw broken[0]!.error;
  if (images.length === 0) throw new EspejoError("folder_no_images", { path: folder });
  const names = broken.slice(0, 5).map(({ name }) => name);
  const shown = names.join(", ") + (broken.length > 5 ? ", ..." : "");
  notes.push(note("images_broken", { count: broken.length, names: shown }));
  return images;
}

function formOf(
  folder: string,
  images: readonly ImageFile[],
  { size, fit, channels, like }: ArraysOptions,
  notes: Note[],
): { form: ImageForm; fitted: boolean } {
  const [likeHeight, likeWidth, likeChannels] = like?.shape ?? [];
  const counts = new Map<string, number>();
  for (const { height, width } of images) {
    const key = `${height}x${width}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const sizes = [...counts].sort((a, b) => b[1] - a[1]);
  const common = sizes[0]![0];
  const asked = size ?? (like && ([likeHeight!, likeWidth!] as const));
  if (!asked && sizes.length > 1) {
    const shown = sizes.slice(0, 5).map(([key, count]) => `${key} (${count})`);
    const list = shown.join(", ") + (sizes.length > 5 ? ", ..." : "");
    throw new EspejoError("image_sizes", { path: folder, sizes: list, size: common });
  }
  const [height, width] = asked ?? [images[0]!.height, images[0]!.width];
  const fitted = sizes.length > 1 || common !== `${height}x${width}`;
  const how = fit ?? like?.fit ?? "cover";
  const others = images.filter((image) => image.height !== height || image.width !== width).length;
  if (fitted)
    notes.push(note("images_fitted", { count: others, size: `${height}x${width}`, fit: how }));
  const alpha = images.filter((image) => image.alpha).length;
  if (alpha > 0) notes.push(note("images_alpha", { count: alpha }));
  const grey = images.every((image) => image.grey);
  const depth = channels ?? (like ? (likeChannels as 1 | 3) : grey ? 1 : 3);
  return { form: { height, width, channels: depth, fit: how }, fitted };
}

import { EspejoError, phrases } from "../../errors.ts";
import { marksOf } from "../cells/marks.ts";
import { inParallel } from "../files/parallel.ts";
import { holdsBytes, type ImageRange, remarksOf } from "../pixels/image-range.ts";
import { sameShape } from "../stored/like.ts";
import { statedMarks } from "../stored/observed-cells.ts";
import { rowsAtOnce } from "../stored/stored-arrays.ts";
import type { ArrayBatch, Arrays, ArraysDetected, ArraysOptions } from "../terms/arrays.ts";
import { idleOption, refuseIdle } from "../terms/idle-options.ts";
import { type Note, note } from "../terms/notes.ts";
import { decodeImages, type ImageForm, ownValues } from "./decode-images.ts";
import type { ImageFile } from "./image-file.ts";
import { imageLabels } from "./image-labels.ts";
import { type ImageSource, readableImages } from "./image-source.ts";
import { rangeOfImages } from "./range-of-images.ts";

/** Images of a folder or a file, brought to one size and decoded batch by batch as they are read. */
export async function imageFolder(source: ImageSource, options: ArraysOptions): Promise<Arrays> {
  const { path, folder } = source;
  const { like } = options;
  const notes: Note[] = [];
  refuseIdle(path, { arrays: "folder" }, options);
  if (options.content === "sequences") throw idleOption(path, phrases.images, "content");
  const images = await readableImages(source, options, notes);
  const { form: size, fitted } = formOf(path, images, options, notes);
  const missing = statedMarks(options);
  const marks = marksOf(missing.missing ?? []);
  const range = await rangeOfImages(folder, images, marks, options, notes);
  const form: ImageForm = { ...size, range, marks };
  const detected: ArraysDetected = {
    content: "images",
    format: "folder",
    shape: [form.height, form.width, form.channels],
    fit: fitted ? form.fit : (like?.fit ?? null),
    features: null,
    time: null,
    group: null,
    stride: null,
    ...(range && { range }),
    ...missing,
  };
  sameShape(path, detected, like);
  const labels = await imageLabels(source, images, options, notes);
  const cut = new Set<string>();
  const own = range !== null && !fitted && alike(images, form.channels, range);
  const arraysOf = (images: readonly ImageFile[], labels: readonly string[] | null): Arrays => ({
    path,
    rows: images.length,
    detected,
    notes,
    names: images.map(({ name }) => name),
    labels,
    take: (rows) =>
      arraysOf(
        rows.map((row) => images[row]!),
        labels && rows.map((row) => labels[row]!),
      ),
    starts: null,
    series: null,
    dispose: async () => {},
    remarks: () => remarksOf(cut.size, range),
    batches: ({ size = rowsAtOnce(form.height * form.width * form.channels) } = {}) =>
      ahead(images.length, size, async (start) => {
        const part = images.slice(start, start + size);
        const { x, outside } = await decodeImages(folder, part, form, start);
        outside.forEach((is, i) => {
          if (is) cut.add(part[i]!.name);
        });
        return { start, rows: part.length, x };
      }),
    ...(own && {
      ownBatches: ({ size = 64 } = {}) =>
        ahead(images.length, size, async (start) => {
          const part = images.slice(start, start + size);
          const values = await inParallel([...part.keys()], (i) =>
            ownValues(folder, part[i]!, marks, start + i),
          );
          const x = new Float64Array(values.reduce((n, { length }) => n + length, 0));
          values.reduce((at, cells) => {
            x.set(cells, at);
            return at + cells.length;
          }, 0);
          return { start, rows: part.length, x };
        }),
    }),
  });
  return arraysOf(images, labels);
}

/** Whether all images have values of the range, in the channels that are asked for. */
const alike = (images: readonly ImageFile[], channels: 1 | 3, range: ImageRange): boolean =>
  images.every(
    ({ depth, grey, alpha }) => depth === images[0]!.depth && grey === (channels === 1) && !alpha,
  ) &&
  (images[0]!.depth !== "8" || holdsBytes(range));

/** Batches of so many rows; the next one is read while this one is used. */
async function* ahead(
  rows: number,
  size: number,
  read: (start: number) => Promise<ArrayBatch>,
): AsyncGenerator<ArrayBatch> {
  let next = read(0);
  next.catch(() => null);
  try {
    for (let start = 0; start < rows; start += size) {
      const batch = await next;
      if (start + size < rows) next = read(start + size);
      // Who waits for it hears of a failure; who has stopped reading need not.
      next.catch(() => null);
      yield batch;
    }
  } finally {
    await next.catch(() => null);
  }
}

function formOf(
  path: string,
  images: readonly ImageFile[],
  { size, fit, channels, like }: ArraysOptions,
  notes: Note[],
): { form: Omit<ImageForm, "range" | "marks">; fitted: boolean } {
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
    throw new EspejoError("image_sizes", { path, sizes: list, size: common });
  }
  const [height, width] = asked ?? [images[0]!.height, images[0]!.width];
  const fitted = sizes.length > 1 || common !== `${height}x${width}`;
  const how = fit ?? like?.fit ?? "cover";
  const others = images.filter((image) => image.height !== height || image.width !== width).length;
  if (fitted)
    notes.push(note("images_fitted", { count: others, size: `${height}x${width}`, fit: how }));
  const grey = images.every((image) => image.grey);
  const depth = channels ?? (like ? (likeChannels as 1 | 3) : grey ? 1 : 3);
  return { form: { height, width, channels: depth, fit: how }, fitted };
}

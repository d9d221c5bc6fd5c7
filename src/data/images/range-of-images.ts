import type { Marks } from "../cells/marks.ts";
import { inParallel } from "../files/parallel.ts";
import {
  type ImageRange,
  rangeBesideBytes,
  rangeNote,
  rangeOfValues,
  watchValues,
} from "../pixels/image-range.ts";
import type { ArraysOptions } from "../terms/arrays.ts";
import type { Note } from "../terms/notes.ts";
import { ownValues } from "./decode-images.ts";
import type { ImageFile } from "./image-file.ts";

/**
 * The range of images that are no bytes: as stated, as a model learnt it, or that of the values of all of them, for which each
 * is decoded once. Null where all are bytes.
 */
export async function rangeOfImages(
  folder: string,
  images: readonly ImageFile[],
  marks: Marks,
  { range: stated, like }: Pick<ArraysOptions, "range" | "like">,
  notes: Note[],
): Promise<ImageRange | null> {
  const others = images.filter(({ depth }) => depth !== "8");
  const deep = others.filter(({ depth }) => depth === "deep");
  if (stated) {
    const [low, high] = stated;
    const whole = deep.length === 0 && stated.every(Number.isInteger);
    return told({ low, high, whole }, others.length, notes);
  }
  if (like?.range) return told(like.range, others.length, notes);
  if (others.length === 0) return null;
  // deep values and 16 bits beside each other have no range in common: the latter have one of their own
  const looked = deep.length > 0 ? deep : others;
  const values = watchValues();
  await inParallel([...looked.keys()], async (i) => {
    const image = looked[i]!;
    values.add(await ownValues(folder, image, marks, images.indexOf(image)));
  });
  const seen = values.seen();
  const type = deep.length === 0 ? "sixteen" : "float";
  const range = like ? rangeBesideBytes(seen, type) : rangeOfValues(seen);
  const said = rangeNote(seen, range, looked.length);
  if (said) notes.push(said);
  return range;
}

function told(range: ImageRange, count: number, notes: Note[]): ImageRange {
  const said = count > 0 ? rangeNote(null, range, count) : null;
  if (said) notes.push(said);
  return range;
}

import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { EspejoError } from "../../errors.ts";
import type { ArraysOptions } from "../terms/arrays.ts";
import { type Note, note } from "../terms/notes.ts";
import type { ImageFile } from "./image-file.ts";
import { lookAtImages } from "./image-head.ts";
import { endingsOf, holdsImages, isImageName, listImages } from "./image-list.ts";

/** Where images lie: a folder, or one file in it. */
export interface ImageSource {
  /** As a person named it. */
  readonly path: string;
  readonly folder: string;
  /** The only file that is meant; null for the whole folder. */
  readonly file: string | null;
}

/** A folder with images, or a file that is one by its name; null for all else. */
export async function imageSource(path: string): Promise<ImageSource | null> {
  const status = await stat(path).catch(() => null);
  if (status?.isDirectory())
    return (await holdsImages(path)) ? { path, folder: path, file: null } : null;
  if (!status?.isFile() || !isImageName(path)) return null;
  return { path, folder: dirname(path), file: basename(path) };
}

const shownNames = 5;

/**
 * The images that can be read, with notes of all that is not taken: other files, pages, and, with `skipBroken`, files that
 * cannot be read. Throws `folder_no_images`, and `image_broken` for the first of those otherwise.
 */
export async function readableImages(
  { path, folder, file }: ImageSource,
  { skipBroken = false, pages = "all", labels }: ArraysOptions,
  notes: Note[],
): Promise<readonly ImageFile[]> {
  const listed = file === null ? await listImages(folder) : { files: [file], others: [] };
  const { files } = listed;
  const others = listed.others.filter((name) => !isLabels(name, folder, labels));
  const none = (): EspejoError =>
    new EspejoError("folder_no_images", { path, files: endingsOf([...files, ...others]) || "-" });
  if (files.length === 0) throw none();
  const { images, broken, paged, leftOut } = await lookAtImages(folder, files, {
    ...{ whole: skipBroken, pages },
  });
  if (broken.length > 0 && !skipBroken) throw broken[0]!.error;
  if (images.length === 0) throw none();
  if (others.length > 0)
    notes.push(note("images_others", { count: others.length, files: endingsOf(others) }));
  if (broken.length > 0) {
    const names = broken.slice(0, shownNames).map(({ name }) => name);
    const shown = names.join(", ") + (broken.length > shownNames ? ", ..." : "");
    notes.push(note("images_broken", { count: broken.length, names: shown }));
  }
  if (paged.files > 0) notes.push(note("images_pages", { count: paged.files, pages: paged.pages }));
  if (leftOut > 0)
    notes.push(
      note(pages === "first" ? "images_pages_first" : "images_pages_left", { count: leftOut }),
    );
  const alpha = images.filter((image) => image.alpha).length;
  if (alpha > 0) notes.push(note("images_alpha", { count: alpha }));
  return images;
}

/** The table of classes is no file that was passed over. */
const isLabels = (name: string, folder: string, labels: string | undefined): boolean =>
  name === "labels.csv" || (labels !== undefined && `${folder}/${name}` === labels);

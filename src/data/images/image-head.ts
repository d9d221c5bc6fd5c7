import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metadata } from "sharp";
import { EspejoError, phrase, Refusal } from "../../errors.ts";
import { inParallel } from "../files/parallel.ts";
import { loadSharp } from "../native/native-parts.ts";
import { decodeBmp, isBmp } from "./bmp.ts";
import type { ImageDepth, ImageFile } from "./image-file.ts";
import { tiffHeads } from "./tiff.ts";

/** A file that cannot be read as an image. */
export interface BrokenImage {
  readonly name: string;
  readonly error: EspejoError;
}

/** What a look at files finds. */
export interface LookedAt {
  readonly images: readonly ImageFile[];
  readonly broken: readonly BrokenImage[];
  /** Files of several pages or frames, and the images that they hold. */
  readonly paged: { readonly files: number; readonly pages: number };
  /** Pages that are left out: smaller copies of the first, or all but the first where that was asked for. */
  readonly leftOut: number;
}

const formats = ["png", "jpeg", "webp", "tiff", "gif", "heif"];

/** Which pages of a file are images: all, or the first. */
export type Pages = "all" | "first";

/** Looks at the heads of images; `whole` decodes them too, which is the only way to find all broken ones. */
export async function lookAtImages(
  folder: string,
  files: readonly string[],
  { whole = false, pages = "all" }: { readonly whole?: boolean; readonly pages?: Pages } = {},
): Promise<LookedAt> {
  // not to be blamed on the images where it is missing
  await loadSharp();
  type Found = { readonly heads: readonly ImageFile[]; readonly kept: readonly ImageFile[] };
  const looked = await inParallel(files, async (file): Promise<Found | BrokenImage> => {
    const path = join(folder, file);
    try {
      const heads = await headsOf(path, file, whole);
      const [first] = heads as [ImageFile];
      const alike = heads.filter(
        ({ height, width }) => height === first.height && width === first.width,
      );
      return { heads, kept: pages === "first" ? [first] : alike };
    } catch (error) {
      return { name: file, error: broken(path, error) };
    }
  });
  const read = looked.flatMap((each) => ("error" in each ? [] : [each]));
  const paged = read.filter(({ kept }) => kept.length > 1);
  return {
    images: read.flatMap(({ kept }) =>
      kept.length > 1
        ? kept.map((head) => ({ ...head, name: `${head.file}/${head.page! + 1}` }))
        : kept,
    ),
    broken: looked.flatMap((each) => ("error" in each ? [each] : [])),
    paged: { files: paged.length, pages: paged.reduce((n, { kept }) => n + kept.length, 0) },
    leftOut: read.reduce((n, { heads, kept }) => n + heads.length - kept.length, 0),
  };
}

/** The images of a file, page by page. */
async function headsOf(path: string, file: string, whole: boolean): Promise<readonly ImageFile[]> {
  const bmp = await bitmapOf(path, file);
  if (bmp) {
    const { height, width, channels } = bmp;
    const about = { grey: channels === 1, alpha: channels === 4, depth: "8", by: "bmp" } as const;
    return [{ name: file, file, page: null, frame: false, height, width, ...about }];
  }
  const sharp = await loadSharp();
  const metadataOf = (page: number | null): Promise<Metadata> =>
    sharp(path, { failOn: "warning", ...(page !== null && { page }) }).metadata();
  let first: Metadata;
  try {
    first = await metadataOf(null);
  } catch (error) {
    // libvips takes no doubles
    const heads = await tiffHeads(path, file);
    if (heads === null) throw error;
    return heads;
  }
  if (!formats.includes(first.format) || (first.format === "heif" && first.compression !== "av1"))
    throw new Refusal(
      phrase("image_format_of", {
        format: first.format,
        formats: `${formats.slice(0, -1).join(", ")}, avif, bmp`,
      }),
    );
  // nor halves, which it takes for whole numbers
  if (first.depth === "float" && first.bitsPerSample === 16) {
    const heads = await tiffHeads(path, file);
    if (heads !== null) return heads;
  }
  const count = first.pages ?? 1;
  const frame = count > 1 && ["gif", "webp"].includes(first.format);
  const heads: ImageFile[] = [];
  for (let i = 0; i < count; i++) {
    const page = count > 1 ? i : null;
    const metadata = i === 0 ? first : await metadataOf(page);
    if (whole) await sharp(path, { failOn: "warning", ...(page !== null && { page }) }).stats();
    heads.push({ name: file, file, page, frame, ...aboutOf(metadata) });
  }
  return heads;
}

/** What the head of an encoded image tells, PNG, JPEG or WebP, of which the first frame counts. Throws `Refusal` for others. */
export async function headOfBytes(bytes: Uint8Array, mostPixels: number): Promise<ImageFile> {
  const sharp = await loadSharp();
  const metadata = await sharp(bytes, { failOn: "warning", limitInputPixels: false }).metadata();
  if (!["png", "jpeg", "webp"].includes(metadata.format))
    throw new Refusal(phrase("image_format", { format: metadata.format }));
  if (metadata.width * metadata.height > mostPixels)
    throw new Refusal(phrase("image_pixels", { limit: mostPixels }));
  return { name: "", file: "", page: null, frame: false, ...aboutOf(metadata) };
}

/** A BMP file, decoded; null for all others, whatever they are called. */
export async function bitmapOf(path: string, file: string) {
  if (!/\.(bmp|dib)$/i.test(file)) return null;
  const bytes = await readFile(path);
  return isBmp(bytes) ? decodeBmp(bytes) : null;
}

function aboutOf({ autoOrient, space, hasAlpha = false, depth, channels }: Metadata) {
  const grey = space === "b-w" || space === "grey16";
  const bits: ImageDepth = depth === "uchar" ? "8" : depth === "ushort" ? "16" : "deep";
  if (bits === "deep" && (hasAlpha || channels !== (grey ? 1 : 3)))
    throw new Refusal(phrase("image_cells", { channels, depth }));
  const { height, width } = autoOrient;
  return { height, width, grey, alpha: hasAlpha, depth: bits, by: "sharp" } as const;
}

/** What a decoder says, as an error that names the file. */
export function broken(path: string, error: unknown): EspejoError {
  if (error instanceof EspejoError) return error;
  const reason =
    error instanceof Refusal
      ? error.phrase
      : (error as Error).message.split("\n")[0]!.replaceAll(path, "").slice(0, 120);
  return new EspejoError("image_broken", { path, reason }, { cause: error });
}

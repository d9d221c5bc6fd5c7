import { readFile } from "node:fs/promises";
import type { TiffIfd } from "tiff";
import { halfToNumber } from "../stored/array-types.ts";
import type { ImageFile } from "./image-file.ts";

/** Values of a page as its file has them, [height, width, channels]. */
export interface DeepPixels {
  readonly channels: 1 | 3;
  readonly values: Float64Array;
}

/**
 * The pages of a TIFF file of doubles or halves, which libvips takes for damaged or for whole numbers; null for all other
 * files. Throws an Error for what is not read of them either.
 */
export async function tiffHeads(path: string, file: string): Promise<readonly ImageFile[] | null> {
  const bytes = await readFile(path);
  const count = countPages(bytes);
  if (count === 0) return null;
  const { decode } = await import("tiff");
  let heads: readonly TiffIfd[];
  try {
    heads = decode(bytes, { ignoreImageData: true, pages: range(count) });
    if (!heads.every(isOurs)) return null;
  } catch {
    return null;
  }
  return heads.map((head, i) => ({
    ...{ name: file, file, page: count > 1 ? i : null, frame: false },
    ...{ height: head.height, width: head.width, grey: channelsOf(head) === 1 },
    ...({ alpha: false, depth: "deep", by: "tiff" } as const),
  }));
}

/** The values of a page of such a file. */
export async function tiffPixels(path: string, page: number | null): Promise<DeepPixels> {
  const bytes = await readFile(path);
  if (countPages(bytes) === 0) throw new Error("its pages are damaged");
  const { decode } = await import("tiff");
  let head: TiffIfd;
  try {
    head = decode(bytes, { pages: [page ?? 0] })[0]!;
  } catch (error) {
    throw new Error("its values are damaged, or packed in a way that is not read", {
      cause: error,
    });
  }
  const channels = channelsOf(head);
  const { data, bitsPerSample, height, width } = head;
  const values =
    bitsPerSample === 16 ? Float64Array.from(data, halfToNumber) : Float64Array.from(data);
  if (values.length !== height * width * channels) throw new Error("it is cut short");
  return { channels, values };
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const isOurs = ({ sampleFormat, bitsPerSample }: TiffIfd): boolean =>
  sampleFormat === floats && (bitsPerSample === 64 || bitsPerSample === 16);
const floats = 3;

function channelsOf({ samplesPerPixel, planarConfiguration, width, height }: TiffIfd): 1 | 3 {
  const apart = samplesPerPixel > 1 && planarConfiguration === 2;
  if ((samplesPerPixel !== 1 && samplesPerPixel !== 3) || apart)
    throw new Error(`${samplesPerPixel} channels of double or half precision are not read`);
  const sizes = [width, height];
  if (!sizes.every((size) => Number.isInteger(size) && size > 0) || width * height > mostPixels)
    throw new Error("its header is damaged");
  return samplesPerPixel;
}
const mostPixels = 2 ** 28;

/** Pages of a chain that comes to an end (TIFF 6.0, section 2); 0 for one that does not, and for other files. */
function countPages(bytes: Uint8Array): number {
  const little = bytes[0] === 0x49 && bytes[1] === 0x49;
  if (!little && !(bytes[0] === 0x4d && bytes[1] === 0x4d)) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 8 || view.getUint16(2, little) !== 42) return 0;
  const seen = new Set<number>();
  for (let at = view.getUint32(4, little); at !== 0; ) {
    if (seen.has(at) || at + 2 > view.byteLength) return 0;
    seen.add(at);
    const end = at + 2 + 12 * view.getUint16(at, little);
    if (end + 4 > view.byteLength) return 0;
    at = view.getUint32(end, little);
  }
  return seen.size;
}

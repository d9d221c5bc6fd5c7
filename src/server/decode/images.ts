import { marksOf } from "../../data/cells/marks.ts";
import { imageOfBytes } from "../../data/images/decode-images.ts";
import { headOfBytes } from "../../data/images/image-head.ts";
import { EspejoError, type Phrase, phrase, Refusal } from "../../errors.ts";
import type { ArrayFacts } from "../models/served.ts";
import type { ArrayRows } from "../rows.ts";

/** Pixels of one image: a small file can hold very many. */
const mostPixels = 50_000_000;

/** Base64, also behind what a data: address says of it, as pages have images. */
const bytesOfBase64 = (text: string): Uint8Array =>
  Buffer.from(text.replace(/^data:[\w/+.-]*;base64,/, ""), "base64");

/**
 * Images from the bytes of their files (PNG, JPEG, WebP), or those in base64, brought to the size of the model as those of
 * folders are. `placeOf` says where each came from. Throws `request_invalid` for the first that cannot be read.
 */
export async function encodedImages(
  { shape, metadata }: ArrayFacts,
  images: readonly (string | Uint8Array)[],
  placeOf: (i: number) => string | Phrase,
): Promise<ArrayRows> {
  const [height, width, channels] = shape as [number, number, 1 | 3];
  const size = height * width * channels;
  const { fit, range = null, missing = [] } = metadata.source;
  const form = {
    ...{ height, width, channels, range },
    fit: fit ?? "cover",
    marks: marksOf(missing),
  } as const;
  const x = new Float32Array(images.length * size);
  for (const [i, image] of images.entries()) {
    const bytes = typeof image === "string" ? bytesOfBase64(image) : image;
    try {
      const head = await headOfBytes(bytes, mostPixels);
      x.set(await imageOfBytes(bytes, head, form), i * size);
    } catch (error) {
      const got =
        error instanceof Refusal ? error.phrase : phrase("image_damaged", { bytes: bytes.length });
      throw new EspejoError(
        "request_invalid",
        { place: placeOf(i), wanted: phrase("image_file", {}), got },
        { cause: error },
      );
    }
  }
  return { rows: images.length, x };
}

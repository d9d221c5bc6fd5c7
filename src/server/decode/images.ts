import { marksOf } from "../../data/cells/marks.ts";
import { imageOfBytes } from "../../data/images/decode-images.ts";
import { headOfBytes } from "../../data/images/image-head.ts";
import { EspejoError, type Phrase, phrase, Refusal } from "../../errors.ts";
import { theBody } from "../../http/request-of.ts";
import type { ArrayFacts } from "../models/served.ts";
import type { ArrayRows } from "../rows.ts";

/** Pixels of one image: a small file can hold very many. */
const mostPixels = 50_000_000;
/** Those of all images of a request, so that it keeps no thread from others for long. */
const mostTogether = 500_000_000;
/** Numbers of all images of a request in the size of the model: small files can become very many. */
const mostCells = 200_000_000;

/** Base64, also behind what a data: address says of it, as pages have images. */
const bytesOfBase64 = (text: string): Uint8Array =>
  Buffer.from(text.replace(/^data:[\w/+.-]*;base64,/, ""), "base64");

/**
 * Images from the bytes of their files (PNG, JPEG, WebP), or those in base64, brought to the size of the model as those of
 * folders are. `placeOf` says where each came from. Throws `request_invalid` for the first that cannot be read, and
 * `request_pixels` before any is decoded.
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
  if (images.length * size > mostCells)
    throw new EspejoError("request_invalid", {
      place: theBody,
      wanted: phrase("most_images", { limit: Math.floor(mostCells / size), height, width }),
      got: String(images.length),
    });
  const x = new Float32Array(images.length * size);
  const reading = async <T>(i: number, read: (bytes: Uint8Array) => Promise<T>): Promise<T> => {
    const image = images[i]!;
    const bytes = typeof image === "string" ? bytesOfBase64(image) : image;
    try {
      return await read(bytes);
    } catch (error) {
      const damaged = phrase("image_damaged", { bytes: bytes.length });
      const got = error instanceof Refusal ? error.phrase : damaged;
      const wanted = phrase("image_file", {});
      throw new EspejoError(
        "request_invalid",
        { place: placeOf(i), wanted, got },
        { cause: error },
      );
    }
  };
  // all heads first: they tell how much there is to decode
  const heads: Awaited<ReturnType<typeof headOfBytes>>[] = [];
  let pixels = 0;
  for (let i = 0; i < images.length; i++) {
    const head = await reading(i, (bytes) => headOfBytes(bytes, mostPixels));
    pixels += head.height * head.width;
    if (pixels > mostTogether)
      throw new EspejoError("request_pixels", { limit: mostTogether / 1_000_000 });
    heads.push(head);
  }
  for (const [i, head] of heads.entries())
    x.set(await reading(i, (bytes) => imageOfBytes(bytes, head, form)), i * size);
  return { rows: images.length, x };
}

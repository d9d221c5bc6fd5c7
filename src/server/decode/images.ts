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
  if (images.length * size > mostCells)
    throw new EspejoError("request_invalid", {
      place: theBody,
      wanted: phrase("most_images", { limit: Math.floor(mostCells / size), height, width }),
      got: String(images.length),
    });
  const x = new Float32Array(images.length * size);
  const files = images.map((image) => (typeof image === "string" ? bytesOfBase64(image) : image));
  const refused = (i: number, cause: unknown): EspejoError => {
    const bytes = files[i]!.length;
    const got = cause instanceof Refusal ? cause.phrase : phrase("image_damaged", { bytes });
    const wanted = phrase("image_file", {});
    return new EspejoError("request_invalid", { place: placeOf(i), wanted, got }, { cause });
  };
  // all heads first: they tell how much there is to decode
  const heads: Awaited<ReturnType<typeof headOfBytes>>[] = [];
  let pixels = 0;
  for (const [i, bytes] of files.entries())
    try {
      const head = await headOfBytes(bytes, mostPixels);
      pixels += head.height * head.width;
      if (pixels > mostTogether)
        throw new Refusal(phrase("images_pixels", { limit: mostTogether }));
      heads.push(head);
    } catch (error) {
      throw refused(i, error);
    }
  for (const [i, bytes] of files.entries())
    try {
      x.set(await imageOfBytes(bytes, heads[i]!, form), i * size);
    } catch (error) {
      throw refused(i, error);
    }
  return { rows: images.length, x };
}

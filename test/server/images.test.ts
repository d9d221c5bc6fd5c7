import { expect, test } from "vitest";
import { encodedImages } from "../../src/server/decode/images.ts";
import type { ArrayFacts } from "../../src/server/models/served.ts";

test("small files that would become very many numbers are refused at once", async () => {
  const facts = {
    ...{ content: "images", shape: [224, 224, 3], precision: "float32", latentDim: 2 },
    metadata: { source: { fit: "cover" } },
  } as unknown as ArrayFacts;
  const images = new Array<Uint8Array>(2000).fill(new Uint8Array(70));
  await expect(encodedImages(facts, images, (i) => `${i}`)).rejects.toThrow(
    "the body: at most 1328 images, each of which becomes 224 x 224 pixels is expected, got 2000",
  );
});

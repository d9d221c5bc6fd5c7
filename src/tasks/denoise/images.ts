import { EspejoError } from "../../errors.ts";
import { checkArguments } from "../../options.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { checkImage, type Image, throughTiles } from "./tiles.ts";

const atOnce = 64;

/** Images, cleaned one by one or, where they have the very size of the model, many at once; in their order. */
export async function* denoiseImages<T extends Image>(
  model: ArrayModel,
  images: AsyncIterable<T>,
): AsyncGenerator<{ readonly image: T; readonly cleaned: Float32Array }> {
  checkArguments("denoiseImages", {
    model: [model, argument.arrayModel],
    images: [images, argument.list],
  });
  const shape = String(model.shape);
  let waiting: T[] = [];
  async function* flush() {
    if (waiting.length === 0) return;
    const cells = waiting[0]!.x.length;
    const x = new Float32Array(cells * waiting.length);
    waiting.forEach((image, i) => {
      x.set(image.x, i * cells);
    });
    const done = await rebuilt(model, x, waiting.length);
    for (const [i, image] of waiting.entries())
      yield { image, cleaned: done.slice(i * cells, (i + 1) * cells).map(held) };
    waiting = [];
  }
  for await (const image of images) {
    if (String([image.height, image.width, image.channels]) === shape) {
      waiting.push(image);
      if (waiting.length === atOnce) yield* flush();
      continue;
    }
    yield* flush();
    yield { image, cleaned: await denoiseImage(model, image) };
  }
  yield* flush();
}

const held = (value: number): number => Math.max(0, Math.min(255, value));

const rebuilt = async (model: ArrayModel, x: Float32Array, rows: number): Promise<Float32Array> =>
  (await model.run(["reconstruction"], x, rows)).reconstruction!.data as Float32Array;

/**
 * An image of any size, cleaned by a model of images: tiled where it is not of the model's size. A model of grey
 * images takes colours one by one; to one of colours a grey image is given as three equal ones, and their mean is
 * taken. The size and the channels of the image stay. Throws `model_content` for a model of sequences.
 */
export async function denoiseImage(model: ArrayModel, image: Image): Promise<Float32Array> {
  checkImage("denoiseImage", image);
  checkArguments("denoiseImage", { model: [model, argument.arrayModel] });
  const { content } = model.metadata.source;
  if (content !== "images") throw new EspejoError("model_content", { path: model.path, content });
  const [height, width, depth] = model.shape as [number, number, number];
  const rebuild = (x: Float32Array, rows: number) => rebuilt(model, x, rows);
  const { channels } = image;
  const done =
    channels === depth
      ? await throughTiles(image, [height, width], rebuild)
      : depth === 1
        ? await eachChannel(image, (one) => throughTiles(one, [height, width], rebuild))
        : await asGrey(image, depth, (all) => throughTiles(all, [height, width], rebuild));
  return done.map(held);
}

type Rebuild = (image: Image) => Promise<Float32Array>;

async function eachChannel(image: Image, rebuild: Rebuild): Promise<Float32Array> {
  const { channels, x } = image;
  const done = new Float32Array(x.length);
  for (let c = 0; c < channels; c++) {
    const one = x.filter((_, k) => k % channels === c);
    const cleaned = await rebuild({ ...image, channels: 1, x: one });
    cleaned.forEach((value, k) => {
      done[k * channels + c] = value;
    });
  }
  return done;
}

async function asGrey(image: Image, depth: number, rebuild: Rebuild): Promise<Float32Array> {
  const { x } = image;
  const all = new Float32Array(x.length * depth);
  for (let k = 0; k < all.length; k++) all[k] = x[Math.floor(k / depth)]!;
  const cleaned = await rebuild({ ...image, channels: depth, x: all });
  return x.map((_, k) => {
    let sum = 0;
    for (let c = 0; c < depth; c++) sum += cleaned[k * depth + c]!;
    return sum / depth;
  });
}

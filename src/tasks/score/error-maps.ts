import { errorMapPng } from "../../data/pixels/error-map.ts";
import type { Arrays, Cells } from "../../data/terms/arrays.ts";
import { pictureFiles, writePng } from "../../data/write/write-images.ts";
import { EspejoError } from "../../errors.ts";
import { checkArguments, checkOptions, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import { argument } from "../model/arguments.ts";
import type { ArrayModel } from "../model/array-model.ts";
import { channelMeans, greatestError } from "./channel-means.ts";
import { errorBeyond } from "./error-beyond.ts";

/** Which images get a map, and how dark. */
export interface ErrorMapOptions {
  /** Those above the threshold (the default), or all. */
  readonly which?: "anomalies" | "all";
  /** The error of a pixel that is drawn darkest; by default the greatest among the images that get a map. */
  readonly most?: number;
}

/** Where a model errs in an image. */
export interface ErrorMap {
  /** The row of the source, from 0, and what it is called: its number from 1 where it has no name. */
  readonly row: number;
  readonly name: string;
  readonly score: number;
  readonly isAnomaly: boolean;
  /** What pixels [height, width] add to the score beyond exact rebuilding, mean of the channels. */
  readonly error: Float32Array;
  /** Input, reconstruction and error side by side. */
  readonly png: Uint8Array;
}

const errorMapOptions: z.ZodMiniObject = z.object({
  which: z.exactOptional(z.enum(["anomalies", "all"])),
  most: z.exactOptional(optionParts.atLeast(0)),
});

/**
 * Pictures of where a model of images errs, in source order; one scale for all of them, so that they can be
 * compared: unless it is stated, the images are read twice. Throws `error_maps_content` for other models.
 */
export async function* errorMaps(
  model: ArrayModel,
  arrays: Arrays,
  options: ErrorMapOptions = {},
): AsyncGenerator<ErrorMap> {
  checkArguments("errorMaps", {
    model: [model, argument.arrayModel],
    arrays: [arrays, argument.arrays],
  });
  checkOptions("errorMaps", errorMapOptions, options);
  const { which = "anomalies", most } = options;
  let darkest = most ?? 0;
  if (most === undefined)
    for await (const { error } of mapped(model, arrays, which))
      darkest = Math.max(darkest, greatestError(error));
  for await (const { original, rebuilt, ...each } of mapped(model, arrays, which)) {
    const image = { original, rebuilt, error: each.error };
    yield { ...each, png: await errorMapPng(image, model.shape, darkest) };
  }
}

/** Writes the maps into a folder as PNG files under the names of the images, or their numbers. Gives how many. */
export async function saveErrorMaps(
  model: ArrayModel,
  arrays: Arrays,
  folder: string,
  options: ErrorMapOptions = {},
): Promise<number> {
  checkArguments("saveErrorMaps", {
    arrays: [arrays, argument.arrays],
    folder: [folder, argument.path],
  });
  const files = pictureFiles(arrays);
  let count = 0;
  for await (const { row, png } of errorMaps(model, arrays, options)) {
    await writePng(folder, files[row]!, png);
    count++;
  }
  return count;
}

/** The images that get a map, with all that it shows. */
async function* mapped(model: ArrayModel, arrays: Arrays, which: "anomalies" | "all") {
  const { metadata, shape, path } = model;
  const { content } = metadata.source;
  if (content !== "images") throw new EspejoError("error_maps_content", { path, content });
  const cells = shape.reduce((n, dim) => n * dim, 1);
  for await (const { start, rows, x } of model.batches(arrays)) {
    const outputs = ["score", "is_anomaly", "error", "reconstruction"] as const;
    const values = await model.run(outputs, x, rows, start);
    const flags = values.is_anomaly!.data as Uint8Array;
    for (let i = 0; i < rows; i++) {
      if (which === "anomalies" && flags[i] !== 1) continue;
      const own = (all: Cells): Cells => all.slice(i * cells, (i + 1) * cells);
      const original = own(x);
      const errors = own(values.error!.data as Cells);
      const row = start + i;
      yield {
        ...{ row, name: arrays.names?.[row] ?? String(row + 1), isAnomaly: flags[i] === 1 },
        score: (values.score!.data as Float32Array)[i]!,
        original,
        rebuilt: own(values.reconstruction!.data as Cells),
        error: channelMeans(errorBeyond(metadata, original, errors), shape),
      };
    }
  }
}

import { EspejoError, isMistake } from "../../errors.ts";
import { type WriteKerasOptions, writeKeras } from "../../keras/write.ts";
import { checkArguments } from "../../options.ts";
import { argument } from "../model/arguments.ts";
import type { ModelFile } from "../model/model-file.ts";
import { networkIn } from "./kept-weights.ts";

/** What a model file has around its network, and a Keras file has not. */
export type Beyond = "preparation" | "score" | "missing" | "sampling" | "discriminator";

/** A Keras file made of a model file. */
export interface ExportedKeras {
  readonly bytes: Uint8Array;
  /** Sizes of one row that the network takes, prepared. */
  readonly input: readonly number[];
  readonly latentDim: number;
  /** What was left out. */
  readonly leftOut: readonly Beyond[];
}

/**
 * The network of a model file as a `.keras` file: from prepared rows to prepared rows. Throws `keras_export` for a
 * kind that Keras cannot express.
 */
export async function exportKeras(
  file: ModelFile,
  options: WriteKerasOptions = {},
): Promise<ExportedKeras> {
  checkArguments("exportKeras", { file: [file, argument.file] });
  const { metadata, path } = file;
  const { model, parameters } = networkIn(file);
  const kinds = metadata.kind.split("+");
  const plain = "scale" in metadata && isPlain(metadata.scale);
  const imported = "latentDim" in metadata && "columns" in metadata;
  try {
    const bytes = await writeKeras({ model, parameters }, options);
    const leftOut: readonly Beyond[] = [
      ...(plain || imported ? [] : (["preparation"] as const)),
      "score",
      ...(model.masked ? (["missing"] as const) : []),
      ...(kinds.includes("variational") ? (["sampling"] as const) : []),
      ...(kinds.includes("adversarial") ? (["discriminator"] as const) : []),
    ];
    return { bytes, input: model.inputShape, latentDim: model.latentDim, leftOut };
  } catch (error) {
    if (!isMistake(error)) throw error;
    throw new EspejoError("keras_export", { path, reason: error.message });
  }
}

const isPlain = ({ mean, deviation }: { mean: readonly number[]; deviation: readonly number[] }) =>
  mean.every((value) => value === 0) && deviation.every((value) => value === 1);

import { cut, writeModel } from "../../onnx/index.ts";
import { checkArguments, checkOptions } from "../../options.ts";
import { z } from "../../schema.ts";
import { argument } from "./arguments.ts";
import { floatValue, type ModelFile } from "./model-file.ts";
import { halfEntry } from "./read-metadata.ts";

/** From rows to codes, or from codes to rows. */
export type Half = "encoder" | "decoder";

const halfOptions: z.ZodMiniObject = z.object({ part: z.enum(["encoder", "decoder"]) });

/** What a half keeps of the metadata: which columns it takes or gives, and how these were read. */
const kept = new Set(["espejo.columns", "espejo.source"]);

/**
 * Half of a model file as an ONNX file of its own, for other programs: the encoder takes raw rows and gives `latent`, the decoder
 * takes `latent` and gives raw rows. Neither scores.
 */
export function modelHalf(file: ModelFile, options: { readonly part: Half }): Uint8Array {
  checkArguments("modelHalf", { file: [file, argument.file] });
  checkOptions("modelHalf", halfOptions, options);
  const { part } = options;
  const { proto } = file;
  const names = (proto.graph.output ?? []).map(({ name }) => name);
  const code = (proto.graph.output ?? []).find(({ name }) => name === "latent");
  const rows = ["reconstruction", "reconstruction_categories"].filter((name) =>
    names.includes(name),
  );
  const size = code?.type?.tensorType?.shape?.dim?.[1];
  const width = size?.value ?? size?.name ?? "latent_columns";
  const half =
    part === "encoder"
      ? cut(proto, ["latent"])
      : cut(proto, rows, [floatValue("latent", ["rows", width])]);
  const metadataProps = [
    { key: halfEntry, value: part },
    ...(proto.metadataProps ?? []).filter(({ key }) => kept.has(key)),
  ];
  return writeModel({ ...half, metadataProps });
}

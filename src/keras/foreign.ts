import { EspejoError, type PhraseKey, phrases } from "../errors.ts";

/** What people have beside whole Keras models, and what to do with each. */
const kinds = {
  savedModel: ["keras_saved_model", "keras_cure_saved_model"],
  tfjsLayers: ["keras_tfjs", "keras_cure_tfjs"],
  tfjsGraph: ["keras_tfjs", "keras_cure_origin"],
  tflite: ["keras_tflite", "keras_cure_origin"],
  graph: ["keras_graph_file", "keras_cure_origin"],
  weights: ["keras_weights_only", "keras_cure_weights"],
  network: ["keras_network_only", "keras_cure_network"],
  otherWeights: ["keras_other_weights", "keras_cure_again"],
  onnx: ["keras_onnx", "keras_cure_onnx"],
  torch: ["keras_torch", "keras_cure_torch"],
  pickle: ["keras_pickle", "keras_cure_again"],
  folder: ["keras_folder", "keras_cure_folder"],
} as const satisfies Record<string, readonly [PhraseKey, PhraseKey]>;

export type Foreign = keyof typeof kinds;

/** The error `keras_foreign`: what a file is in the place of a Keras model, and the way to one. */
export function foreignError(path: string, kind: Foreign): EspejoError<"keras_foreign"> {
  const [what, cure] = kinds[kind];
  return new EspejoError("keras_foreign", { path, what: phrases[what], cure: phrases[cure] });
}

const begins = (bytes: Uint8Array, ...first: readonly number[]): boolean =>
  first.every((byte, i) => bytes[i] === byte);
const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(Math.max(from, 0), to));

/** What bytes are that are no archive and no HDF5 file; null where that is not known. */
export function foreignBytes(bytes: Uint8Array, path: string): Foreign | null {
  const name = path.split(/[/\\]/).at(-1)!;
  if (/^saved_model\.pb(txt)?$/.test(name) || begins(bytes, 0x08, 0x01, 0x12)) return "savedModel";
  if (latin(bytes, 4, 8) === "TFL3") return "tflite";
  if (/^\s*\{/.test(latin(bytes, 0, 64))) return foreignJson(bytes);
  if (begins(bytes, 0x80) && bytes[1]! >= 2 && bytes[1]! <= 5) return "pickle";
  // the version of the format, then who made it
  if (begins(bytes, 0x08) && bytes[1]! >= 3 && bytes[1]! < 32 && bytes[2] === 0x12) return "onnx";
  if (/\.pb(txt)?$/.test(name)) return "graph";
  return null;
}

function foreignJson(bytes: Uint8Array): Foreign | null {
  try {
    const json = JSON.parse(new TextDecoder().decode(bytes)) as Readonly<Record<string, unknown>>;
    if (json.format === "graph-model") return "tfjsGraph";
    if (json.format === "layers-model" || "modelTopology" in json) return "tfjsLayers";
    return "class_name" in json || "layers" in json ? "network" : null;
  } catch {
    return null;
  }
}

/** What an archive or a folder holds that has no Keras model, by the names in it; null where that is not known. */
export function foreignNames(names: readonly string[]): Foreign | null {
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/(^|\/)saved_model\.pb(txt)?$/)) return "savedModel";
  if (has(/(^|\/)model\.json$/) && has(/\.bin$/)) return "tfjsLayers";
  if (has(/(^|\/)data\.pkl$/)) return "torch";
  if (has(/(^|\/)config\.json$/) && has(/(^|\/)model\.weights(\.npz|\.json|_\d+\.h5)$/))
    return "otherWeights";
  if (has(/\.ckpt|(^|\/)checkpoint$|\.data-\d+-of-\d+$|(^|\/)model\.weights\.h5$/))
    return "weights";
  return null;
}

/** Whether bytes are those of a Keras model file: HDF5, or an archive that ends with the names of its parts. */
export const isKerasFile = (bytes: Uint8Array): boolean =>
  begins(bytes, 0x89, 0x48, 0x44, 0x46) ||
  (begins(bytes, 0x50, 0x4b) &&
    latin(bytes, bytes.length - 1000, bytes.length).includes(".weights.h5"));

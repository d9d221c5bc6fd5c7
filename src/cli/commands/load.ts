import type { CommandRow } from "../command.ts";

/**
 * The commands, in the order in which help shows them. Each is loaded with all that it works with when it is asked
 * for: one alone in half of the time of all.
 */
const loaders: Readonly<Record<string, () => Promise<CommandRow>>> = {
  inspect: async () => (await import("./inspect.ts")).inspectCommand,
  train: async () => (await import("./train.ts")).trainCommand,
  detect: async () => (await import("./detect.ts")).detectCommand,
  runs: async () => (await import("./runs.ts")).runsCommand,
  score: async () => (await import("./score.ts")).scoreCommand,
  reduce: async () => (await import("./reduce.ts")).reduceCommand,
  encode: async () => (await import("./encode.ts")).encodeCommand,
  decode: async () => (await import("./decode.ts")).decodeCommand,
  reconstruct: async () => (await import("./reconstruct.ts")).reconstructCommand,
  evaluate: async () => (await import("./evaluate.ts")).evaluateCommand,
  threshold: async () => (await import("./threshold.ts")).thresholdCommand,
  label: async () => (await import("./label.ts")).labelCommand,
  report: async () => (await import("./report.ts")).reportCommand,
  compare: async () => (await import("./compare.ts")).compareCommand,
  tune: async () => (await import("./tune.ts")).tuneCommand,
  denoise: async () => (await import("./denoise.ts")).denoiseCommand,
  generate: async () => (await import("./generate.ts")).generateCommand,
  compress: async () => (await import("./compress.ts")).compressCommand,
  decompress: async () => (await import("./decompress.ts")).decompressCommand,
  import: async () => (await import("./import.ts")).importCommand,
  export: async () => (await import("./export.ts")).exportCommand,
  serve: async () => (await import("./serve.ts")).serveCommand,
  studio: async () => (await import("./studio.ts")).studioCommand,
  "cluster train": async () => (await import("./cluster-train.ts")).clusterTrainCommand,
  "cluster score": async () => (await import("./cluster-score.ts")).clusterScoreCommand,
  "cluster encode": async () => (await import("./cluster-encode.ts")).clusterEncodeCommand,
  "cluster evaluate": async () => (await import("./cluster-evaluate.ts")).clusterEvaluateCommand,
  kinds: async () => (await import("./kinds.ts")).kindsCommand,
  doctor: async () => (await import("./doctor.ts")).doctorCommand,
};

export const commandNames: readonly string[] = Object.keys(loaders);

/** A command by its name, which must be one of `commandNames`. */
export const loadCommand = (name: string): Promise<CommandRow> => loaders[name]!();

export const loadCommands = (): Promise<readonly CommandRow[]> =>
  Promise.all(commandNames.map(loadCommand));

import type { CommandRow } from "../command.ts";
import { compareCommand } from "./compare.ts";
import { compressCommand } from "./compress.ts";
import { decodeCommand } from "./decode.ts";
import { decompressCommand } from "./decompress.ts";
import { denoiseCommand } from "./denoise.ts";
import { detectCommand } from "./detect.ts";
import { doctorCommand } from "./doctor.ts";
import { encodeCommand } from "./encode.ts";
import { evaluateCommand } from "./evaluate.ts";
import { exportCommand } from "./export.ts";
import { generateCommand } from "./generate.ts";
import { importCommand } from "./import.ts";
import { inspectCommand } from "./inspect.ts";
import { kindsCommand } from "./kinds.ts";
import { reconstructCommand } from "./reconstruct.ts";
import { reduceCommand } from "./reduce.ts";
import { reportCommand } from "./report.ts";
import { scoreCommand } from "./score.ts";
import { thresholdCommand } from "./threshold.ts";
import { trainCommand } from "./train.ts";
import { tuneCommand } from "./tune.ts";

/** The commands, in the order in which help shows them. */
export const commands: readonly CommandRow[] = [
  inspectCommand,
  trainCommand,
  detectCommand,
  scoreCommand,
  reduceCommand,
  encodeCommand,
  decodeCommand,
  reconstructCommand,
  evaluateCommand,
  thresholdCommand,
  reportCommand,
  compareCommand,
  tuneCommand,
  denoiseCommand,
  generateCommand,
  compressCommand,
  decompressCommand,
  importCommand,
  exportCommand,
  kindsCommand,
  doctorCommand,
];

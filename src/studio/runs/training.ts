import type { Invocation } from "../../invocation/invocation.ts";
import type { Source } from "../api/sources.ts";
import { detectionOf } from "./detection.ts";

/** A training or detection of a source, as the command line is called for it. */
export function trainingOf(
  source: Source,
  verb: "train" | "detect",
  options: Invocation["options"],
): Invocation {
  const reading = detectionOf(source);
  return { verb, data: reading.data, options: { ...reading.options, ...options } };
}

import { EspejoError, phrases } from "./errors.ts";

/**
 * The error for a file of ours that is not where it should be, or may not be loaded: a bundler moves modules and
 * leaves the files beside them behind. `place` is where it was looked for, `cause` what happened, where that is
 * known.
 */
export function packageFileError(
  file: string,
  place: string | undefined,
  cure: "bundle_node" | "bundle_web",
  cause?: unknown,
): EspejoError<"package_file"> {
  const message = (cause as Error | undefined)?.message.split("\n")[0];
  return new EspejoError(
    "package_file",
    {
      file,
      place: place || phrases.place_unknown,
      reason: message || phrases.not_loaded,
      cure: phrases[cure],
    },
    { cause },
  );
}

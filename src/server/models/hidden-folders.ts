import { basename } from "node:path";
import { EspejoError } from "../../errors.ts";

/** An error about files without their folders: it goes out in answers, which no path of the machine does. */
export function withoutFolders(error: Error, paths: readonly string[]): Error {
  if (!(error instanceof EspejoError)) return error;
  const longest = [...paths].sort((a, b) => b.length - a.length);
  const told = Object.entries(error.parameters).map(([name, value]) => [
    name,
    typeof value === "string"
      ? longest.reduce((text, path) => text.replaceAll(path, basename(path)), value)
      : value,
  ]);
  const parameters = { ...Object.fromEntries(told), ...error.phrases };
  return new EspejoError(error.code, parameters as never, { cause: error });
}

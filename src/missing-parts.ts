import { EspejoError, type PhraseKey, phrases } from "./errors.ts";

/** Packages with native code, each of which an installation may lack. */
export type NativePackage = "onnxruntime-node" | "@duckdb/node-api" | "sharp";

/** Systems that onnxruntime-node has a library for. */
const engineSystems = new Set([
  "linux-x64",
  "linux-arm64",
  "win32-x64",
  "win32-arm64",
  "darwin-arm64",
]);

/** The error for a package that cannot be loaded, with what to do on this system. Node only. */
export function missingPartError(
  name: NativePackage,
  cause: unknown,
): EspejoError<"dependency_missing"> {
  const reason = String((cause as Error | undefined)?.message ?? cause).split("\n")[0]!;
  const parameters = { package: name, reason, cure: phrases[cureFor(name)] };
  return new EspejoError("dependency_missing", parameters, { cause });
}

function cureFor(name: NativePackage): PhraseKey {
  if (name !== "onnxruntime-node") return "cure_install";
  if (isMusl()) return "cure_musl";
  const system = `${process.platform}-${process.arch}`;
  return engineSystems.has(system) ? "cure_install" : "cure_system";
}

/** Whether this Linux has musl in the place of the GNU C library, as Alpine has. */
function isMusl(): boolean {
  if (process.platform !== "linux" || !process.report) return false;
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return header !== undefined && header.glibcVersionRuntime === undefined;
}

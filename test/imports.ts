import { readdirSync, readFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** An import of a file of `src/`, or an export from another. */
export interface Import {
  readonly from: string;
  /** A file of ours, or the name of a package. */
  readonly to: string;
  readonly typesOnly: boolean;
}

const root = fileURLToPath(new URL("../src/", import.meta.url));
/** The files of `src/`, by their paths in it. */
export const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.split(sep).join("/"));
/** The text of a file of `src/`. */
export const textOf = (file: string): string => readFileSync(resolve(root, file), "utf8");

/** The imports of a file, static or not, in the order of its text. */
export function importsOf(file: string): Import[] {
  const statements = textOf(file).matchAll(
    /^\s*(?:import|export)\s+(type\s+)?([^;"']*?\s+from\s+)?["']([^"']+)["'];|\b(?:import|require|requireHere)\(\s*(?:\/\*.*?\*\/\s*)?["']([^"']+)["']/gm,
  );
  return [...statements].map(([, type, names = "", from, call]) => {
    const name = (from ?? call)!;
    const inside = /\{([^}]*)\}/.exec(names)?.[1];
    const parts = inside?.split(",").filter((part) => part.trim() !== "");
    const alone = /^\s*\{/.test(names) && parts!.every((part) => part.trim().startsWith("type "));
    const to = name.startsWith(".")
      ? relative(root, resolve(root, dirname(file), name))
          .split(sep)
          .join("/")
      : name;
    return { from: file, to, typesOnly: type !== undefined || alone };
  });
}

/** The imports of all files. */
export const imports = files.flatMap(importsOf);
/** The layer of a file: its folder, or its own name beside the folders. */
export const layerOf = (file: string): string => file.split("/")[0]!.replace(/\.ts$/, "");
/** An import as a failing test shows it. */
export const text = ({ from, to, typesOnly }: Import): string =>
  `${from} -> ${to}${typesOnly ? " (types)" : ""}`;

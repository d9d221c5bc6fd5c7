import { readdirSync, readFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/**
 * Who may import whom. A folder is a layer; files beside the folders go by their name. What is in `of` may
 * be used by every file of the layer, what is in `types` only as types. To move an arrow, change this list
 * first and say why in the commit.
 */
const layers: Readonly<
  Record<string, { readonly of: readonly string[]; readonly types?: readonly string[] }>
> = {
  errors: { of: [] },
  "carried-errors": { of: ["errors"] },
  random: { of: [] },
  files: { of: ["errors"] },
  graph: { of: [] },
  onnx: { of: ["graph", "errors"] },
  engine: { of: ["onnx", "errors", "carried-errors"], types: ["graph"] },
  nn: { of: ["graph", "random"] },
  models: { of: ["graph", "nn"] },
  training: {
    of: ["graph", "onnx", "engine", "nn", "errors", "carried-errors", "random", "files"],
  },
  keras: { of: ["graph", "nn", "models", "errors"], types: ["training"] },
  metrics: { of: ["errors", "random"] },
  baselines: { of: ["metrics", "random"] },
  data: { of: ["errors", "files"] },
  preparation: { of: ["graph", "metrics", "random"], types: ["data"] },
  charts: { of: ["metrics", "errors"] },
  tasks: {
    of: [
      "graph",
      "onnx",
      "engine",
      "nn",
      "models",
      "training",
      "keras",
      "metrics",
      "baselines",
      "data",
      "preparation",
      "charts",
      "errors",
      "random",
      "files",
    ],
  },
  cli: {
    of: [
      "graph",
      "onnx",
      "engine",
      "nn",
      "models",
      "training",
      "metrics",
      "baselines",
      "data",
      "preparation",
      "charts",
      "tasks",
      "errors",
      "random",
      "files",
      "node",
      "index",
    ],
  },
  index: {
    of: ["graph", "onnx", "nn", "models", "training", "keras", "metrics", "baselines", "errors"],
  },
  node: { of: ["index", "engine", "data", "tasks"], types: ["charts"] },
  web: { of: ["index", "engine"] },
};

/** Packages that only one layer knows. */
const owners: Readonly<Record<string, string>> = {
  "@bufbuild/protobuf": "onnx",
  "onnxruntime-common": "engine",
  "onnxruntime-node": "engine",
  "onnxruntime-web": "engine",
  "@duckdb/node-api": "data",
  sharp: "data",
  yauzl: "data",
  saxes: "data",
  "pg-cursor": "data",
  pg: "data",
  "ml-matrix": "metrics",
  h5wasm: "keras",
  fflate: "keras",
  "@observablehq/plot": "charts",
  linkedom: "charts",
  commander: "cli",
};

/** The doctor looks at packages to tell whether they load; it uses none. */
const doctor = "cli/commands/doctor.ts";
const foreign = (owner: string) => (file: string) => layerOf(file) !== owner && file !== doctor;

/** Platform code behind an alias of package.json. */
const aliases: Readonly<Record<string, string>> = { "#engine": "engine", "#worker": "training" };

interface Import {
  readonly from: string;
  /** A file of ours, or the name of a package. */
  readonly to: string;
  readonly typesOnly: boolean;
}

const root = fileURLToPath(new URL("../src/", import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.split(sep).join("/"));
const textOf = (file: string): string => readFileSync(resolve(root, file), "utf8");

function importsOf(file: string): Import[] {
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

const imports = files.flatMap(importsOf);
const layerOf = (file: string): string => file.split("/")[0]!.replace(/\.ts$/, "");
const text = ({ from, to, typesOnly }: Import): string =>
  `${from} -> ${to}${typesOnly ? " (types)" : ""}`;

test("the imports are found", () => {
  // a guard for the pattern above: without it all that follows would pass on nothing
  expect(imports.length).toBeGreaterThan(300);
  expect(imports.map(text)).toContain("onnx/wire.ts -> @bufbuild/protobuf/wire");
  expect(imports.map(text)).toContain("engine/engine.ts -> graph/type.ts (types)");
  expect(imports.map(text)).toContain("training/workers.ts -> #worker");
  for (const file of files) {
    const lines = textOf(file)
      .split("\n")
      .filter((line) => /^(import|export) .*from "|^\} from "/.test(line));
    expect(importsOf(file).length, file).toBeGreaterThanOrEqual(lines.length);
  }
});

test("every layer is in the list, and the list names no other", () => {
  expect([...new Set(files.map(layerOf))].sort()).toEqual(Object.keys(layers).sort());
});

test("a layer imports only what it may", () => {
  const wrong = imports.filter(({ from, to, typesOnly }) => {
    const target = aliases[to] ?? (to.endsWith(".ts") ? layerOf(to) : null);
    const layer = layerOf(from);
    if (target === null || target === layer) return false;
    const { of, types = [] } = layers[layer]!;
    return !of.includes(target) && !(typesOnly && types.includes(target));
  });
  expect(wrong.map(text)).toEqual([]);
});

test("no arrow is in the list that no import needs", () => {
  const used = new Set(
    imports.map(({ from, to }) => `${layerOf(from)} -> ${aliases[to] ?? layerOf(to)}`),
  );
  const idle = Object.entries(layers).flatMap(([layer, { of, types = [] }]) =>
    layer === "cli" || layer === "tasks"
      ? []
      : [...of, ...types].map((to) => `${layer} -> ${to}`).filter((arrow) => !used.has(arrow)),
  );
  expect(idle).toEqual([]);
});

describe("only one layer knows", () => {
  test.each(Object.entries(owners))("%s: %s", (name, owner) => {
    const users = imports.filter(({ to }) => to === name || to.startsWith(`${name}/`));
    expect(users.filter(({ from }) => foreign(owner)(from)).map(text)).toEqual([]);
    const named = files.filter((file) => textOf(file).includes(`"${name}`));
    expect(named.filter(foreign(owner))).toEqual([]);
  });
});

test("every package that is imported has an owner", () => {
  // the WASM engine's own files lie beside the engine
  const ours = (to: string): boolean =>
    /^engine\/onnxruntime-web\/|\.ts$/.test(to) || to in aliases;
  const packages = imports.map(({ to }) => to).filter((to) => !ours(to));
  const unknown = packages.filter(
    (name) =>
      !name.startsWith("node:") &&
      !Object.keys(owners).some((o) => name === o || name.startsWith(`${o}/`)),
  );
  expect(unknown).toEqual([]);
});

test("only the command line prints, reads arguments and ends the process", () => {
  const speaking = files.filter(
    (file) =>
      layerOf(file) !== "cli" &&
      /\bconsole\.|\bprocess\.(exit|argv|stdout|stderr|exitCode)\b/.test(textOf(file)),
  );
  expect(speaking).toEqual([]);
});

test("what a browser needs uses nothing of Node", () => {
  const platform: Readonly<Record<string, string>> = {
    "#engine": "engine/web.ts",
    "#worker": "training/worker-web.ts",
  };
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    if (!files.includes(file)) return;
    for (const { to, typesOnly } of importsOf(file)) if (!typesOnly) visit(platform[to] ?? to);
  };
  visit("web.ts");
  visit("training/worker.ts");
  expect([...seen]).toContain("training/fit.ts");
  expect([...seen].filter((name) => name.startsWith("node:"))).toEqual([]);
});

test("no file imports itself in a circle, types included", () => {
  const targets = new Map(
    files.map((file) => [
      file,
      [...new Set(importsOf(file).map(({ to }) => to))].filter((to) => to.endsWith(".ts")),
    ]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
    else if (!done.has(file)) {
      for (const to of targets.get(file) ?? []) visit(to, [...path, file]);
      done.add(file);
    }
  };
  for (const file of files) visit(file, []);
  expect(circles).toEqual([]);
});

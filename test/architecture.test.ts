import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { files, imports, importsOf, layerOf, text, textOf } from "./imports.ts";

/**
 * Who may import whom. A folder is a layer; files beside the folders go by their name. What is in `of` may
 * be used by every file of the layer, what is in `types` only as types. To move an arrow, change this list
 * first and say why in the commit.
 */
const layers: Readonly<
  Record<string, { readonly of: readonly string[]; readonly types?: readonly string[] }>
> = {
  invocation: { of: [] },
  errors: { of: ["invocation", "language"] },
  "error-items": { of: ["errors"], types: ["language"] },
  "carried-errors": { of: ["errors"] },
  "package-files": { of: ["errors"] },
  "missing-parts": { of: ["errors"] },
  "own-process": { of: ["package-files"] },
  random: { of: [] },
  callbacks: { of: [] },
  files: { of: ["errors"] },
  schema: { of: ["errors"] },
  nearest: { of: [] },
  language: { of: [] },
  "es-errors": { of: ["errors"] },
  "error-text": { of: ["errors", "es-errors", "language"] },
  options: { of: ["errors", "nearest", "schema"] },
  graph: { of: ["errors"] },
  onnx: { of: ["graph", "errors"] },
  engine: {
    of: ["onnx", "errors", "carried-errors", "package-files", "missing-parts", "own-process"],
    types: ["graph"],
  },
  nn: { of: ["graph", "errors", "random", "options", "schema"] },
  models: { of: ["graph", "nn", "errors", "options", "schema"] },
  training: {
    of: [
      "graph",
      "onnx",
      "engine",
      "nn",
      "callbacks",
      "errors",
      "carried-errors",
      "package-files",
      "own-process",
      "random",
      "files",
      "options",
      "schema",
    ],
  },
  keras: { of: ["graph", "nn", "models", "errors", "options", "schema"], types: ["training"] },
  metrics: { of: ["errors", "random", "options", "schema"] },
  baselines: { of: ["metrics", "errors", "random", "options", "schema"] },
  data: {
    of: [
      "errors",
      "es-errors",
      "invocation",
      "language",
      "missing-parts",
      "files",
      "metrics",
      "nearest",
      "options",
      "schema",
    ],
  },
  preparation: { of: ["graph", "metrics", "errors", "random"], types: ["data"] },
  charts: { of: ["metrics", "errors", "language"] },
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
      "invocation",
      "callbacks",
      "errors",
      "error-items",
      "language",
      "random",
      "files",
      "options",
      "schema",
    ],
  },
  http: { of: ["errors", "error-text", "schema"], types: ["language"] },
  server: {
    of: [
      "http",
      "charts",
      "engine",
      "metrics",
      "data",
      "tasks",
      "errors",
      "carried-errors",
      "package-files",
      "options",
      "schema",
    ],
    types: ["language"],
  },
  studio: {
    of: [
      "http",
      "charts",
      "data",
      "tasks",
      "invocation",
      "errors",
      "error-text",
      "carried-errors",
      "files",
      "language",
      "options",
      "schema",
    ],
  },
  cluster: {
    of: [
      "onnx",
      "nn",
      "training",
      "metrics",
      "data",
      "preparation",
      "tasks",
      "callbacks",
      "errors",
      "package-files",
      "random",
      "files",
      "options",
      "schema",
    ],
    types: ["language"],
  },
  cli: {
    of: [
      "http",
      "server",
      "studio",
      "cluster",
      "error-text",
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
      "invocation",
      "errors",
      "error-items",
      "es-errors",
      "language",
      "random",
      "files",
      "nearest",
      "schema",
      "node",
      "index",
    ],
  },
  index: {
    of: ["graph", "onnx", "nn", "models", "training", "keras", "metrics", "baselines", "errors"],
  },
  node: { of: ["index", "engine", "data", "tasks", "cluster"], types: ["charts", "language"] },
  web: { of: ["index", "engine"] },
};

interface Room {
  /** Rooms before it that it may import. */
  readonly of: readonly string[];
  /** Names of files, without their ending, that others may import; all of them where none are named. */
  readonly doors?: string;
}
type Rooms = Readonly<Record<string, Room>>;

/** The rooms of `src/data/`, first those that others stand on. */
const dataRooms: Rooms = {
  terms: { of: [] },
  native: { of: [] },
  files: { of: ["terms", "native"] },
  cells: { of: ["terms"] },
  columns: { of: ["terms", "native", "files", "cells"] },
  text: { of: ["terms", "files", "cells"] },
  typed: { of: ["terms", "native", "files", "text"] },
  workbook: { of: ["terms", "files", "text"] },
  arff: { of: ["terms", "files", "text"] },
  postgres: { of: ["terms", "native", "files", "typed"] },
  write: { of: ["terms", "native"] },
  paged: { of: ["terms", "native"] },
  pixels: { of: ["terms", "native", "files", "write"] },
  stored: { of: ["terms", "native", "files", "cells", "typed", "write", "pixels"] },
  memory: { of: ["terms", "cells", "columns", "pixels", "stored"] },
  tables: {
    of: [
      ...["terms", "native", "files", "columns", "text", "typed", "workbook", "arff"],
      ...["postgres", "stored"],
    ],
  },
  preview: { of: ["terms", "native", "files", "cells", "columns", "memory", "tables"] },
  images: { of: ["terms", "native", "files", "cells", "pixels", "stored", "tables"] },
  sequences: { of: ["terms", "files", "cells", "stored"] },
  arrays: { of: ["terms", "files", "cells", "stored", "tables", "images", "sequences"] },
};

/**
 * The rooms of `src/tasks/`, first those that others stand on, with their doors: the files that others may import
 * (other rooms, the command line, `node.ts`). Rooms have no index: one command would load all that it names.
 */
const taskRooms: Rooms = {
  suggest: { of: [], doors: "suggest window" },
  rows: {
    of: [],
    doors:
      "fingerprint labelled-rows labels marked-split marks moments pick read-marks row-hash row-names rows-per-period split split-units times",
  },
  verdicts: {
    of: [],
    doors:
      "alarms budget dependence newer-threshold packing separation sharing time-of-codes verdict",
  },
  scoring: {
    of: ["rows"],
    doors: "measure-spread requested residuals score-names scoring squared-cells",
  },
  model: {
    of: ["scoring"],
    doors:
      "arguments array-feeds array-graph array-model category-values finite-scores golden history metadata model-file model-half pca-metadata raw-rows read-bytes read-metadata table-feeds table-graph table-model threshold-record version",
  },
  score: {
    of: ["rows", "verdicts", "model"],
    doors:
      "array-reason-text array-reasons reason-text array-scores budget channel-means drift drift-notes error-beyond error-maps reasons rounding score score-stamps scores stamp-errors opened-row",
  },
  evaluate: {
    of: ["rows", "model", "score"],
    doors: "evaluate evaluation judge stamp-threshold",
  },
  lesson: {
    of: ["rows", "scoring", "model", "score"],
    doors:
      "array-scale design job lesson live live-frame live-rows log-columns network prepared prepared-store sizes deal train-notes train-options train-table-options",
  },
  opening: { of: ["suggest", "lesson"], doors: "open-data" },
  runs: {
    of: ["rows", "verdicts", "model", "evaluate", "lesson"],
    doors: "kept-run pause run run-comparison run-config run-folder run-lock run-summary",
  },
  ranking: {
    of: ["rows", "verdicts", "model", "score", "runs"],
    doors:
      "kept-ranking kept-scoring order paged-ranking ranked-numbers ranked-reason-text ranking-file",
  },
  ensemble: { of: ["rows", "scoring", "score", "lesson"], doors: "learn" },
  train: {
    of: ["rows", "verdicts", "scoring", "model", "score", "evaluate", "lesson", "ensemble"],
    doors: "begin-lesson describe-network made-model train train-arrays",
  },
  detect: {
    of: ["rows", "verdicts", "model", "score", "evaluate", "lesson", "runs", "ranking", "train"],
    doors:
      "array-detector beside detect detect-arrays detection-run detection-summary detector keep-detection keep-scoring rank rank-stamps threshold-table",
  },
  workbench: {
    of: ["rows", "scoring", "model", "score", "lesson", "train"],
    doors: "bench-errors bench-rows open-bench paired workbench",
  },
  reduce: {
    of: ["rows", "verdicts", "model", "score", "lesson", "train", "workbench"],
    doors: "influence latent-map mostly-time prepared-components reduce reduction study",
  },
  codes: { of: ["model", "runs", "reduce"], doors: "kept-codes" },
  compare: { of: ["rows", "verdicts", "lesson", "train", "workbench"], doors: "compare contest" },
  tune: { of: ["rows", "lesson", "train", "workbench", "compare"], doors: "search tune" },
  keras: {
    of: ["rows", "scoring", "model", "score", "evaluate", "lesson"],
    doors: "export-keras import-keras import-options imported-arrays",
  },
  report: {
    of: ["rows", "verdicts", "model", "score", "evaluate", "lesson", "opening"],
    doors: "gather kept-labels lead options report reproduce",
  },
  threshold: {
    of: ["rows", "model", "score", "evaluate", "report"],
    doors: "marked-threshold rethreshold replace-threshold",
  },
  compress: {
    of: ["model", "score"],
    doors: "block compress decompress exact-date header plan points rates source table-source",
  },
  denoise: {
    of: ["rows", "model", "compress"],
    doors:
      "changes clean-errors clean-series distance fill-choice filler filling images imputation quality rebuild series table tiles",
  },
  generate: {
    of: ["verdicts", "model", "report", "compress"],
    doors: "generate page quality table",
  },
};

/** Packages that only one layer knows. */
const owners: Readonly<Record<string, string>> = {
  "@bufbuild/protobuf": "onnx",
  "onnxruntime-common": "engine",
  "onnxruntime-node": "engine",
  "onnxruntime-web": "engine",
  "@duckdb/node-api": "data",
  sharp: "data",
  tiff: "data",
  yauzl: "data",
  fzstd: "data",
  "xxhash-wasm": "data",
  saxes: "data",
  "pg-cursor": "data",
  pg: "data",
  "ml-matrix": "metrics",
  h5wasm: "keras",
  fflate: "keras",
  "@observablehq/plot": "charts",
  linkedom: "charts",
  commander: "cli",
  open: "cli",
  zod: "schema",
  fastify: "http server studio",
  pino: "http",
  "pino-pretty": "http",
  "@fastify": "server studio",
  "prom-client": "server",
  "jsonc-parser": "server",
};

/** It names packages to tell what is missing; it imports none. */
const namer = "missing-parts.ts";
const foreign = (owner: string) => (file: string) =>
  !owner.split(" ").includes(layerOf(file)) && file !== namer;

/** Platform code behind an alias of package.json. */
const aliases: Readonly<Record<string, string>> = {
  "#bounded": "keras",
  "#engine": "engine",
  "#worker": "training",
};

/** The rooms of the layers that have some. */
const housed: Readonly<Record<string, Rooms>> = { data: dataRooms, tasks: taskRooms };

/** The room of a file; null for a file of a layer without rooms, "" for one beside them. */
const roomOf = (file: string): string | null =>
  layerOf(file) in housed ? (file.split("/").slice(0, -1)[1] ?? "") : null;

test("the imports are found", () => {
  // a guard for the pattern of imports.ts: without it all that follows would pass on nothing
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

describe.each(Object.entries(housed))("the rooms of %s", (layer, rooms) => {
  const doorsOf = (room: string): readonly string[] =>
    (rooms[room]?.doors?.split(" ") ?? []).map((name) => `${layer}/${room}/${name}.ts`);
  /** What comes into a room from outside of it. */
  const entering = imports.filter(
    ({ from, to }) =>
      layerOf(to) === layer && (layerOf(from) !== layer || roomOf(from) !== roomOf(to)),
  );
  const between = entering.filter(({ from }) => layerOf(from) === layer);

  test("hold every file of it, and the list names no other", () => {
    const found = files.filter((file) => layerOf(file) === layer).map(roomOf);
    expect([...new Set(found)].sort()).toEqual(Object.keys(rooms).sort());
  });

  test("import only rooms that they may, all of them before them in the list", () => {
    const order = Object.keys(rooms);
    const later = order.flatMap((room, i) =>
      rooms[room]!.of.filter((to) => !order.slice(0, i).includes(to)).map(
        (to) => `${room} -> ${to}`,
      ),
    );
    expect(later).toEqual([]);
    const wrong = between.filter(({ from, to }) => !rooms[roomOf(from)!]?.of.includes(roomOf(to)!));
    expect(wrong.map(text)).toEqual([]);
  });

  test("are entered only by their doors", () => {
    const closed = entering.filter(({ to }) => rooms[roomOf(to)!]?.doors !== undefined);
    const wrong = closed.filter(({ to }) => !doorsOf(roomOf(to)!).includes(to));
    expect(wrong.map(text)).toEqual([]);
  });

  test("have no arrow and no door in the list that no import needs", () => {
    const arrows = new Set(between.map(({ from, to }) => `${roomOf(from)} -> ${roomOf(to)}`));
    const entered = new Set(entering.map(({ to }) => to));
    const idle = Object.entries(rooms).flatMap(([room, { of }]) => [
      ...of.map((to) => `${room} -> ${to}`).filter((arrow) => !arrows.has(arrow)),
      ...doorsOf(room).filter((door) => !entered.has(door)),
    ]);
    expect(idle).toEqual([]);
  });

  test("are the map in ARCHITECTURE.md", () => {
    const page = readFileSync(new URL("../ARCHITECTURE.md", import.meta.url), "utf8");
    const section = page.split(`## The rooms of \`${layer}/\`\n`)[1]!.split("\n## ")[0]!;
    const rows = [...section.matchAll(/^\| `(\w+)\/` \| .+ \| (.+) \|$/gm)];
    const written = rows.map(([, room, uses]) => `${room}: ${uses}`);
    expect(written).toEqual(
      Object.entries(rooms).map(([room, { of }]) => `${room}: ${of.join(", ") || "nothing"}`),
    );
  });
});

describe("only one layer knows", () => {
  test.each(Object.entries(owners))("%s: %s", (name, owner) => {
    const users = imports.filter(({ to }) => to === name || to.startsWith(`${name}/`));
    expect(users.filter(({ from }) => foreign(owner)(from)).map(text)).toEqual([]);
    // a word that is also the name of a package is looked for where it is loaded
    const loads = name === "open" ? `import("${name}` : `"${name}`;
    const named = files.filter((file) => textOf(file).includes(loads));
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
      // programs that it writes print
      file !== "invocation/snippets.ts" &&
      /\bconsole\.|\bprocess\.(exit|argv|stdout|stderr|exitCode)\b/.test(textOf(file)),
  );
  expect(speaking).toEqual([]);
});

test("what a browser needs uses nothing of Node", () => {
  const platform: Readonly<Record<string, string>> = {
    "#bounded": "keras/bounded-web.ts",
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

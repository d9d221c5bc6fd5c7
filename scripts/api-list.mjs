// docs/api.md: every value that the package exports, with the first sentence of its doc comment.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The first sentence of the doc comment of each exported name, from the sources. */
function sentences() {
  const found = new Map();
  const declared =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:async )?(?:function\*?|const|class|abstract class) (\w+)/g;
  for (const file of readdirSync(join(root, "src"), { recursive: true })) {
    if (!String(file).endsWith(".ts")) continue;
    for (const [, comment, name] of readFileSync(join(root, "src", String(file)), "utf8").matchAll(
      declared,
    )) {
      const text = comment
        .replace(/^\s*\*\s?/gm, " ")
        .replace(/\s+/g, " ")
        .trim();
      const sentence = text.match(/^.*?[.:;](?=\s|$)/)?.[0] ?? text;
      if (!found.has(name)) found.set(name, new Map());
      found.get(name).set(String(file), sentence.replace(/[:;]$/, "."));
    }
  }
  return found;
}

/** Names and sentences of an entry; a name without a sentence gets an empty one. */
async function exportsOf(entry, folders) {
  const known = sentences();
  const names = Object.keys(await import(`../dist/${entry}.js`)).sort((a, b) => a.localeCompare(b));
  return names.map((name) => {
    const places = known.get(name) ?? new Map();
    const file = [...places.keys()].find((place) =>
      folders.some((folder) => place.startsWith(folder)),
    );
    const sentence = places.get(file ?? [...places.keys()][0]) ?? namespaces[name] ?? "";
    return { name, sentence };
  });
}

/** Exports that are modules. */
const namespaces = {
  metrics: "How well it does: ROC, thresholds, PCA, as functions of arrays.",
  baselines: "What an autoencoder must beat: isolation forest, nearest neighbours.",
};

const everywhere = ["graph", "nn", "models", "training", "onnx", "errors"];

/** The exports of each entry that another does not already have. */
export async function entries() {
  const portable = await exportsOf("index", everywhere);
  const names = new Set(portable.map(({ name }) => name));
  const only = (list) => list.filter(({ name }) => !names.has(name));
  return [
    { title: "espejo", about: "Wherever it runs.", exports: portable },
    {
      title: "espejo/node",
      about: "All of `espejo`, and what needs Node.",
      exports: only(await exportsOf("node", ["tasks", "data", "engine/node"])),
    },
    {
      title: "espejo/web",
      about: "All of `espejo`, and the engine of browsers.",
      exports: only(await exportsOf("web", ["engine/web"])),
    },
  ];
}

/** The page as it should be. */
export async function page() {
  const parts = (await entries()).map(({ title, about, exports }) =>
    [
      `## ${title}`,
      "",
      about,
      "",
      "| name | what |",
      "|---|---|",
      ...exports.map(
        ({ name, sentence }) => `| \`${name}\` | ${sentence.replaceAll("|", "\\|")} |`,
      ),
    ].join("\n"),
  );
  const head =
    "# What the package exports\n\nEvery value by its entry; types and options are in the editor. Made from the doc comments by\n`node scripts/api-list.mjs`; a test keeps it so.";
  return `${[head, ...parts].join("\n\n")}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(join(root, "docs", "api.md"), await page());

/**
 * Writes what Spark's workers need to know and the TypeScript sources say, as data files of the Python package: the texts of
 * reasons and errors, and what a model file may require. `node scripts/cluster/words.mjs` after a build; test/cluster/words.test.ts
 * fails where they are not as the sources have them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const python = fileURLToPath(new URL("../../cluster/espejo_spark", import.meta.url));

const languages = ["en", "es"];
const texts = ["missing", "other", "expected", "similar", "unlikely"];

/** The data files by name, from the modules that have what they say. */
export function clusterWords({ catalogues, catalogue, otherCategory, newestSchema, requirements }) {
  const reasonWords = Object.fromEntries(
    languages.map((language) => [
      language,
      {
        otherCategory,
        ...Object.fromEntries(texts.map((key) => [key, catalogues[language][`reason.${key}`]])),
      },
    ]),
  );
  const modelFormat = { newestSchema, requirements: [...requirements] };
  const file = (data) => `${JSON.stringify(data, null, 2)}\n`;
  const errorWords = Object.fromEntries(codesRaised().map((code) => [code, catalogue[code].text]));
  return {
    "reason_words.json": file(reasonWords),
    "error_words.json": file(errorWords),
    "model_format.json": file(modelFormat),
  };
}

/** The codes of errors that the Python package raises. */
function codesRaised() {
  const sources = readdirSync(python)
    .filter((name) => name.endsWith(".py"))
    .map((name) => readFileSync(join(python, name), "utf8"));
  const found = sources.flatMap((text) =>
    [...text.matchAll(/Failure\(\s*"(\w+)"/g)].map(([, code]) => code),
  );
  return [...new Set(found)].sort();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = new URL("../../", import.meta.url);
  const from = (path) => import(new URL(`dist/${path}`, root).href);
  const sources = await Promise.all(
    ["cli/language.js", "errors.js", "preparation/plan.js", "tasks/model/read-metadata.js"].map(
      from,
    ),
  );
  for (const [name, text] of Object.entries(clusterWords(Object.assign({}, ...sources))))
    await writeFile(join(python, name), text);
}

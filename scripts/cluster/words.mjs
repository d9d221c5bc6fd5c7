/**
 * Writes what Spark's workers need to know and the TypeScript sources say, as data files of the Python package: the texts of
 * reasons, and what a model file may require. `node scripts/cluster/words.mjs` after a build; test/cluster/words.test.ts
 * fails where they are not as the sources have them.
 */
import { writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const languages = ["en", "es"];
const texts = ["missing", "other", "expected", "similar", "unlikely"];

/** The data files by name, from the modules that have what they say. */
export function clusterWords({ catalogues, otherCategory, newestSchema, requirements }) {
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
  return { "reason_words.json": file(reasonWords), "model_format.json": file(modelFormat) };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const root = new URL("../../", import.meta.url);
  const from = (path) => import(new URL(`dist/${path}`, root).href);
  const sources = await Promise.all(
    ["cli/language.js", "preparation/plan.js", "tasks/model/read-metadata.js"].map(from),
  );
  for (const [name, text] of Object.entries(clusterWords(Object.assign({}, ...sources))))
    await writeFile(fileURLToPath(new URL(`cluster/espejo_spark/${name}`, root)), text);
}

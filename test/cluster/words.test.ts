import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clusterWords } from "../../scripts/cluster/words.mjs";
import { catalogues } from "../../src/cli/language.ts";
import { catalogue } from "../../src/errors.ts";
import { otherCategory } from "../../src/preparation/plan.ts";
import { newestSchema, requirements } from "../../src/tasks/model/read-metadata.ts";

test("what workers of Spark say and know is what the sources have: node scripts/cluster/words.mjs", () => {
  const files = clusterWords({ catalogues, catalogue, otherCategory, newestSchema, requirements });
  expect(Object.keys(files)).toEqual([
    ...["reason_words.json", "error_words.json", "model_format.json"],
  ]);
  for (const [name, text] of Object.entries(files)) {
    const path = new URL(`../../cluster/espejo_spark/${name}`, import.meta.url);
    expect(readFileSync(path, "utf8")).toBe(text);
    expect(text).not.toContain("undefined");
  }
});

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { cellRules } from "../../src/data/cells/rules.ts";

const path = fileURLToPath(new URL("../../cluster/espejo_spark/rules.json", import.meta.url));

// ESPEJO_UPDATE=1 writes the file anew.
test("the rules that Python reads cells by are those of the sources", () => {
  const text = `${JSON.stringify(cellRules, null, 1)}\n`;
  if (process.env.ESPEJO_UPDATE) writeFileSync(path, text);
  expect(readFileSync(path, "utf8")).toBe(text);
});

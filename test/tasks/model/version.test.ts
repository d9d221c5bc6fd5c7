import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { espejoVersion } from "../../../src/tasks/model/version.ts";

test("the version is that of package.json", () => {
  const text = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  expect(espejoVersion).toBe(JSON.parse(text).version);
});

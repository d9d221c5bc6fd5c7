import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
// @ts-expect-error a plain script without types
import { entries, page } from "../scripts/api-list.mjs";

interface Entry {
  readonly title: string;
  readonly exports: readonly { readonly name: string; readonly sentence: string }[];
}

test("every exported value has a doc comment", async () => {
  const bare = ((await entries()) as Entry[]).flatMap(({ exports }) =>
    exports.filter(({ sentence }) => sentence === "").map(({ name }) => name),
  );
  expect(bare).toEqual([]);
});

test("docs/api.md lists what the package exports, no more and no less", async () => {
  const written = readFileSync(new URL("../docs/api.md", import.meta.url), "utf8");
  expect(written).toBe(await page());
});

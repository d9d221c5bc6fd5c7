import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { espejo, fileIn, folder } from "./helpers.ts";

test("rows of a panel are called by key and time, in words and in files", async () => {
  const place = folder();
  const lines = ["land,jahr,wert,menge"];
  for (let i = 0; i < 200; i++) {
    const odd = i === 77 ? 40 : 0;
    lines.push(`L${i % 10},${2000 + Math.floor(i / 10)},${(i % 7) + odd},${(i % 7) * 2 - odd}`);
  }
  fileIn(place, "panel.csv", `${lines.join("\n")}\n`);
  const words = ["detect", "panel.csv", "--kind", "basic", "--epochs", "5", "--threshold", "max"];
  const { code, out } = await espejo([...words, "-o", "r.csv", "--top", "3"], { in: place });
  expect(code).toBe(0);
  expect(out).toContain("1. L7, 2007  score");
  const [head, first] = readFileSync(join(place, "r.csv"), "utf8").split("\n");
  expect(head).toMatch(/^rank,land,jahr,score,/);
  expect(first).toMatch(/^1,L7,2007,/);
});

import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { textLines } from "../../src/data/text/text-lines.ts";
import { file } from "./helpers.ts";

test("all lines of a file come, however late the first is asked for", async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `row ${i}`);
  const lines = textLines(file(rows.join("\n")));
  // long enough for what would read by itself
  await wait(200);
  const read: string[] = [];
  for await (const line of lines) read.push(line);
  expect(read).toEqual(rows);
});

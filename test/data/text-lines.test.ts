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

test("lines end as files end them, not where a cell holds a separator of Unicode", async () => {
  const long = "x".repeat(65_535);
  for (const [text, expected] of [
    ["a\r\nb\nc\rd", ["a", "b", "c", "d"]],
    ["a\u2028b\u2029c\n\nd\n", ["a\u2028b\u2029c", "", "d"]],
    [`${long}\r\nb\r`, [long, "b"]],
    [`${long}\rb${long}${long}é\n`, [long, `b${long}${long}é`]],
  ] as const) {
    const read: string[] = [];
    for await (const line of textLines(file(text))) read.push(line);
    expect(read).toEqual(expected);
  }
});

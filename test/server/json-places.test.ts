import fc from "fast-check";
import { expect, test } from "vitest";
import { phraseText } from "../../src/errors.ts";
import { jsonOfBody, jsonOfLines } from "../../src/server/decode/json-body.ts";
import { whereJsonBreaks } from "../../src/server/decode/json-places.ts";

test.each([
  ['{"a": nope}', 'line 1, character 7: "nope" cannot stand there'],
  ['{"a": 1,\n "b" 2}', 'line 2, character 6: "2" cannot stand there'],
  ["{'a': 1}", "line 1, character 2: \"'a'\" cannot stand there"],
  ["[1, 2,]", 'line 1, character 7: "]" cannot stand there'],
  ["[1]x", 'line 1, character 4: "x" cannot stand there'],
  ['["a\nb"]', 'line 1, character 2: "\\"a" cannot stand there'],
  ['["\\x"]', 'line 1, character 2: "\\"\\\\x\\"" cannot stand there'],
  ["// all", 'line 1, character 1: "// all" cannot stand there'],
  ['[NaN, "NaN", Infinity]', 'line 1, character 14: "Infinity" cannot stand there'],
  [`[${"x".repeat(50)}]`, 'line 1, character 2: "xxxxxxxxxxxxxxxxx..." cannot stand there'],
  ["[1, ", "it ends too early"],
  ['{"a": "b', "it ends too early"],
  ["", "it ends too early"],
])("where %j stops being JSON", (text, told) => {
  expect(phraseText(whereJsonBreaks(text)!)).toBe(told);
});

test("what the parser refuses breaks somewhere, and what it takes nowhere", () => {
  const part = fc.constantFrom(
    ...["{", "}", "[", "]", ",", ":", '"a"', '"', "1", "-", "0", ".", "e", "+", "true", "nul"],
    ...[
      "null",
      " ",
      "\n",
      "\t",
      "\r",
      "\u00a0",
      "\ufeff",
      "\u2028",
      "\\",
      "\\u12",
      "\u0001",
      "/",
      "é",
    ],
  );
  const taken = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const text = parts.join("");
      const told = whereJsonBreaks(text);
      expect(told === null).toBe(taken(text));
      if (told?.phrase !== "json_stands") return;
      // what stands before the place is whole, or could be made so
      const { line, character } = told.parameters as Record<"line" | "character", number>;
      const lines = text.split(/\r\n|\n|\r/);
      const before = [...lines.slice(0, line - 1), lines[line - 1]!.slice(0, character - 1)];
      expect([undefined, "json_ends"]).toContain(whereJsonBreaks(before.join("\n"))?.phrase);
    }),
    { numRuns: 5000 },
  );
});

test("brackets behind a text that never ends are not followed", () => {
  const body = Buffer.from(`"\n${"[".repeat(200_000)}`);
  expect(() => jsonOfBody(body)).toThrow(/line 1, character 1/);
  expect(() => jsonOfLines(Buffer.from(`1\n${"[".repeat(100)}`))).toThrow(/more than 32 levels/);
  expect(() => jsonOfLines(Buffer.from("1\n\n{nope"))).toThrow(/line 3, character 2/);
  expect(jsonOfLines(Buffer.from('{"a": NaN}\n2\n'))).toEqual([{ a: null }, 2]);
});

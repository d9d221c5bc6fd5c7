import fc from "fast-check";
import { expect, test } from "vitest";
import { optionAbout } from "../../src/invocation/about.ts";
import { optionIn, shellOf } from "../../src/invocation/shell.ts";
import { wordsIn } from "./shells.ts";

const awkward = [
  ...["it's", 'a "b"', "a;b", "$HOME", "`ls`", "a b", "!x", "it's !x", "*", "~/x", "=ls", "#x"],
  ...["año 2024.csv", "a\nb", "tab\there", "\u202eabc", "back\\slash", "a&&b", "(x)", "{a,b}", ""],
];

test.each(awkward)("a shell reads %j as it was", (word) => {
  const call = { verb: "detect", data: `data/${word}`, options: { label: word } } as const;
  expect(wordsIn(shellOf(call, "posix"))).toEqual(["espejo", "detect", call.data, "--label", word]);
});

test("a shell reads any words as they were", () => {
  const text = fc.string({ unit: "grapheme-ascii", maxLength: 12 });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (missing) => {
      const line = shellOf({ verb: "score", data: "x.csv", options: { missing } }, "posix");
      const words = missing.flatMap((each) => ["--missing", each]);
      expect(wordsIn(line)).toEqual(["espejo", "score", "x.csv", ...words]);
    }),
    { numRuns: 40 },
  );
});

test("what is plain is not quoted", () => {
  const options = { label: "año", window: 12, log: ["a", "b"], model: "m.onnx" };
  expect(shellOf({ verb: "score", data: "data/x.csv.gz", options }, "posix")).toBe(
    "espejo score data/x.csv.gz --label año --window 12 --log a,b -m m.onnx",
  );
});

test("a file whose name begins with a dash is no option", () => {
  expect(shellOf({ verb: "detect", data: "-x.csv", options: {} }, "posix")).toBe(
    "espejo detect ./-x.csv",
  );
  expect(shellOf({ verb: "detect", data: "-", options: {} }, "posix")).toBe("espejo detect -");
});

test("on Windows double quotes hold what is not plain, and backslashes stay", () => {
  const of = (data: string): string => shellOf({ verb: "detect", data, options: {} }, "windows");
  expect(of("C:\\data\\x.csv")).toBe("espejo detect C:\\data\\x.csv");
  expect(of("C:\\my data\\x.csv")).toBe('espejo detect "C:\\my data\\x.csv"');
  expect(of("C:\\my data\\")).toBe('espejo detect "C:\\my data\\\\"');
  expect(of('a "b".csv')).toBe('espejo detect "a \\"b\\".csv"');
  expect(optionIn("log", ["a", "b"], "windows")).toBe('--log "a,b"');
});

test("an option about a column or a value of the data is one word, however it is called", () => {
  expect(optionAbout("types", ["unit, old"], "=category")).toBe("--types '\"unit, old=category\"'");
  expect(optionAbout("missing", ["it's"], "")).toBe('--missing "it\'s"');
  expect(optionAbout("log", ["a", "b, c"], "")).toBe("--log 'a,\"b, c\"'");
});

test("text that was cut short is never inside a command", () => {
  expect(optionAbout("missing", ["a long text that is cut..."], "")).toBe("--missing VALUE");
});

import { expect, test } from "vitest";
import { tsvOf } from "../../src/explore/ranking/tsv.ts";

test("a cell ends neither its line nor its column", () => {
  expect(
    tsvOf([
      ["a", "b"],
      ["1\t2", "x\r\ny"],
    ]),
  ).toBe("a\tb\n1 2\tx y");
});

import { expect, test } from "vitest";
import { plainNumber } from "../../src/explore/plain-number.ts";
import { typedNumber } from "../../src/writing.ts";

test("a number is written so that it can be typed", () => {
  expect(plainNumber(1234567.25, ",")).toBe("1234567,25");
  expect(plainNumber(0.123456789, ".", 6)).toBe("0.123457");
  expect(plainNumber(1e-9, ",")).toBe("1e-9");
  for (const mark of [",", "."])
    for (const value of [0.5, -12.75, 1e-9, 1.5e21, 284807])
      expect(typedNumber(plainNumber(value, mark))).toBe(value);
});

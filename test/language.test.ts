import { expect, test } from "vitest";
import { groupedText } from "../src/language.ts";

test.each([
  ["1234567.25", "1,234,567.25", "1\u00a0234\u00a0567,25"],
  ["-12345", "-12,345", "-12\u00a0345"],
  ["5492", "5,492", "5492"],
  ["0.00001234", "0.00001234", "0,00001234"],
  ["1e+21", "1e+21", "1e+21"],
  ["2020Q1", "2020Q1", "2020Q1"],
])("%s is as each language writes it", (plain, en, es) => {
  expect([groupedText(plain, "en"), groupedText(plain, "es")]).toEqual([en, es]);
});

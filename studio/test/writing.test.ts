import { expect, test } from "vitest";
import { fill } from "../src/texts/fill.ts";
import { typedNumber, writing } from "../src/writing.ts";

const english = writing("en", ["de-DE", "en-GB"]);
const spanish = writing("es", ["es-ES", "en-GB"]);

test("numbers are written as in the language of the page", () => {
  expect(english.count(284807)).toBe("284,807");
  expect(spanish.count(284807)).toBe("284.807");
  expect(english.value(1234.5678)).toBe("1,235");
  expect(spanish.value(0.12345)).toBe("0,1235");
  expect(english.value(1234567.8)).toBe("1,234,568");
  expect(english.value(0)).toBe("0");
  expect(english.value(0.00001234)).toBe("1.23E-5");
});

test("a region of the person that speaks the language decides", () => {
  expect(writing("es", ["es-MX"]).value(0.5)).toBe("0.5");
});

test("dates are days since 1970", () => {
  expect(english.date(20454)).toBe("1 Jan 2026");
});

test("typed numbers have a comma or a point", () => {
  expect(typedNumber(" 2,5 ")).toBe(2.5);
  expect(typedNumber("2.5")).toBe(2.5);
  expect(typedNumber("-,5")).toBe(-0.5);
  expect(typedNumber("1e3")).toBe(1000);
  for (const text of ["", "1.234,5", "1,234,567", "12 %", "x", "."])
    expect(typedNumber(text)).toBeNaN();
});

test("a text gets its places, and the word for one or several", () => {
  const text = "{rows} {rows:row|rows} of {name}";
  expect(fill(text, { rows: 1, name: "{rows}" }, String)).toBe("1 row of {rows}");
  expect(fill(text, { rows: 5492 }, english.count)).toBe("5,492 rows of {name}");
});

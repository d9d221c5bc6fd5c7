import { expect, test } from "vitest";
import { espejo, fileIn, folder } from "./helpers.ts";

/** Six years of rates of which some are not known, or provisional, and one column with another mark. */
const years = Array.from({ length: 6 }, (_, j) => `y${2010 + j}`);
const cell = (i: number, j: number): string =>
  (i + j) % 11 === 0
    ? ":"
    : `${(((i + 3) * (j + 5) * 7919) % 1009) / 10}${(i + j) % 5 ? "" : " p"}`;
const content = [
  ["region", ...years, "other"].join(","),
  ...Array.from({ length: 80 }, (_, i) =>
    [`r${i}`, ...years.map((_, j) => cell(i, j)), i % 9 ? String(i * 1.5) : ".."].join(","),
  ),
].join("\n");

test("what holds of many columns is said once, with their names, in both languages", async () => {
  const path = fileIn(folder(), "rates.csv", `${content}\n`);
  const { err } = await espejo(["inspect", path]);
  expect(err.match(/":" in column/g)).toHaveLength(1);
  expect(err).toContain("5 more columns alike: y2011, y2012, y2013, y2014, y2015");
  // another mark is another doubt
  expect(err).toContain('".." in column "other" is read as missing');
  const spanish = await espejo(["inspect", path, "--lang", "es"]);
  expect(spanish.err).toContain("otras 5 columnas igual: y2011, y2012, y2013, y2014, y2015");
  const detected = await espejo(["detect", path, "--alone", "--epochs", "1"]);
  expect(detected.err.match(/":" in column/g)).toHaveLength(1);
  // programs are told each
  const { out } = await espejo(["inspect", path, "--json"]);
  const { doubts } = JSON.parse(out) as { doubts: readonly { code: string }[] };
  expect(doubts.filter(({ code }) => code === "marks_found")).toHaveLength(7);
});

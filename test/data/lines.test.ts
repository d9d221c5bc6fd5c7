import { describe, expect, test } from "vitest";
import type { OpenOptions } from "../../src/data/terms/table.ts";
import { saidBy, zip } from "./arrays.ts";
import { file, open, refused, rowsOf, table } from "./helpers.ts";

const rows = (n: number, row: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => row(i)).join("\n");
const plain = rows(20, (i) => `k${i % 4},${i},${i / 7}`);

type Case = readonly [
  what: string,
  text: string,
  names: string,
  rows: number,
  codes: string,
  options?: OpenOptions,
];

/** A text, the names and rows that it has, and the codes of what is said of its lines. */
const texts: readonly Case[] = [
  ["a title of several cells", `Made by,someone\nk,x,y\n${plain}\n`, "k x y", 20, "line_skipped"],
  ["a title longer than the rows", `a,b,c,d,e\nk,x,y\n${plain}\n`, "k x y", 20, "line_skipped"],
  ["comments above", `# a, b\n# c\nk,x,y\n${plain}\n`, "k x y", 20, "line_skipped line_skipped"],
  ["a comment among rows", `k,x,y\n${plain}\n# seen\nz,1,2\n`, "k x y", 21, "lines_comment"],
  [
    "a statement of the delimiter",
    `sep=;\nk;x\n${rows(9, (i) => `k;${i}`)}\n`,
    "k x",
    9,
    "line_skipped",
  ],
  ["lines of delimiters", `k,x,y\n${plain}\n,,\n,,\nz,1,2\n,,\n`, "k x y", 21, "lines_blank"],
  ["the header once more", `k,x,y\n${plain}\nk,x,y\nz,1,2\n`, "k x y", 21, "lines_header"],
  [
    "a second table of the same kind",
    `Hotels,,\n,,\nk,x,y\n${plain}\n,,\nTrains,,\n,,\nk,x,y\nz,1,2\n`,
    "k x y",
    21,
    "line_skipped lines_blank lines_title lines_header",
  ],
  [
    "rows that end with a delimiter",
    `k,x,y\n${plain.replaceAll("\n", ",\n")},\n`,
    "k x y",
    20,
    "rows_long",
  ],
  ["a header that ends with one", `k,x,y,\n${plain}\n`, "k x y", 20, ""],
  ["a row of another length", `k,x,y\n${plain}\n1,2,3,4\nz,1,2\n`, "k x y", 21, "rows_odd"],
  ["a last line cut short", `k,x,y\n${plain}\nz,1\n`, "k x y", 20, "rows_odd"],
  [
    "rows without the missing cells at their ends",
    `k,x,y\n${rows(20, (i) => (i % 4 ? `k,${i},2` : `k,${i}`))}\n`,
    "k x y",
    20,
    "rows_short",
  ],
  [
    "names twice",
    `x,k,x,x_2\n${rows(9, (i) => `${i},k,${i},1`)}\n`,
    "x k x_3 x_2",
    9,
    "names_repeated",
  ],
  [
    "a header of two lines",
    `Day,Travel,,Total\n,Air,Rail,\n${rows(9, (i) => `d,${i},${i + 1},${2 * i + 1}`)}\n`,
    "Day|Travel Air|Travel Rail|Total",
    9,
    "header_joined",
  ],
  [
    "years as names",
    `k,2023,2022,2021\n${rows(9, (i) => `k,${i}.5,1,${i}`)}\n`,
    "k 2023 2022 2021",
    9,
    "header_numbers",
  ],
  [
    "months as names",
    `2023-01,2023-02,2023-03\n${rows(9, (i) => `${i}.5,1,${i}`)}\n`,
    "2023-01 2023-02 2023-03",
    9,
    "header_numbers",
  ],
  [
    "numbers as names",
    `0,1,2\n${rows(9, (i) => `${i}.5,-${i}.25,${i}.75`)}\n`,
    "0 1 2",
    9,
    "header_numbers",
  ],
  [
    "numbers that are a row",
    rows(9, (i) => `${i},${i + 1},${i + 2}`),
    "column_1 column_2 column_3",
    9,
    "",
  ],
  ["a zero byte", `k,x,y\n${plain}\nz\0,1,2\n`, "k x y", 21, "zeros_left_out"],
  [
    "wrongly saved quotes",
    `k,x\n${rows(9, (i) => `it\u0092s,${i}`)}\n`,
    "k x",
    9,
    "characters_mended",
  ],
  [
    "a stray quote",
    `k,x\n${rows(9, (i) => `k,${i}`)}\n"z,10\n${rows(9, (i) => `k,${i}`)}\n`,
    "k x",
    19,
    "",
  ],
  ["backslashes before quotes", `k,x\n${rows(9, (i) => `"a \\"b\\", c",${i}`)}\n`, "k x", 9, ""],
  ["a company called Total", `k,x,y\n${plain}\nTotal,1,2\n`, "k x y", 21, "", { footer: false }],
];

const ofLines = /^(line|lines|rows|names|header|zeros|characters)_/;

test.each(texts)("%s", async (...given) => {
  const [, text, names, count, codes, options = {}] = given as unknown as Case;
  const source = await table(text, options);
  const separator = names.includes("|") ? "|" : " ";
  expect(source.columns.map(({ name }) => name).join(separator)).toBe(names);
  expect(source.rows).toBe(count);
  const said = source.notes.map(({ code }) => code).filter((code) => ofLines.test(code));
  expect(said.join(" ")).toBe(codes);
});

test("what is kept of a text with odd lines is what stands there", async () => {
  const source = await table(`k,x\n,\n"a ""b""",1\nk,x\n"c\nd",2\n1,2,3\ne,3\n`);
  const { numeric, text } = await rowsOf(source, { numeric: ["x"], text: ["k"] });
  expect(numeric).toEqual([1, 2, 3]);
  expect(text).toEqual([['a "b"', "c\nd", "e"]]);
});

test("the line of a cell is that of the file, whatever was left out above it", async () => {
  const text = `Title\n\nk,x\n,\n${rows(40, (i) => `"a\nb",${i}`)}\nk,x\nz,bad\n`;
  const source = await table(text);
  expect(source.notes.find(({ code }) => code === "cells_unread")).toMatchObject({
    parameters: { line: 86, value: "bad", bad: 1, cells: 41 },
  });
});

test("names of a model come first: a line that holds them is the header", async () => {
  const known = await table(`k,2023,2022\n${rows(9, (i) => `k,${i}.5,${i * i}`)}\n`, {
    header: true,
  });
  const source = await table(`2022,k,2023\n${rows(9, (i) => `${i * i},k,${i}.5`)}\n`, {
    expect: known.columns,
  });
  expect(source.columns.map(({ name }) => name)).toEqual(["2022", "k", "2023"]);
  const { numeric } = await rowsOf(source, { numeric: ["2023"] });
  expect(numeric.slice(0, 3)).toEqual([0.5, 1.5, 2.5]);
});

describe("cells that a column of numbers cannot hold", () => {
  const few = `x,k\n${rows(40, (i) => `${i === 7 ? "<=5" : i},${i % 3}`)}\n`;
  test("are missing and said where they are few, refused strictly", async () => {
    const source = await table(few);
    const { numeric } = await rowsOf(source, { numeric: ["x"] });
    expect(numeric[7]).toBeNaN();
    expect(source.columns[0]!.profile).toMatchObject({ missing: 1, unread: 1 });
    expect(saidBy(source)).toContain(
      'column "x": 1 of 40 cells is no number, such as "<=5" in line 9: taken as missing; --strict refuses that',
    );
    expect((await refused(few, { strict: true })).code).toBe("cell_unreadable");
  });
  test("make it a category where they are many, which is said with the choice", async () => {
    const many = `x,k\n${rows(40, (i) => `${i % 9 === 5 ? "low" : i % 7},${i % 3}`)}\n`;
    const source = await table(many);
    expect(source.columns[0]).toMatchObject({ type: "category", why: { code: "why_mixed" } });
    const stated = await table(many, { types: { x: "number" } });
    expect(stated.columns[0]).toMatchObject({ type: "number", profile: { unread: 4 } });
  });
});

test("lines beyond the head that are no rows are found, and what was said of the file is not forgotten", async () => {
  const text = (odd: string): string => `k,x\n${rows(6000, (i) => `k${i % 3},${i}`)}\n${odd}z,1\n`;
  const said = async (odd: string): Promise<readonly string[]> => {
    const files = { "t.csv": text(odd), "readme.txt": "about it" };
    const source = await open(file(zip(files), "t.zip"));
    expect(source.rows).toBe(6001);
    return source.notes.map(({ code }) => code);
  };
  const plain = await said("");
  expect(plain.length).toBeGreaterThan(0);
  for (const [odd, code] of [
    [",\n", "lines_blank"],
    ["k,x\n", "lines_header"],
    ["1,2,3\n", "rows_odd"],
  ] as const)
    expect(await said(odd)).toEqual(expect.arrayContaining([...plain, code]));
});

test("a line that is shown is one line, however many it spans", async () => {
  const source = await table(`"A title\nof two lines",,\n\nk,x,y\n${plain}\n,,\n"odd\n  one",1\n`);
  expect(source.notes.map(({ parameters: { text } }) => text)).toContain(
    '"A title of two lines",,',
  );
  expect(saidBy(source).join("")).not.toContain("\n");
});

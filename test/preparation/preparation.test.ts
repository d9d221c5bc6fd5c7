import { describe, expect, test } from "vitest";
import { back } from "../../src/preparation/back.ts";
import { front } from "../../src/preparation/front.ts";
import { otherCategory, type Preparation, widthOf } from "../../src/preparation/plan.ts";
import { gatherStatistics, type PreparationOptions } from "../../src/preparation/statistics.ts";
import { compute, farthest, type Given } from "../graph/compute.ts";

interface Rows {
  readonly numeric?: readonly (readonly number[])[];
  readonly categories?: readonly (readonly string[])[];
}

/** The preparation that some rows lead to. */
function learn(
  { numeric = [], categories = [] }: Rows,
  {
    keep = () => true,
    dates = [],
    ...options
  }: PreparationOptions & { keep?: (row: number) => boolean; dates?: readonly number[] } = {},
): Preparation {
  const columns = (width: number, letter: string) =>
    Array.from({ length: width }, (_, j) => ({
      name: `${letter}${j}`,
      date: letter === "n" && dates.includes(j),
    }));
  const statistics = gatherStatistics(
    columns(numeric[0]?.length ?? 0, "n"),
    columns(categories[0]?.length ?? 0, "c"),
    options,
  );
  const rows = Math.max(numeric.length, categories.length);
  statistics.add(
    {
      start: 0,
      rows,
      numeric: Float64Array.from(numeric.flat()),
      categories: categories.flat(),
      text: [],
    },
    keep,
  );
  return statistics.preparation();
}

const given = ({ numeric, categories }: Rows): Given[] =>
  [numeric, categories]
    .filter((part) => part !== undefined)
    .map((part) => ({ shape: [part.length, part[0]!.length], cells: part.flat() as number[] }));

/** Prepared rows, and the same back in the units of the source. */
async function through(preparation: Preparation, rows: Rows) {
  const { inputs, x, mask } = front(preparation);
  const { reconstruction, reconstructionCategories } = back(preparation, x);
  const results = await compute(
    inputs,
    {
      x,
      observed: mask,
      ...(reconstruction && { numbers: reconstruction }),
      ...(reconstructionCategories && { words: reconstructionCategories }),
    },
    given(rows),
  );
  expect(results.x!.length % widthOf(preparation)).toBe(0);
  const width = widthOf(preparation);
  const lines = Array.from({ length: results.x!.length / width }, (_, i) =>
    results.x!.slice(i * width, (i + 1) * width),
  );
  return {
    lines,
    observed: results.observed!,
    numbers: results.numbers ?? [],
    words: (results.words ?? []) as unknown as string[],
  };
}

const amounts = [
  [1, 1000],
  [2, 1500],
  [4, 900],
  [9, 4000],
  [3, 1100],
];

describe("scaling", () => {
  test.each(["standard", "minmax", "robust", "none"] as const)(
    "%s is undone by its inverse",
    async (scaling) => {
      const { numbers } = await through(learn({ numeric: amounts }, { scaling }), {
        numeric: amounts,
      });
      expect(farthest(numbers, amounts.flat())).toBeLessThan(1e-6);
    },
  );

  test("standard columns have mean 0 and deviation 1", async () => {
    const { lines } = await through(learn({ numeric: amounts }), { numeric: amounts });
    for (const j of [0, 1]) {
      const column = lines.map((line) => line[j]!);
      expect(column.reduce((a, b) => a + b, 0) / 5).toBeCloseTo(0, 6);
      expect(column.reduce((a, b) => a + b * b, 0) / 5).toBeCloseTo(1, 6);
    }
  });

  test("min-max columns lie in [0, 1], robust ones have median 0 and quartiles 1 apart", async () => {
    const minmax = await through(learn({ numeric: amounts }, { scaling: "minmax" }), {
      numeric: amounts,
    });
    expect(minmax.lines.map(([a]) => a)).toEqual([0, 0.125, 0.375, 1, 0.25]);
    const robust = await through(learn({ numeric: amounts }, { scaling: "robust" }), {
      numeric: amounts,
    });
    expect(robust.lines.map(([a]) => a)).toEqual([-1, -0.5, 0.5, 3, 0]);
  });

  test("a logarithm is taken on request, of both signs, and undone", async () => {
    const numeric = [[-1000], [-1], [0], [1], [100000]];
    const preparation = learn({ numeric }, { log: ["n0"], scaling: "none" });
    const { lines, numbers } = await through(preparation, { numeric });
    const expected = numeric.map(([v]) => Math.sign(v!) * Math.log1p(Math.abs(v!)));
    expect(farthest(lines.flat(), expected)).toBeLessThan(1e-6);
    expect(farthest(numbers, numeric.flat())).toBeLessThan(1e-5);
  });

  test("a constant column becomes zeros and comes back", async () => {
    const numeric = [[7.5], [7.5], [7.5]];
    const { lines, numbers } = await through(learn({ numeric }), { numeric });
    expect(lines.flat()).toEqual([0, 0, 0]);
    expect(numbers).toEqual([7.5, 7.5, 7.5]);
  });
});

describe("missing numbers", () => {
  const numeric = [
    [1, 5],
    [Number.NaN, 5],
    [3, 6],
    [8, 7],
  ];

  test("are filled with the median, flagged, and do not count", async () => {
    const preparation = learn({ numeric }, { scaling: "none" });
    const { lines, observed } = await through(preparation, { numeric });
    expect(lines).toEqual([
      [1, 5, 0],
      [3, 5, 1],
      [3, 6, 0],
      [8, 7, 0],
    ]);
    expect(observed).toEqual([1, 1, 0, 1, 1, 1, 1, 1]);
    expect(preparation.numeric.map(({ flag }) => flag)).toEqual([true, false]);
  });

  test("that occur only in new rows are filled too, without a flag", async () => {
    const preparation = learn({ numeric: amounts }, { scaling: "none" });
    const { lines, observed } = await through(preparation, { numeric: [[Number.NaN, Number.NaN]] });
    expect(lines).toEqual([[3, 1100]]);
    expect(observed).toEqual([0, 0]);
  });

  test("may be marked by a number", async () => {
    const marked = [[1], [-200], [3]];
    const preparation = learn({ numeric: marked }, { marks: [-200], scaling: "none" });
    const { lines, observed } = await through(preparation, { numeric: marked });
    expect(lines).toEqual([
      [1, 0],
      [2, 1],
      [3, 0],
    ]);
    expect(observed).toEqual([1, 0, 1]);
  });

  test("may be all of a column", async () => {
    const empty = [
      [Number.NaN, 1],
      [Number.NaN, 2],
    ];
    const { lines, observed } = await through(learn({ numeric: empty }), { numeric: empty });
    expect(lines.flat().every(Number.isFinite)).toBe(true);
    expect(observed).toEqual([0, 1, 0, 1]);
  });
});

describe("categories", () => {
  const categories = [
    ["b", "x"],
    ["a", "x"],
    ["b", "y"],
    ["b", ""],
  ];
  const preparation = learn({ categories });

  test("have a place each, the commonest first, and one for all others", async () => {
    expect(preparation.categories.map(({ values }) => values)).toEqual([
      ["b", "a"],
      ["x", "y"],
    ]);
    const { lines, words } = await through(preparation, { categories: categories.slice(0, 3) });
    expect(lines).toEqual([
      [1, 0, 0, 1, 0, 0, 0],
      [0, 1, 0, 1, 0, 0, 0],
      [1, 0, 0, 0, 1, 0, 0],
    ]);
    expect(words).toEqual(["b", "x", "a", "x", "b", "y"]);
  });

  test("never seen go to the place of others", async () => {
    const { lines, observed, words } = await through(preparation, { categories: [["zebra", "B"]] });
    expect(lines).toEqual([[0, 0, 1, 0, 0, 1, 0]]);
    expect(observed).toEqual([1, 1]);
    expect(words).toEqual([otherCategory, otherCategory]);
  });

  test("that are missing take the commonest value, are flagged where training knew gaps, and do not count", async () => {
    const { lines, observed } = await through(preparation, { categories: [["", ""]] });
    expect(lines).toEqual([[1, 0, 0, 1, 0, 0, 1]]);
    expect(observed).toEqual([0, 0]);
  });

  test("beyond the 64 commonest share the place of others", async () => {
    const many = Array.from({ length: 200 }, (_, i) => [i < 100 ? `v${i % 50}` : `w${i}`]);
    const wide = learn({ categories: many });
    expect(widthOf(wide)).toBe(65);
    const { words } = await through(wide, { categories: [["v3"], ["w199"]] });
    expect(words).toEqual(["v3", otherCategory]);
  });

  test("that are all missing leave one place", async () => {
    const empty = [[""], [""]];
    const { lines, observed } = await through(learn({ categories: empty }), { categories: empty });
    expect(lines.flat().every(Number.isFinite)).toBe(true);
    expect(observed).toEqual([0, 0]);
  });
});

test("a date brings its place in the year and the week, and in the day where it has times", async () => {
  const day = (text: string): number => Date.parse(text) / 864e5;
  const days = [[day("2024-01-01T06:00Z")], [day("2024-03-02T12:00Z")], [day("1969-12-24T00:00Z")]];
  const preparation = learn({ numeric: days }, { dates: [0] });
  expect(preparation.numeric[0]!.cycles).toEqual([365.2425, 7, 1]);
  const { lines, numbers } = await through(preparation, { numeric: days });
  days.forEach(([value], i) => {
    const angles = [365.2425, 7, 1].map((length) => (2 * Math.PI * value!) / length);
    const expected = [...angles.map(Math.sin), ...angles.map(Math.cos)];
    expect(farthest(lines[i]!.slice(1), expected)).toBeLessThan(1e-4);
  });
  // float32 holds a day of half a century to about a minute
  expect(farthest(numbers, days.flat())).toBeLessThan(1e-3);
  const whole = learn({ numeric: [[19000], [19010]] }, { dates: [0] });
  expect(whole.numeric[0]!.cycles).toEqual([365.2425, 7]);
});

describe("extremes", () => {
  test.each([
    ["in training", [[1], [2], [1e300], [-1e300]]],
    ["the largest numbers there are", [[1], [Number.MAX_VALUE], [-Number.MAX_VALUE]]],
  ])("%s stay finite, whatever the scaling", async (_, numeric) => {
    for (const scaling of ["standard", "minmax", "robust", "none"] as const) {
      const { lines } = await through(learn({ numeric }, { scaling }), { numeric });
      expect(
        lines.flat().map((v) => Number.isFinite(v * v) && Number.isFinite(Math.fround(v * v))),
      ).toEqual(numeric.map(() => true));
    }
  });

  test("in new rows are held at a million scales", async () => {
    const preparation = learn({ numeric: amounts });
    const { lines } = await through(preparation, { numeric: [[1e300, -Number.MAX_VALUE]] });
    expect(lines).toEqual([[1e6, -1e6]]);
  });
});

test("only the rows that train are counted", () => {
  const numeric = [[1], [3], [1e9], [Number.NaN]];
  const categories = [["a"], ["a"], ["secret"], [""]];
  const keep = (row: number): boolean => row < 2;
  const all = learn({ numeric: numeric.slice(0, 2), categories: categories.slice(0, 2) });
  expect(learn({ numeric, categories }, { keep })).toEqual(all);
  expect(learn({ numeric, categories })).not.toEqual(all);
});

test("numbers, categories, flags and cycles stand in this order, and the width is theirs", async () => {
  const numeric = [
    [1, 10],
    [Number.NaN, 12],
  ];
  const categories = [["a"], [""]];
  const preparation = learn({ numeric, categories }, { scaling: "none", dates: [1] });
  const { lines, observed } = await through(preparation, { numeric, categories });
  expect(widthOf(preparation)).toBe(2 + 2 + 2 + 4);
  expect(lines.map((line) => line.slice(0, 6))).toEqual([
    [1, 10, 1, 0, 0, 0],
    [1, 12, 1, 0, 1, 1],
  ]);
  expect(observed).toEqual([1, 1, 1, 0, 1, 0]);
});

test("without a feature column there is nothing to prepare", () => {
  expect(() => front({ numeric: [], categories: [], marks: [] })).toThrow(
    "there is no feature column",
  );
});

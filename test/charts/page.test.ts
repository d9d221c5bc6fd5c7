import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { colors } from "../../src/charts/colors.ts";
import { correlationFigure } from "../../src/charts/correlation-figure.ts";
import { svgFile } from "../../src/charts/figure.ts";
import { hourglass } from "../../src/charts/hourglass.ts";
import { indexFigure } from "../../src/charts/index-figure.ts";
import { latentMap } from "../../src/charts/latent-map.ts";
import { lossCurves } from "../../src/charts/loss-curves.ts";
import { escapedText, html } from "../../src/charts/markup.ts";
import { numberOverlay, otherValues, valueOverlay } from "../../src/charts/overlay-figures.ts";
import { reportPage } from "../../src/charts/page.ts";
import { pictureGrid } from "../../src/charts/picture-grid.ts";
import { precisionRecallFigure, rocFigure } from "../../src/charts/ranking-figures.ts";
import { scoreHistogram } from "../../src/charts/score-histogram.ts";
import { en } from "../../src/charts/texts/en.ts";
import { es } from "../../src/charts/texts/es.ts";
import { plainText, wordsOf } from "../../src/charts/words.ts";

const words = wordsOf("en");
const hostile = `<script>alert(1)</script>"'&\u202e\u0000\ud800`;

const page = (title: string): string =>
  reportPage(
    {
      ...{ title, subtitle: title, footer: title },
      sections: [
        {
          ...{ id: "summary", title },
          blocks: [
            { block: "lead", lines: [title] },
            { block: "headlines", headlines: [{ value: title, label: title, about: title }] },
            { block: "steps", steps: [[title, title]] },
            { block: "lines", lines: [title] },
            { block: "warnings", lines: [title] },
            { block: "facts", facts: [[title, title]] },
            { block: "code", text: title },
            { block: "table", caption: title, head: [title, ""], rows: [[title, [title]]] },
          ],
        },
      ],
    },
    words,
  );

describe("a page", () => {
  test("escapes text wherever it stands", () => {
    const written = page(hostile);
    expect(written.match(/<script/g)).toHaveLength(1);
    expect(written.split(escapedText(hostile)).length).toBeGreaterThan(14);
    expect(html`<a b="${hostile}">${hostile}</a>`.markup).not.toContain("<script");
  });

  test("runs its own script, by its hash, and loads nothing", () => {
    const written = page("t");
    const script = /<script>([\s\S]*?)<\/script>/.exec(written)![1]!;
    const hash = createHash("sha256").update(script).digest("base64");
    expect(written).toContain(`default-src &#39;none&#39;`);
    expect(written).toContain(`script-src &#39;sha256-${hash}&#39;`);
    expect(written).not.toMatch(/<link|<iframe|@import|url\(|fetch\(|XMLHttpRequest|\son\w+=/);
    expect(written).not.toMatch(/(?:src|href)="https?:/);
  });

  test("names its language, and its headings rise one by one", () => {
    const written = page("t");
    expect(written).toContain('<html lang="en">');
    const levels = [...written.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, i) => {
      expect(level - levels[i]!).toBeLessThanOrEqual(1);
    });
  });
});

/** WCAG's contrast of two colours. */
function contrast(one: string, other: string): number {
  const light = (hex: string): number => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [a, b] = [light(one), light(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

describe.each([0, 1] as const)("theme %i", (theme) => {
  test.each(["ink", "soft", "model", "odd", "other"] as const)("text in %s is readable", (name) => {
    for (const ground of ["paper", "panel"] as const)
      expect(contrast(colors[name][theme], colors[ground][theme])).toBeGreaterThanOrEqual(4.5);
  });

  const marks = Object.keys(colors).filter((name) => /^class/.test(name));
  test.each(marks as (keyof typeof colors)[])("marks in %s are seen", (name) => {
    expect(contrast(colors[name][theme], colors.paper[theme])).toBeGreaterThanOrEqual(3);
  });
});

const curve = {
  model: [
    { x: 0, y: 0 },
    { x: 0.1, y: 0.9 },
    { x: 1, y: 1 },
  ],
  pca: null,
  areas: { model: 0.9, pca: null },
  chosen: { x: 0.1, y: 0.9 },
};
const layers = (["input", "code", "output"] as const).map((part, i) => ({
  ...{ name: `${hostile}${i}`, kind: "dense", parameters: 8, part },
  shape: [part === "code" ? 2 : 8],
}));
const scores = (...values: number[]) => Float32Array.from(values);
const losses = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ epoch: i + 1, loss: 1 / (i + 1), validationLoss: null }));
const point = (x: number, y: number) => ({
  ...{ x, y, group: 0, flagged: x > 3, score: x },
  told: hostile,
});

const course = (keys: readonly string[] | null) => ({
  ...{ column: hostile, dates: false, shown: String },
  times: Array.from({ length: 400 }, (_, i) => (i === 7 ? Number.NaN : 1900 + Math.floor(i / 2))),
  values: Array.from({ length: 400 }, (_, i) => Math.sin(i)),
  leftOut: 1,
  keys: keys && Array.from({ length: 400 }, (_, i) => keys[i % keys.length]!),
});

describe("figures", () => {
  test.each([
    ["a network", () => hourglass(layers, words)],
    ["losses", () => lossCurves(losses(30), 12, words)],
    ["losses of one epoch", () => lossCurves(losses(1), 1, words)],
    [
      "scores in groups",
      () =>
        scoreHistogram(
          [
            { label: hostile, scores: scores(1, 2, 300), color: "model" },
            { label: "b", scores: scores(5), color: "odd" },
          ],
          4,
          words,
        ),
    ],
    [
      "equal scores, without a threshold",
      () => scoreHistogram([{ label: "all", scores: scores(1, 1), color: "model" }], 3.4e38, words),
    ],
    [
      "scores of 0 and below",
      () => scoreHistogram([{ label: "all", scores: scores(-3, 0, 9), color: "model" }], 1, words),
    ],
    ["a ROC curve", () => rocFigure(curve, words)],
    ["precision and recall", () => precisionRecallFigure(curve, 0.1, words)],
    [
      "numbers laid over each other",
      () =>
        numberOverlay(
          {
            ...{ name: "n", title: hostile, reading: "r" },
            ...{ real: scores(1, 2, 3, 900, 1e5, Number.NaN), generated: scores(2, 5) },
          },
          words,
        ),
    ],
    [
      "equal numbers laid over none",
      () =>
        numberOverlay(
          { name: "n", title: "t", reading: "r", real: scores(2, 2), generated: scores() },
          words,
        ),
    ],
    [
      "values laid over each other",
      () =>
        valueOverlay(
          {
            ...{ name: "v", title: hostile, reading: "r" },
            real: [
              [hostile, 0.7],
              [otherValues, 0.3],
            ],
            generated: [["b", 1]],
          },
          words,
        ),
    ],
    [
      "correlations",
      () =>
        correlationFigure([{ columns: [hostile, "b"], real: 0.9, generated: -0.2 }], 1.1, words),
    ],
    [
      "small pictures",
      () =>
        pictureGrid({
          ...{ name: "g", title: "t", reading: "r", alternative: hostile, aspect: 1 },
          rows: [
            {
              ...{ label: hostile, color: "odd" },
              tiles: [{ uri: "data:," }, { course: [1, Number.NaN, 3] }],
            },
          ],
        }),
    ],
    ["an index of a series", () => indexFigure(course(null), words)],
    ["an index of a panel", () => indexFigure(course(["a", "b\u001fB b"]), words)],
    [
      "an index of days",
      () => indexFigure({ ...course(null), dates: true, shown: (day) => `day ${day}` }, words),
    ],
    [
      "a map",
      () =>
        latentMap(
          {
            points: [point(0, 0), point(1, 1), point(2, 0), point(9e9, Number.NaN)],
            groups: [{ label: hostile, color: "model", symbol: "circle" }],
            ...{ coloring: "c", legend: hostile, axes: [hostile, "y"], about: hostile },
          },
          words,
        ),
    ],
  ])("%s: whole, described, and without a broken number", async (_, make) => {
    const figure = await make();
    expect(figure.svg).toMatch(/^<svg [^>]*role="img" aria-label="[^"]{20,}"/);
    expect(figure.alternative).not.toMatch(/\{\w+\}|NaN|undefined/);
    expect(figure.svg.replaceAll(/data-told="[^"]*"/g, "")).not.toMatch(/NaN|Infinity|undefined/);
    expect(figure.svg).not.toMatch(/<script|<style|currentcolor\(/);
    const file = svgFile(figure);
    expect(file).not.toContain("var(--");
    expect(file).toContain(colors.paper[0]);
  });

  test("points are drawn from the least score to the highest, flagged ones with a rim", async () => {
    const map = await latentMap(
      {
        points: [
          { ...point(5, 1), told: "odd" },
          { ...point(1, 2), told: "usual" },
        ],
        groups: [{ label: "g", color: "model", symbol: "diamond" }],
        ...{ coloring: "c", legend: "l", axes: ["x", "y"], about: "a" },
      },
      words,
    );
    expect([...map.svg.matchAll(/data-told="(\w+)"/g)].map(([, told]) => told)).toEqual([
      "usual",
      "odd",
    ]);
    expect(map.svg).toMatch(/stroke="var\(--ink\)"[^>]*data-told="odd"/);
    expect(map.svg).not.toMatch(/stroke="var\(--ink\)"[^>]*data-told="usual"/);
  });
});

describe("words", () => {
  test("say the same in both languages", () => {
    const places = (text: string): string => (text.match(/\{\w+\}/g) ?? []).sort().join();
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
    const differing = Object.entries(en).filter(
      ([key, text]) => places(text) !== places(es[key as keyof typeof es]),
    );
    expect(differing).toEqual([]);
  });

  test("a percentage never rounds something to nothing or to all", () => {
    expect([0, 0.00012, 0.5, 0.9999, 1].map((share) => words.percent(share))).toEqual([
      "0\u00a0%",
      "0.012\u00a0%",
      "50.0\u00a0%",
      "> 99.9\u00a0%",
      "100.0\u00a0%",
    ]);
  });

  test("numbers are short, with thousands apart as the language wants", () => {
    expect([0.12345678, -12345.6, 1e12, Number.NaN].map(words.short)).toEqual([
      "0.1235",
      "-12,350",
      "1000000000000",
      "–",
    ]);
    expect(wordsOf("es").count(1234567)).toBe("1\u00a0234\u00a0567");
  });

  test("text from data becomes one short line", () => {
    expect(plainText("a\n\u0007b\u202ec\ud800")).toBe("a bc");
    expect([...plainText("x".repeat(500), 10)]).toHaveLength(10);
  });
});

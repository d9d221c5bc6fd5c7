import { quantiles } from "../metrics/statistics.ts";
import { axis, sides } from "./axes.ts";
import { type ColorName, color } from "./colors.ts";
import { type Figure, figureOf } from "./figure.ts";
import { drawPlot } from "./plot.ts";
import { thin } from "./thin.ts";
import { plainText, type Words } from "./words.ts";

/** One number for each row, with its time and of what it is. */
export interface IndexCourse {
  /** The column with the time. */
  readonly column: string;
  /** In days since 1970-01-01 of dates; NaN where it is missing. */
  readonly times: ArrayLike<number>;
  readonly dates: boolean;
  /** A time as the column writes it. */
  readonly shown: (time: number) => string;
  readonly values: ArrayLike<number>;
  /** Rows that have no index, since nothing is known of them. */
  readonly leftOut: number;
  /** What each row is of, in a panel; null where rows have no key. */
  readonly keys: readonly string[] | null;
}

/** What stands at a time. */
interface Stand {
  readonly time: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
  readonly rows: number;
}

const width = 940;
const mostPoints = 800;
/** Keys that are drawn by themselves, and letters of their names. */
const [mostKeys, mostLetters] = [4, 28];
const keyColors: readonly ColorName[] = ["odd", "class3", "class4", "class5"];
const keyMarks = ["line", "dashed", "dotted", "line"] as const;
const dashes = { line: undefined, dashed: "6 3", dotted: "2 3" } as const;

/** An index over time: a line for a series; of a panel the median and the spread over its keys, and some keys by name. */
export async function indexFigure(course: IndexCourse, words: Words): Promise<Figure> {
  const { text, short } = words;
  const { shown } = course;
  const stands = standsOf(course);
  const many = stands.some(({ rows }) => rows > 1);
  const drawn = thin(stands, mostPoints);
  const named = course.keys && many ? tellingKeys(course, course.keys) : [];
  const range = [drawn[0]!.time, drawn.at(-1)!.time] as const;
  const ticks = timeTicks(range, course);
  const plot = await drawPlot((Plot) => ({
    ...{ ...sides, width, height: 320 },
    x: axis(course.column, words, {
      domain: [...range],
      ticks: ticks.map(({ at }) => at),
      tickFormat: (_: number, i: number) => ticks[i]!.told,
    }),
    y: axis(text("index.name"), words, { nice: true }),
    marks: [
      Plot.gridY({ stroke: color("line"), strokeOpacity: 1, ticks: 5 }),
      ...(many
        ? [
            Plot.areaY(drawn, {
              ...{ x: "time", y1: "low", y2: "high" },
              ...{ fill: color("model"), fillOpacity: 0.18 },
            }),
          ]
        : []),
      ...named.map(({ points }, k) =>
        Plot.lineY(points, {
          ...{ x: "time", y: "value", stroke: color(keyColors[k]!), strokeWidth: 1.3 },
          ...(dashes[keyMarks[k]!] && { strokeDasharray: dashes[keyMarks[k]!]! }),
        }),
      ),
      Plot.lineY(drawn, {
        ...{ x: "time", y: "median", stroke: color("model"), strokeWidth: many ? 2.4 : 1.6 },
      }),
    ],
  }));
  const reading =
    named.length > 0 ? "index.readingPanel" : many ? "index.readingMany" : "index.reading";
  const lows = Math.min(...stands.map(({ low }) => low));
  const highs = Math.max(...stands.map(({ high }) => high));
  return figureOf({
    name: "index",
    title: text("index.figure", { column: plainText(course.column, 40) }),
    plot,
    legend: many
      ? [
          { label: text("index.median"), color: "model", mark: "line" },
          { label: text("index.band"), color: "model", mark: "box" },
          ...named.map(({ key }, k) => ({
            ...{ label: nameOf(key), color: keyColors[k]!, mark: keyMarks[k]! },
          })),
        ]
      : [],
    alternative: text("index.alternative", {
      ...{ from: shown(range[0]), to: shown(range[1]), column: plainText(course.column, 40) },
      ...{ first: short(stands[0]!.median), last: short(stands.at(-1)!.median) },
      ...{ low: short(lows), high: short(highs) },
    }),
    reading: [
      text(reading),
      ...(course.leftOut > 0 ? [text("index.leftOut", { n: words.count(course.leftOut) })] : []),
    ].join(" "),
    listing: {
      head: [
        plainText(course.column, 40),
        text(many ? "index.median" : "index.name"),
        ...(many ? [text("index.low"), text("index.high")] : []),
      ],
      rows: thin(stands, 60).map(({ time, low, median, high }) => [
        shown(time),
        ...(many ? [median, low, high] : [median]).map(short),
      ]),
    },
    size: "wide",
  });
}

/** The places of rows that have a time and a value, by their times. */
function byTime({ times, values }: IndexCourse): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (let i = 0; i < times.length; i++) {
    if (Number.isNaN(times[i]!) || Number.isNaN(values[i]!)) continue;
    const own = found.get(times[i]!);
    if (own) own.push(i);
    else found.set(times[i]!, [i]);
  }
  return found;
}

function standsOf(course: IndexCourse): readonly Stand[] {
  return [...byTime(course)]
    .sort(([a], [b]) => a - b)
    .map(([time, places]) => {
      const [low, median, high] = quantiles(
        places.map((i) => course.values[i]!),
        [0.1, 0.5, 0.9],
      ) as [number, number, number];
      return { time, low, median, high, rows: places.length };
    });
}

/** Keys worth a line of their own: the highest and the lowest on average, and those that moved most. */
function tellingKeys({ times, values }: IndexCourse, keys: readonly string[]) {
  const courses = new Map<string, { readonly time: number; readonly value: number }[]>();
  keys.forEach((key, i) => {
    if (Number.isNaN(times[i]!) || Number.isNaN(values[i]!)) return;
    const own = courses.get(key) ?? [];
    own.push({ time: times[i]!, value: values[i]! });
    courses.set(key, own);
  });
  const longest = Math.max(...[...courses.values()].map(({ length }) => length));
  const all = [...courses]
    .filter(([, points]) => points.length >= Math.max(2, longest / 2))
    .map(([key, points]) => {
      points.sort((a, b) => a.time - b.time);
      const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length;
      const moved = Math.abs(points.at(-1)!.value - points[0]!.value);
      return { key, points: thin(points, mostPoints), mean, moved };
    });
  // a panel of few keys shows all of them
  if (all.length <= mostKeys) return all;
  const byMean = [...all].sort((a, b) => b.mean - a.mean);
  const byMove = [...all].sort((a, b) => b.moved - a.moved);
  const chosen = new Set([byMean[0]!, byMean.at(-1)!]);
  for (const each of byMove) if (chosen.size < mostKeys) chosen.add(each);
  return [...chosen];
}

/** The parts of a key as a person says them: of "AGO" and "Angola" the longer one. */
function nameOf(key: string): string {
  const parts = key.split("\u001f").map((part) => part.trim());
  return plainText(
    parts.reduce((best, part) => (part.length > best.length ? part : best), ""),
    mostLetters,
  );
}

interface Tick {
  readonly at: number;
  readonly told: string;
}

/** About eight ticks where a person would put them: at years, months or days of dates, at round numbers of others. */
function timeTicks(
  [from, to]: readonly [number, number],
  { dates, shown }: IndexCourse,
): readonly Tick[] {
  if (!dates) {
    const step = roundStep((to - from) / 8);
    const first = Math.ceil(from / step);
    const count = Math.floor(to / step) - first + 1;
    // years are no thousands
    return Array.from({ length: count }, (_, i) => {
      const at = Number(((first + i) * step).toPrecision(12));
      return { at, told: String(at) };
    });
  }
  const [first, last] = [dateOf(from), dateOf(to)];
  const months =
    12 * (last.getUTCFullYear() - first.getUTCFullYear()) +
    last.getUTCMonth() -
    first.getUTCMonth();
  if (months < 4)
    return Array.from({ length: 5 }, (_, i) => {
      const at = from + ((to - from) * i) / 4;
      return { at, told: shown(Math.floor(at)) };
    });
  const steps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
  const step = steps.find((each) => months / each <= 9) ?? 1200;
  const begin = 12 * first.getUTCFullYear() + first.getUTCMonth();
  return Array.from({ length: months + 2 }, (_, i) => begin + i)
    .filter((month) => month % step === 0)
    .map((month) => {
      const year = Math.floor(month / 12);
      const at = Date.UTC(year, month % 12, 1) / 86_400_000;
      const told =
        step % 12 === 0 ? String(year) : `${year}-${String((month % 12) + 1).padStart(2, "0")}`;
      return { at, told };
    })
    .filter(({ at }) => at >= from && at <= to);
}

const dateOf = (days: number): Date => new Date(days * 86_400_000);

/** 1, 2 or 5 times a power of ten, as large as that or larger. */
function roundStep(least: number): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= least) ?? 10);
}

import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { openNativeImages } from "../../src/data/arrays/native-images.ts";
import { openArrays } from "../../src/data/arrays/open-arrays.ts";
import { openTable } from "../../src/data/tables/open.ts";
import type { ArraysOptions } from "../../src/data/terms/arrays.ts";
import { refuseIdle } from "../../src/data/terms/idle-options.ts";
import { arraysShape } from "../../src/data/terms/open-options.ts";
import { EspejoError } from "../../src/errors.ts";
import { withTable } from "../../src/tasks/lesson/job.ts";
import { idx, npy, zip } from "./arrays.ts";
import { doors, parquet } from "./doors.ts";
import { file, folder } from "./helpers.ts";

/** A value of each option that every source would take that has a use for it. */
const stated = {
  ...{ label: "c", features: ["a", "b"], ignore: ["b"], id: "c", weight: "a", time: "t" },
  ...{ types: { a: "number" }, missing: ["-99"], notMissing: ["NA"], numbers: { d: "1,5" } },
  ...{ decimal: ".", thousands: "none", dates: "ymd", zone: "Europe/Madrid", strict: true },
  ...{ delimiter: ",", encoding: "utf-8", header: true, footer: true },
  ...{ sheet: "1", query: "select 1", array: "X", labelArray: "y", labels: "labels" },
  ...{ memoryLimit: "500MB", threads: 1, tempDirectory: "/tmp", exact: true, format: "csv" },
  ...{ content: "sequences", size: [4, 4], fit: "fill", channels: 1, range: [0, 200] },
  ...{ pages: "first", skipBroken: true, group: "c", window: 2, stride: 1 },
} as const satisfies ArraysOptions;

const ofMatching = ["expect", "prior", "priorDates", "like", "stamps"];

test("every option of reading is here", () => {
  const names = Object.keys(arraysShape).filter((name) => !ofMatching.includes(name));
  expect(Object.keys(stated).sort()).toEqual(names.sort());
});

const texts = {
  a: ["1", "2", "4", "3", "7", "5"],
  b: ["1.5", "2.5", "0.5", "3.5", "1.5", "2"],
  c: ["x", "y", "x", "y", "x", "y"],
  d: ["1,5", "2,5", "3,5", "4,5", "5,5", "6,5"],
  t: [1, 2, 3, 4, 5, 6].map((i) => `2024-01-0${i} 12:00`),
};
const csv = (): string =>
  file(
    `${Object.keys(texts).join(";")}\n${texts.a
      .map(
        (_, i) =>
          `${Object.values(texts)
            .map((column) => column[i])
            .join(";")}\n`,
      )
      .join("")}`,
  );

const doubles = (values: readonly number[]): Uint8Array =>
  new Uint8Array(Float64Array.from(values).buffer);
const array = (shape: readonly number[], type = "<f8"): Buffer => {
  const size = shape.reduce((a, b) => a * b, 1);
  const body =
    type === "<f8"
      ? doubles(Array.from({ length: size }, (_, i) => i / 8))
      : Uint8Array.from({ length: size }, (_, i) => i);
  return npy(
    `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape.join(", ")}), }`,
    body,
  );
};
const labels = (rows: number): Uint8Array =>
  idx(
    [rows],
    Uint8Array.from({ length: rows }, (_, i) => i % 2),
  );
const images = async (): Promise<string> => {
  const path = folder();
  for (const name of ["1.png", "2.png", "3.png"])
    await sharp({ create: { width: 5, height: 5, channels: 3, background: "#102030" } }).toFile(
      join(path, name),
    );
  return path;
};

type Names = readonly (keyof typeof stated)[];
const limits: Names = ["memoryLimit", "threads", "tempDirectory", "exact", "strict", "missing"];
const columns: Names = ["label", "features", "ignore", "id", "time", "types", "notMissing"];
const written: Names = ["decimal", "thousands", "dates", "numbers"];
const table: Names = [...limits, ...columns, "weight", ...written, "zone"];
const lines: Names = ["header", "footer"];
const steps: Names = ["group", "window", "stride", "content"];
const classes: Names = ["label", "labels", "content"];
const form: Names = ["size", "fit", "channels", "range"];

type Source = readonly [name: string, make: () => Promise<string> | string, uses: Names];

const tables: readonly Source[] = [
  ["CSV", csv, [...table, ...lines, "delimiter", "encoding", "format"]],
  [
    "JSON",
    () =>
      file(
        JSON.stringify(
          texts.a.map((a, i) => ({
            a: Number(a),
            b: i / 2,
            c: texts.c[i],
            d: texts.d[i],
            t: texts.t[i],
          })),
        ),
        "t.json",
      ),
    [...table, "encoding", "format"],
  ],
  [
    "Parquet",
    () =>
      parquet(
        "SELECT i AS a, i / 2.0 AS b, ['x', 'y'][1 + i % 2] AS c, i || ',5' AS d, '2024-01-0' || (1 + i) || ' 12:00' AS t FROM range(6) r(i)",
      ),
    [...table, "format"],
  ],
  [
    "Parquet without text",
    () =>
      parquet(
        "SELECT i AS a, i / 2.0 AS b, i % 2 AS c, TIMESTAMP '2024-01-01' + INTERVAL (i) HOUR AS t FROM range(6) r(i)",
      ),
    [...table.filter((name) => !written.includes(name)), "format"],
  ],
  [
    "ARFF",
    () =>
      file(
        `@relation r\n@attribute a numeric\n@attribute b numeric\n@attribute c {x,y}\n@attribute d string\n@attribute t string\n@data\n${texts.a.map((a, i) => `${a},${texts.b[i]},${texts.c[i]},'${texts.d[i]}','${texts.t[i]}'\n`).join("")}`,
        "t.arff",
      ),
    // what it holds may be read as CSV, if that is said
    [...table, "format"],
  ],
  [
    "an .npy matrix",
    () => file(array([6, 2]), "m.npy"),
    [...table.filter((name) => !written.includes(name)), "labels"],
  ],
  [
    "an .npz matrix",
    () => file(zip({ "X.npy": array([6, 2]), "y.npy": array([6]) }), "m.npz"),
    [...table.filter((name) => !written.includes(name)), "labels", "array", "labelArray"],
  ],
];

const stepped = ["CSV", "Parquet without text", "an .npz matrix"];
const series: readonly Source[] = tables
  .filter(([name]) => stepped.includes(name))
  .map(([name, make, uses]) => [
    name,
    make,
    [...uses.filter((option) => option !== "weight"), ...steps],
  ]);

const arraysOf: readonly Source[] = [
  // it holds images, whatever is said
  ["a folder of images", images, [...limits, "label", "labels", ...form, "pages", "skipBroken"]],
  [
    "an IDX file of images",
    () => file(idx([6, 4, 4], Uint8Array.from({ length: 96 })), "i.idx3"),
    [...limits, ...classes, ...form],
  ],
  [
    "an .npy file of images",
    () => file(array([6, 4, 4], "|u1"), "i.npy"),
    [...limits, ...classes, ...form],
  ],
  [
    "an .npz file of images",
    () => file(zip({ "X.npy": array([6, 4, 4], "|u1"), "y.npy": array([6]) }), "i.npz"),
    [...limits, ...classes, ...form, "array", "labelArray"],
  ],
  ["an .npy file of sequences", () => file(array([6, 4, 2]), "s.npy"), [...limits, ...classes]],
  [
    "an .npz file of sequences",
    () => file(zip({ "X.npy": array([6, 4, 2]), "y.npy": array([6]) }), "s.npz"),
    [...limits, ...classes, "array", "labelArray"],
  ],
];

/** The code of what goes wrong; null where nothing does. */
async function codeOf(open: () => Promise<{ dispose(): Promise<void> }>): Promise<string | null> {
  try {
    await (await open()).dispose();
    return null;
  } catch (error) {
    if (error instanceof EspejoError) return error.code;
    throw error;
  }
}

/** A file that may be stated for the classes of rows. */
const beside = (rows: number): string => file(labels(rows), "classes.idx1");

const options = Object.keys(stated) as (keyof typeof stated)[];
const oneOption = (name: keyof typeof stated): ArraysOptions => ({
  [name]: name === "labels" ? beside(6) : stated[name],
});

describe.each([
  ["a table", tables, openTable],
  ["steps of series", series, openArrays],
  ["arrays", arraysOf, openArrays],
] as const)("as %s", (_, sources, open) => {
  test.each(sources)("%s obeys an option of reading, or refuses it", async (__, make, uses) => {
    const path = await make();
    expect(await codeOf(() => open(path))).toBeNull();
    for (const name of options) {
      const code = await codeOf(() => open(path, oneOption(name)));
      if (uses.includes(name)) expect([name, code]).not.toEqual([name, "option_idle"]);
      // it may be no CSV
      else if (name === "format" && code !== null) continue;
      else expect([name, code]).toEqual([name, "option_idle"]);
    }
  });
});

test("a workbook obeys an option of reading, or refuses it", async () => {
  const uses = [...table, ...lines, "sheet"];
  for (const name of options.filter((each) => each !== "format")) {
    const code = await codeOf(() => doors.workbook!(texts, oneOption(name)));
    if (uses.includes(name)) expect([name, code]).not.toEqual([name, "option_idle"]);
    else expect([name, code]).toEqual([name, "option_idle"]);
  }
});

test("images in their own sizes refuse what decides nothing of them", async () => {
  const path = await images();
  const uses = [...limits, "channels", "range", "pages", "skipBroken", "content"];
  for (const name of options) {
    const given = name === "content" ? { content: "images" as const } : oneOption(name);
    const code = await codeOf(() => openNativeImages(path, given));
    expect([name, code]).toEqual([name, uses.includes(name) ? null : "option_idle"]);
  }
});

test("a query to a database obeys what a table of types does, and its query", () => {
  const as = { table: "postgres" } as const;
  const refuses = (name: keyof typeof stated) => () => refuseIdle("db", as, oneOption(name));
  for (const name of options)
    if ([...table, "query"].includes(name)) expect(refuses(name)).not.toThrow();
    else expect(refuses(name)).toThrow(EspejoError);
});

describe("a job of the library", () => {
  const rows = texts.a.map((a, i) => ({
    a: Number(a),
    b: i / 2,
    c: texts.c[i]!,
    d: texts.d[i]!,
    t: texts.t[i]!,
  }));
  const job = (data: Parameters<typeof withTable>[0], given: ArraysOptions) =>
    codeOf(() => withTable(data, given, async () => ({ dispose: async () => {} })));

  test("on rows in memory it refuses what they have no use for", async () => {
    for (const name of options) {
      const code = await job(rows, oneOption(name));
      if (table.includes(name)) expect([name, code]).not.toEqual([name, "option_idle"]);
      else expect([name, code]).toEqual([name, "option_idle"]);
    }
  });

  test("on a table that is open it refuses what belongs to its opening", async () => {
    const opened = await doors.memory!(texts);
    for (const name of options) {
      const free = ["memoryLimit", "threads", "tempDirectory", "exact"].includes(name);
      expect([name, await job(opened, oneOption(name))]).toEqual([
        name,
        free ? null : "option_late",
      ]);
    }
  });
});

test("what a model has learnt is not contradicted by an option", async () => {
  const path = csv();
  const opened = await openTable(path, { time: "t" });
  const match = { expect: opened.columns, prior: opened.detected };
  await opened.dispose();
  const with_ = (given: ArraysOptions) => codeOf(() => openTable(path, { ...match, ...given }));
  expect(
    await with_({ types: { a: "number", c: "category" }, time: "t", features: ["a"] }),
  ).toBeNull();
  for (const given of [
    { types: { a: "category" as const } },
    { time: "a" },
    { ignore: ["a"] },
    { weight: "b" },
  ])
    expect(await with_(given)).toBe("option_learnt");
  const series = await openArrays(path, { window: 3, time: "t" });
  const like = series.detected;
  await series.dispose();
  expect(await codeOf(() => openArrays(path, { like, window: 3 }))).toBeNull();
  expect(await codeOf(() => openArrays(path, { like, window: 2 }))).toBe("arrays_differ");
  expect(await codeOf(() => openArrays(path, { like, time: "a" }))).toBe("option_learnt");
  const whole = { group: "c", stride: 1 };
  expect(await codeOf(() => openArrays(path, whole))).toBe("option_idle");
});

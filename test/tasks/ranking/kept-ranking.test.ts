import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import {
  type DetectOptions,
  type Detector,
  detect,
  detectArrays,
  type EspejoError,
  type KeptRanking,
  openArrays,
  openRanking,
  type Ranking,
  type RankingPageOptions,
} from "../../../src/node.ts";
import { espejo, fileIn, folder, smallTable } from "../../cli/helpers.ts";
import { runContents } from "../../cli/run-contents.ts";
import { mixedCsv } from "../tables.ts";

async function errorOf(call: () => Promise<unknown>): Promise<EspejoError> {
  try {
    await call();
  } catch (error) {
    return error as EspejoError;
  }
  throw new Error("nothing was refused");
}

const opened = async (run: string): Promise<KeptRanking> => {
  const kept = await openRanking(run);
  onTestFinished(() => kept.dispose());
  return kept;
};

describe("the ranking of a run", () => {
  const place = mkdtempSync(join(tmpdir(), "espejo-ranking-"));
  const run = join(place, "r");
  let detector: Detector;
  let ranking: Ranking;
  let kept: KeptRanking;
  beforeAll(async () => {
    const path = mixedCsv("kept-ranking.csv", 600);
    const options: DetectOptions = { label: "class", time: "when", split: "random", epochs: 5 };
    detector = await detect(path, { ...options, run });
    ranking = await detector.rank(path, { ids: ["id", "when"] });
    kept = await openRanking(run);
  });
  afterAll(async () => {
    kept.dispose();
    await detector.dispose();
    rmSync(place, { recursive: true, force: true });
  });

  /** Every row as the library knows it, the most abnormal first. */
  const all = () => {
    const { split, labels } = detector.trained;
    const names = ["train", "validate", "calibrate", "test", "out"];
    return Array.from(ranking.scores, (score, row) => ({
      ...{ row, score, isAnomaly: ranking.flags[row] === 1 },
      part: names[split.partOf[row]!],
      labelled: labels!.classes[row] === 1,
    })).sort((a, b) => b.score - a.score || a.row - b.row);
  };
  const rowsOf = async (options: RankingPageOptions): Promise<readonly number[]> =>
    (await kept.page({ rows: 1000, ...options })).rows.map(({ row }) => row);

  test("has all rows, the flagged ones with the reasons that a detector tells", async () => {
    const { total, rows } = await kept.page({ rows: 1000 });
    expect(total).toBe(600);
    expect(kept).toMatchObject({ rows: 600, anomalies: ranking.anomalies, items: "rows" });
    expect(kept.ids).toEqual([
      { name: "id", order: "text" },
      { name: "when", order: "value" },
    ]);
    expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, i) => i + 1));
    expect(rows.map(({ rank, ids, reasons, ...rest }) => rest)).toEqual(all());
    expect(rows.slice(0, ranking.anomalies)).toMatchObject(
      ranking.ranked.map(({ row, ids, reasons }) => ({ row, ids, reasons })),
    );
    for (const { isAnomaly, reasons } of rows) expect(reasons.length > 0).toBe(isAnomaly);
  });

  test("gives pages of so many rows from one on", async () => {
    const rows = all().map(({ row }) => row);
    expect(await rowsOf({ from: 20, rows: 7 })).toEqual(rows.slice(20, 27));
    expect((await kept.page({ from: 597 })).rows).toHaveLength(3);
    expect(await kept.page({ from: 600 })).toEqual({ total: 600, rows: [] });
    expect((await kept.page()).rows).toHaveLength(100);
  });

  test("is filtered by all that is known of rows", async () => {
    const rows = all();
    type Row = (typeof rows)[number];
    const filters: readonly (readonly [RankingPageOptions, (row: Row) => boolean])[] = [
      [{ flagged: true }, ({ isAnomaly }) => isAnomaly],
      [{ flagged: false }, ({ isAnomaly }) => !isAnomaly],
      [{ above: 1.5 }, ({ score }) => score > 1.5],
      [{ part: "test" }, ({ part }) => part === "test"],
      [{ labelled: true, part: "calibrate" }, (row) => row.labelled && row.part === "calibrate"],
      [{ only: [5, 7, 300, 9999] }, ({ row }) => [5, 7, 300].includes(row)],
      [{ only: [], flagged: true }, () => false],
    ];
    for (const [options, passes] of filters) {
      const wanted = rows.filter(passes).map(({ row }) => row);
      expect(await rowsOf(options), JSON.stringify(options)).toEqual(wanted);
      expect((await kept.page({ rows: 1, ...options })).total).toBe(wanted.length);
    }
  });

  test("is sorted by score, place, part, label and what names rows, by its value", async () => {
    expect(kept.sortable).toEqual(["id", "when", "part", "label", "row", "score"]);
    const rows = all();
    expect(await rowsOf({ sort: "row" })).toEqual(rows.map((_, i) => i));
    expect(await rowsOf({ sort: "row", descending: true, rows: 2 })).toEqual([599, 598]);
    expect(await rowsOf({ sort: "score", descending: false, rows: 3 })).toEqual(
      rows
        .slice(-3)
        .map(({ row }) => row)
        .reverse(),
    );
    const dated = (await kept.page({ sort: "when", rows: 1000 })).rows.map(({ ids }) => ids[1]!);
    expect(dated).toEqual([...dated].sort());
    const named = (await kept.page({ sort: "id", rows: 3 })).rows.map(({ ids }) => ids[0]);
    expect(named).toEqual(["r0", "r1", "r10"]);
    // of equals the more abnormal comes first
    const byPart = (await kept.page({ sort: "part", rows: 1000 })).rows;
    const ranks = byPart.filter(({ part }) => part === "test").map(({ rank }) => rank);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    const error = await errorOf(async () => kept.page({ sort: "scor" }));
    expect(error.code).toBe("column_unknown");
    expect(error.message).toContain('did you mean "score"');
  });

  test("tells how scores are distributed, and what a threshold comes to", async () => {
    const rows = all();
    const { evaluation, threshold } = detector;
    const bins = await kept.scoreBins({ part: "test" });
    expect(bins.threshold).toBe(threshold);
    expect(bins.edges).toHaveLength(61);
    const { confusion } = evaluation!;
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusion;
    expect(bins.above).toEqual({
      ...{ rows: truePositives + falsePositives, anomalies: truePositives },
      normals: falsePositives,
    });
    expect(bins.all.anomalies - bins.above.anomalies).toBe(falseNegatives);
    expect(bins.all.normals - bins.above.normals).toBe(trueNegatives);
    const other = await kept.scoreBins({ threshold: 1, bins: 7, logarithmic: true });
    expect(other.above.rows).toBe(rows.filter(({ score }) => score > 1).length);
    expect(other.counts).toHaveLength(7);
    const sum = (counts: readonly number[]) => counts.reduce((total, each) => total + each, 0);
    expect(sum(other.counts)).toBe(600);
    expect(sum(other.anomalies)).toBe(rows.filter(({ labelled }) => labelled).length);
  });

  test.each([
    [{ from: -1 }, "from must be a number of at least 0"],
    [{ rows: 0 }, "rows must be a number of at least 1"],
    [{ part: "tset" }, "part must be one of train, validate, calibrate, test, out"],
    [{ flaged: true }, 'did you mean "flagged"'],
    [{ above: Number.NaN }, "above must be a finite number"],
    [{ only: [1.5] }, "only[0] must be a whole number"],
  ])("refuses %j", async (options, says) => {
    const { code, message } = await errorOf(async () => kept.page(options as RankingPageOptions));
    expect(code).toMatch(/^argument_/);
    expect(message).toContain(says);
  });
});

test.each(Object.entries(runContents))(
  "what is kept of %s is what is written of it",
  async (_, { data, words, write }) => {
    const place = folder();
    await write(place);
    const call = ["detect", data, ...words, "--run", "r", "--format", "ndjson"];
    const { out, code, err } = await espejo(call, { in: place });
    expect(code, err).toBe(0);
    const written = out
      .trimEnd()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
    const kept = await opened(join(place, "r"));
    const told = (await kept.page({ rows: 1000 })).rows.filter(
      ({ rank }) => rank <= written.length,
    );
    expect(told).toHaveLength(written.length);
    told.forEach(({ rank, row, ids, score, isAnomaly, reasons }, i) => {
      const line = written[i];
      expect(rank).toBe(line.rank);
      expect(Math.fround(line.score)).toBe(score);
      expect(isAnomaly).toBe(line.is_anomaly);
      for (const [j, { name }] of kept.ids.entries()) expect(line[name]).toBe(ids[j]);
      if (kept.ids.length === 0) expect(line.row ?? Number(line.name)).toBe(row + 1);
      const [first] = reasons as unknown as readonly Record<string, string>[];
      if (kept.items === "stamps")
        expect([line.variable, String(line.actual), String(line.expected)]).toEqual([
          ...[first!.column, first!.actual, first!.expected],
        ]);
      else if (first && "column" in first) expect(line.reason_1).toContain(first.actual);
    });
  },
);

test("fewer rows that are wanted leave no anomaly without its reasons, and more have theirs", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable());
  const words = ["detect", "t.csv", "--label", "odd", "--alone", "--epochs", "5", "-o", "r.csv"];
  const told = async (top: number) => {
    const call = [...words, "--top", String(top), "--run", "r"];
    expect((await espejo(call, { in: place })).code).toBe(0);
    const written = readFileSync(join(place, "r.csv"), "utf8").trimEnd().split("\n");
    expect(written).toHaveLength(1 + top);
    const kept = await opened(join(place, "r"));
    const { rows } = await kept.page({ rows: 240 });
    return { kept, with: rows.filter(({ reasons }) => reasons.length > 0).length };
  };
  const few = await told(2);
  expect(few.kept.anomalies).toBeGreaterThan(2);
  expect(few.with).toBe(few.kept.anomalies);
  expect((await told(60)).with).toBe(60);
});

test("time stamps of which nothing was observed are not ranked", async () => {
  const place = folder();
  const lines = Array.from(
    { length: 60 },
    (_, i) => `${i < 40 ? "a" : "b"},${i},${i === 30 ? "" : Math.sin(i)}`,
  );
  fileIn(place, "s.csv", `key,t,x\n${lines.join("\n")}\n`);
  const words = ["--group", "key", "--time", "t", "--window", "8", "--epochs", "2", "--per-stamp"];
  const { code, err } = await espejo(["detect", "s.csv", ...words, "--run", "r"], { in: place });
  expect(code, err).toBe(0);
  const kept = await opened(join(place, "r"));
  const { rows } = await kept.page();
  expect(kept.items).toBe("stamps");
  expect(rows.every(({ part, labelled }) => part === null && labelled === null)).toBe(true);
  expect(kept.sortable).toEqual(["key", "row", "score"]);
  const observed = Array.from({ length: 60 }, (_, row) => row).filter((row) => row !== 30);
  expect(rows.map(({ row }) => row).sort((a, b) => a - b)).toEqual(observed);
  expect(kept.rows).toBe(59);
});

test("a run without a ranking says why, and what to do", async () => {
  const place = folder();
  fileIn(place, "t.csv", smallTable(80));
  const few = ["--ignore", "odd", "--epochs", "1"];
  await espejo(["train", "t.csv", ...few, "--run", "a run"], { in: place });
  const run = join(place, "a run");
  const absent = await errorOf(() => openRanking(run));
  expect(absent.code).toBe("ranking_absent");
  expect(absent.message).toContain(`espejo score data.csv -m '${join(run, "model.onnx")}' --sort`);
  await espejo(["detect", "t.csv", ...few, "--alone", "--run", "d"], { in: place });
  const ranked = join(place, "d");
  truncateSync(join(ranked, "ranking.parquet"), 300);
  const damaged = await errorOf(async () => (await opened(ranked)).page());
  expect(damaged.code).toBe("ranking_damaged");
  expect(damaged.message).toContain(`espejo detect --resume ${ranked}`);
  rmSync(join(ranked, "ranking.parquet"));
  const gone = await errorOf(() => openRanking(ranked));
  expect(gone.message).toContain("the ranking cannot be read: it is not there");
  writeFileSync(join(ranked, "summary.json"), "{}");
  expect((await errorOf(() => openRanking(ranked))).code).toBe("run_unknown");
  rmSync(join(ranked, "summary.json"));
  const early = await errorOf(() => openRanking(ranked));
  expect(early.code).toBe("ranking_unfinished");
  expect(early.message).toContain(`espejo detect --resume ${ranked}`);
  expect((await errorOf(() => openRanking(place))).code).toBe("run_unknown");
});

test("images of the library are ranked with the places where they are odd", async () => {
  const place = folder();
  runContents["images of an array"]!.write(place);
  const arrays = await openArrays(join(place, "images.idx"));
  onTestFinished(() => arrays.dispose());
  const run = join(place, "r");
  const detector = await detectArrays(arrays, { epochs: 2, kind: "basic", run });
  const { ranked } = await detector.rank(arrays);
  await detector.dispose();
  const kept = await opened(run);
  expect(kept).toMatchObject({ items: "images", ids: [] });
  const { rows } = await kept.page({ flagged: true });
  expect(rows.map(({ row }) => row)).toEqual(ranked.map(({ row }) => row));
  expect(rows[0]!.reasons[0]).toMatchObject({ ...ranked[0]!.reason, spread: expect.any(Boolean) });
});

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { detect, type EspejoError, listRuns, readRun } from "../../../src/node.ts";
import { fileIn, folder, smallTable } from "../../cli/helpers.ts";

const place = (): string => {
  const path = folder();
  fileIn(path, "t.csv", smallTable(120));
  return path;
};

/** A run with what stands in its files. */
function runWith(path: string, files: Readonly<Record<string, unknown>>): string {
  mkdirSync(path, { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(
      join(path, name),
      typeof content === "string" ? content : JSON.stringify(content),
    );
  return path;
}

const config = { data: "t.csv", options: { epochs: 3, hidden: [4] }, fingerprint: null };

test("a run tells what it does, how far it is and what it came to", async () => {
  const path = place();
  const run = join(path, "r");
  const data = join(path, "t.csv");
  const detector = await detect(data, { label: "odd", epochs: 2, run });
  const kept = await readRun(run);
  expect(kept).toMatchObject({ folder: run, command: "detect", data, state: "done", epochs: 2 });
  expect(kept.options).toEqual({ label: "odd", epochs: 2, alone: true, content: "rows" });
  expect(kept).not.toHaveProperty("program");
  const { summary } = kept;
  expect(summary!.evaluation).toEqual(detector.evaluation);
  expect(summary!.threshold.threshold).toBe(detector.threshold);
  expect(summary!.ranking).toMatchObject({ rows: 120, parts: true, labels: true });
  await detector.dispose();
});

test("a run that a signal ended is stopped, and done when it went on", async () => {
  const path = place();
  const run = join(path, "r");
  const stop = new AbortController();
  const told = { ignore: ["odd"], epochs: 4000 } as const;
  const detector = await detect(join(path, "t.csv"), {
    ...{ ...told, run, signal: stop.signal },
    onEpoch: () => stop.abort(),
  });
  expect(detector.interrupted).toBe(true);
  await detector.dispose();
  expect(await readRun(run)).toMatchObject({ state: "stopped", summary: { stopped: "asked" } });
  const again = await detect(join(path, "t.csv"), { resumeRun: run });
  expect(again.interrupted).toBe(false);
  expect(again.trained.fitted.history).toHaveLength(4000);
  await again.dispose();
  expect(await readRun(run)).toMatchObject({ state: "done", epochs: 4000 });
});

test("a run of which nothing but its beginning is there is unfinished", async () => {
  const run = runWith(join(folder(), "r"), {
    "config.json": { ...config, command: "detect", began: "2026-01-31T12:00:00Z" },
    "metrics.jsonl": '{"epoch":1}\n{"epoch":2}\n',
  });
  expect(await readRun(run)).toMatchObject({
    ...{ state: "unfinished", epochs: 2, summary: null, began: "2026-01-31T12:00:00Z" },
    options: config.options,
  });
});

test("a run from before its command was kept is one of train", async () => {
  const run = runWith(join(folder(), "r"), { "config.json": config });
  expect(await readRun(run)).toMatchObject({ command: "train", began: null, epochs: 0 });
});

test("figures that need rows of both classes are no numbers again", async () => {
  const path = place();
  const run = join(path, "r");
  const detector = await detect(join(path, "t.csv"), { label: "odd", epochs: 2, run });
  await detector.dispose();
  const summary = JSON.parse(readFileSync(join(run, "summary.json"), "utf8"));
  Object.assign(summary.evaluation, { rocAuc: null, rocAucInterval: [null, null], pca: null });
  writeFileSync(join(run, "summary.json"), JSON.stringify(summary));
  expect((await readRun(run)).summary!.evaluation).toMatchObject({
    ...{ rocAuc: Number.NaN, rocAucInterval: [Number.NaN, Number.NaN], pca: null },
  });
});

describe("runs of a folder", () => {
  test("are listed, those begun last first, beside what is no run", async () => {
    const path = folder();
    const begun = (name: string, began: string | null) =>
      runWith(join(path, name), { "config.json": { ...config, began } });
    begun("b", "2026-01-31T12:00:00Z");
    begun("a", "2026-01-31T12:00:00Z");
    begun("newest", "2026-02-01T00:00:00Z");
    begun("old", null);
    runWith(join(path, "wrong"), { "config.json": "[]" });
    runWith(join(path, "half"), { "config.json": config, "summary.json": "{" });
    mkdirSync(join(path, "empty"));
    writeFileSync(join(path, "file"), "");
    const { runs, damaged } = await listRuns(path);
    expect(runs.map(({ folder }) => folder)).toEqual(
      ["newest", "b", "a", "old"].map((name) => join(path, name)),
    );
    expect(damaged.map(({ folder }) => folder).sort()).toEqual(
      [join(path, "half", "summary.json"), join(path, "wrong", "config.json")].sort(),
    );
  });

  test("that is not there are an error, as is what is no run", async () => {
    const path = folder();
    for (const call of [
      () => listRuns(join(path, "none")),
      () => readRun(path),
      () => readRun(runWith(join(path, "wrong"), { "config.json": "{" })),
    ]) {
      const error = (await call().catch((each) => each)) as EspejoError;
      expect(error.code).toBe("run_unknown");
    }
  });
});

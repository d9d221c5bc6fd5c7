import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { openArrays } from "../../../src/data/arrays/open-arrays.ts";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import type { ArraysOptions } from "../../../src/data/terms/arrays.ts";
import { mean, rocAuc } from "../../../src/metrics/index.ts";
import { random, range } from "../../../src/random.ts";
import { ArrayModel } from "../../../src/tasks/model/array-model.ts";
import { scoreStamps } from "../../../src/tasks/score/score-stamps.ts";
import { type TrainArraysOptions, trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { scratch } from "../tables.ts";

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});
async function arrays(path: string, options: ArraysOptions) {
  const source = await openArrays(path, options);
  open.push(source);
  return source;
}
async function trained(
  source: Awaited<ReturnType<typeof arrays>>,
  options: TrainArraysOptions = {},
) {
  const result = await trainArrays(source, { epochs: 2, latentDim: 3, seed: 1, ...options });
  open.push(result.model);
  return result;
}

/** Two series of hourly readings, `b` pushed up in steps 100 to 109 of each; some cells are missing. */
function readings(
  name: string,
  steps: number,
  { gaps = false, mixed = false, whole = false } = {},
): string {
  const source = random(3);
  const lines: string[] = [];
  for (const who of ["north", "south"])
    for (let t = 0; t < steps; t++) {
      const broken = !whole && t >= 100 && t < 110;
      const a = Math.sin(t / 3) + 0.05 * source.normal();
      const b = Math.cos(t / 3) + (broken ? 2 : 0) + 0.05 * source.normal();
      const time = new Date(Date.UTC(2024, 0, 1, t)).toISOString().slice(0, 16);
      lines.push(`${time},${who},${gaps && t % 17 === 4 ? "" : a.toFixed(4)},${b.toFixed(4)}`);
    }
  // in the order of time, series by turns
  if (mixed) lines.sort();
  const path = join(scratch, name);
  writeFileSync(path, `${["time,who,a,b", ...lines].join("\n")}\n`);
  return path;
}

test.each([
  ["in order", { gaps: false, mixed: false }],
  ["series by turns, cells missing", { gaps: true, mixed: true }],
] as const)(
  "a time stamp has the mean error of its cells over the windows that cover it: %s",
  async (name, kind) => {
    const path = readings(`means-${name.length}.csv`, 131, kind);
    const options = { group: "who", window: 12, stride: 5 };
    const { model } = await trained(await arrays(path, options), { kind: "recurrent" });
    const source = await arrays(path, { like: model.metadata.source, stamps: true });
    const found = await scoreStamps(model, source);
    const cells = Array.from({ length: 262 }, () => [[], []] as [number[], number[]]);
    const values = Array.from({ length: 262 }, () => [[], []] as [number[][], number[][]]);
    for await (const { start, rows, x } of model.batches(source)) {
      const { error, reconstruction } = await model.run(["error", "reconstruction"], x, rows);
      const rebuilt = reconstruction!.data as Float64Array;
      for (let i = 0; i < rows; i++)
        source.steps!(start + i).forEach((row, step) => {
          for (const f of [0, 1] as const) {
            const at = (i * 12 + step) * 2 + f;
            if (Number.isNaN(x[at])) continue;
            cells[row]![f].push((error!.data as Float32Array)[at]!);
            values[row]![f].push([x[at]!, rebuilt[at]!]);
          }
        });
    }
    expect(found.rows).toBe(262);
    cells.forEach(([a, b], row) => {
      expect(b.length).toBeGreaterThan(0);
      expect(found.score[row]).toBeCloseTo(mean([...a, ...b]), 5);
      const sums = [a, b].map((each) => each.reduce((x, y) => x + y, 0));
      expect(found.feature[row]).toBe(sums[0]! >= sums[1]! ? 0 : 1);
      const own = values[row]![found.feature[row] as 0 | 1];
      expect(found.actual[row]).toBe(own[0]![0]);
      expect(found.expected[row]).toBeCloseTo(mean(own.map((pair) => pair[1]!)), 5);
      expect(found.share[row]).toBeCloseTo(Math.max(...sums) / (sums[0]! + sums[1]!), 4);
    });
    expect(cells.some(([a]) => a.length === 0)).toBe(kind.gaps);
    expect(source.stamps!.series!.filter((who) => who === "south")).toHaveLength(131);
  },
);

test("the stretch that broke is found, whatever the length of the series", async () => {
  const path = readings("whole.csv", 203, { whole: true });
  const options = { group: "who", window: 24, stride: 6 };
  const { model, stampThreshold } = await trained(await arrays(path, options), {
    ...{ kind: "recurrent", epochs: 60, learningRate: 0.01, score: "squared" },
  });
  expect(stampThreshold).toMatchObject({ rule: "quantile:0.99" });
  expect(model.metadata.stampThreshold!.value).toBe(stampThreshold!.threshold);
  const read = await ArrayModel.from(model.bytes, "again");
  open.push(read);
  // shorter than the series that trained, and no multiple of the stride
  for (const steps of [203, 131]) {
    const like = { like: model.metadata.source, stamps: true };
    const source = await arrays(readings(`broken-${steps}.csv`, steps), like);
    const found = await scoreStamps(read, source);
    const broken = Array.from({ length: 2 * steps }, (_, row) => {
      const t = row % steps;
      return Number(t >= 100 && t < 110);
    });
    expect(found.score.some(Number.isNaN)).toBe(false);
    expect(rocAuc(found.score, broken)).toBeGreaterThan(0.97);
    const all = Array.from(broken, (_, row) => row);
    const flagged = (rows: readonly number[]): number =>
      rows.filter((row) => found.isAnomaly[row]).length / rows.length;
    const right = all.filter((row) => broken[row] === 1);
    expect(flagged(right)).toBeGreaterThan(0.8);
    // beside the stretch are stamps whose windows hold some of it, which are rebuilt worse too
    const far = all.filter((row) => row % steps < 76 || row % steps > 133);
    expect(flagged(far)).toBeLessThan(0.1);
    // it was b that broke
    expect(
      right.filter((row) => found.features[found.feature[row]!] === "b").length,
    ).toBeGreaterThan(0.8 * right.length);
  }
});

test("a rule that needs labels calibrates rows, and time stamps by the usual quantile", async () => {
  const path = join(scratch, "labelled.csv");
  const lines = Array.from({ length: 400 }, (_, t) => {
    const odd = t % 50 < 5;
    return `${t},${(Math.sin(t / 4) + (odd ? 3 : 0)).toFixed(4)},${odd ? "odd" : "fine"}`;
  });
  writeFileSync(path, `${["time,v,class", ...lines].join("\n")}\n`);
  const source = await arrays(path, { label: "class", time: "time", window: 8, stride: 4 });
  const { threshold, stampThreshold } = await trained(source, { labelled: true, threshold: "f1" });
  expect(threshold.rule).toBe("f1");
  expect(stampThreshold!.rule).toBe("quantile:0.99");
});

test("rows that are no windows of a table have no time stamps", async () => {
  const data = Float32Array.from({ length: 40 * 12 }, (_, i) => Math.sin(i));
  const source = arraysFromData({ data, shape: [40, 6, 2] });
  const { model, stampThreshold } = await trained(source);
  expect(stampThreshold).toBeNull();
  expect(model.metadata.stampThreshold).toBeUndefined();
  await expect(scoreStamps(model, source)).rejects.toThrow("no time stamps to score");
});

const nab = fileURLToPath(new URL("../../../../shared/data/sequences/nab/", import.meta.url));
if (!existsSync(nab)) console.warn("test/tasks/score/stamps: NAB skipped, there is no shared/data");
describe.skipIf(!existsSync(nab))("the Numenta benchmark", () => {
  const labels = (): Record<string, [string, string][]> =>
    JSON.parse(readFileSync(join(nab, "combined_windows.json"), "utf8"));
  test.each([
    ["realKnownCause/machine_temperature_system_failure.csv", 96],
    ["artificialWithAnomaly/art_daily_jumpsup.csv", 48],
  ])("%s: time stamps of the labelled windows score higher", async (name, window) => {
    const spans = labels()[name]!.map((span) =>
      span.map((time) => Date.parse(`${time.slice(0, 19)}Z`)),
    );
    const train = await arrays(join(nab, name), { window, stride: 24 });
    const { model } = await trained(train, {
      ...{ kind: "recurrent", cell: "gru", units: [16], epochs: 12, learningRate: 5e-3 },
    });
    const source = await arrays(join(nab, name), { like: model.metadata.source, stamps: true });
    const { score } = await scoreStamps(model, source);
    const inside = source.stamps!.times!.map((text) => {
      const time = Date.parse(`${text.slice(0, 19).replace(" ", "T")}Z`);
      return spans.some(([from, to]) => time >= from! && time <= to!);
    });
    expect(inside).toHaveLength(score.length);
    const of = (which: boolean): number => mean(score.filter((_, i) => inside[i] === which));
    expect(of(true)).toBeGreaterThan(2 * of(false));
    // a tenth of the steps is labelled, most of it not odd: so the highest are asked for, not all of it
    const oddest = range(score.length).sort((a, b) => score[b]! - score[a]!);
    const top = [...oddest.subarray(0, score.length / 100)].filter((i) => inside[i]);
    expect(top.length).toBeGreaterThan(score.length / 200);
  });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openArrays } from "../../../src/data/arrays/open-arrays.ts";
import { arraysFromData } from "../../../src/data/memory/memory-arrays.ts";
import type { Arrays } from "../../../src/data/terms/arrays.ts";
import { writeArrays } from "../../../src/data/write/write-arrays.ts";
import { random } from "../../../src/random.ts";
import { rebuildRows } from "../../../src/tasks/denoise/rebuild.ts";
import { denoiseSteps } from "../../../src/tasks/denoise/series.ts";
import { evaluateArrays } from "../../../src/tasks/evaluate/evaluate.ts";
import { ArrayModel } from "../../../src/tasks/model/array-model.ts";
import { scoreStamps } from "../../../src/tasks/score/score-stamps.ts";
import { rethresholdArrays } from "../../../src/tasks/threshold/rethreshold.ts";
import { trainArrays } from "../../../src/tasks/train/train-arrays.ts";
import { scratch } from "../tables.ts";

/** A counter, as those of meters: its values are large beside what changes, and single precision holds no change. */
const offset = 2 ** 34;
const steps = 120;
const outlier = 77;

/** Hours of a meter in 64ths, so that the offset takes nothing from them in double. */
function readings(): Float64Array {
  const source = random(4);
  return Float64Array.from({ length: steps }, (_, i) => {
    const value = 20 * Math.sin(i / 4) + source.normal() + (i === outlier ? 150 : 0);
    return Math.round(64 * value) / 64;
  });
}

const lines = (head: string, cells: readonly string[]): string =>
  `${[head, ...cells].join("\n")}\n`;
const saved = (name: string, text: string): string => {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
};

const open: { dispose(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of open) await each.dispose();
});

/** Every door through which sequences come in. */
const doors: Record<string, (values: Float64Array, name: string) => Promise<Arrays>> = {
  "windows of a table": (values, name) => {
    const text = lines(
      "hour,meter",
      Array.from(values, (value, i) => `${i},${value}`),
    );
    return openArrays(saved(`${name}.csv`, text), { window: 12, time: "hour", stamps: true });
  },
  "series of a table": (values, name) => {
    const text = lines(
      "who,meter",
      Array.from(values, (value, i) => `${i % 20},${value}`),
    );
    return openArrays(saved(`${name}.csv`, text), { group: "who" });
  },
  "a wide table": (values, name) => {
    const rows = Array.from({ length: 6 }, (_, i) => values.subarray(20 * i, 20 * (i + 1)).join());
    const head = Array.from({ length: 20 }, (_, j) => `t${j + 1}`).join();
    return openArrays(saved(`${name}.csv`, lines(head, rows)), { content: "sequences" });
  },
  "a NumPy array": async (x, name) => {
    const path = join(scratch, `${name}.npy`);
    const batches = (async function* () {
      yield { rows: 10, x };
    })();
    await writeArrays(path, "npy", { rows: 10, shape: [12, 1], type: "float64", batches });
    return openArrays(path);
  },
  "an array in memory": async (data) => arraysFromData({ data, shape: [10, 12, 1] }),
};

describe.each(Object.entries(doors))("%s", (door, from) => {
  test("gives the same scores, however far from 0 its numbers lie", async () => {
    const near = readings();
    const far = near.map((value) => value + offset);
    const found: number[][] = [];
    for (const [name, values] of [
      ["near", near],
      ["far", far],
    ] as const) {
      const arrays = await from(values, `${name} ${door}`);
      const { model, fitted } = await trainArrays(arrays, {
        ...{ kind: "basic", latentDim: 2, hidden: [], epochs: 20, learningRate: 0.01, seed: 1 },
      });
      open.push(arrays, model, fitted);
      expect(model.metadata).toMatchObject({ schema: 2, requires: ["float64-sequences"] });
      const read = await ArrayModel.from(model.bytes, "again.onnx");
      open.push(read);
      expect(await read.checkGolden()).toBeNull();
      const scores: number[] = [];
      for await (const { x, rows } of read.batches(arrays)) {
        const { score } = await read.run(["score"], x, rows);
        scores.push(...(score!.data as Float32Array));
        // back in the units of the source, with what changes in them
        const rebuilt = await rebuildRows(read, x, rows);
        let distance = 0;
        rebuilt.forEach((y, k) => {
          distance += Math.abs(y - x[k]!) / x.length;
        });
        expect(distance).toBeGreaterThan(0);
        expect(distance).toBeLessThan(25);
      }
      found.push(scores);
      if (arrays.stamps) {
        const { score } = await scoreStamps(read, arrays);
        expect(score.indexOf(Math.max(...score))).toBe(outlier);
        found.at(-1)!.push(...score);
        const { values } = await denoiseSteps(read, arrays, steps);
        found.at(-1)!.push(...values.map((value) => value - read.metadata.scale.mean[0]!));
      }
    }
    const [one, other] = found as [number[], number[]];
    expect(other).toHaveLength(one.length);
    one.forEach((value, i) => {
      expect(Math.abs(other[i]! - value)).toBeLessThan(1e-3 * Math.max(1, Math.abs(value)));
    });
  });
});

test("a number too large for the squares of single precision is far out, not infinite", async () => {
  const data = readings();
  const arrays = arraysFromData({ data, shape: [10, 12, 1] });
  const { model, fitted } = await trainArrays(arrays, { epochs: 1, latentDim: 2, seed: 1 });
  open.push(model, fitted);
  const x = data.slice(0, 24);
  x[5] = 1e200;
  const { score, is_anomaly } = await model.run(["score", "is_anomaly"], x, 2);
  expect((score!.data as Float32Array).every(Number.isFinite)).toBe(true);
  expect(Array.from(is_anomaly!.data as Uint8Array)[0]).toBe(1);
});

/** As `trainArrays` of version 0.1.0 was given them, in memory. */
const before = {
  data: Float32Array.from({ length: 480 }, (_, i) => (i % 2 ? 1000 : 3) + Math.sin(i * i)),
  shape: [40, 6, 2],
};

test("a file from before sequences were double scores as it did, and knows the rows that trained it", async () => {
  const model = await ArrayModel.read("test/golden/sequences-of-schema-1.onnx");
  open.push(model);
  expect(model.metadata.schema).toBe(1);
  expect(await model.checkGolden()).toBeNull();
  const labels = Array.from({ length: 40 }, (_, i) => (i === 7 ? "odd" : "fine"));
  const arrays = arraysFromData({ ...before, labels });
  const { trained } = await rethresholdArrays(model, arrays, { threshold: "quantile:0.9" });
  expect(trained).toBe(true);
  expect((await evaluateArrays(model, arrays, "fine")).rows).toBe(40);
  const { reconstruction } = await model.run(["reconstruction"], before.data, 40);
  expect(reconstruction!.data).toBeInstanceOf(Float32Array);
});

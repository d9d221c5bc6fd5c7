import { describe, expect, test } from "vitest";
import { tableFromRows } from "../../../src/data/memory/memory.ts";
import { train } from "../../../src/node.ts";
import { random } from "../../../src/random.ts";
import { timesOf } from "../../../src/tasks/rows/times.ts";
import { dependenceOf } from "../../../src/tasks/verdicts/dependence.ts";
import { packingOf } from "../../../src/tasks/verdicts/packing.ts";
import { sharingOf } from "../../../src/tasks/verdicts/sharing.ts";
import { timeOfCodes } from "../../../src/tasks/verdicts/time-of-codes.ts";
import { verdictIn } from "../../../src/tasks/verdicts/verdict.ts";

/** Scores of 200 rows in a random order of times, made by a rule from the time and from noise. */
function timed(score: (time: number, noise: number) => number, seed = 1) {
  const source = random(seed);
  const times = Float64Array.from({ length: 200 }, () => Math.floor(1000 * source.uniform()));
  return {
    ...{ column: "month", times, keys: null },
    scores: Float32Array.from(times, (time) => score(time, source.normal())),
  };
}

describe("rows that did not train", () => {
  test("whose newest fifth scores otherwise are not independent, whatever the order of the rows", () => {
    const drifting = dependenceOf(timed((time, noise) => (time > 800 ? 1 : 0) + noise));
    expect(drifting!.code).toBe("rows_newest");
    expect(verdictIn(drifting!, "en")).toMatch(
      /newest fifth by month scores otherwise \(ROC AUC 0\.[6-9]/,
    );
  });

  test("that follow each other in time and score alike are not independent", () => {
    const waves = dependenceOf(timed((time, noise) => Math.sin(time / 25) + 0.5 * noise));
    expect(waves!.code).toBe("rows_alike");
  });

  test("of one key are compared with each other", () => {
    const source = random(3);
    const keys = Array.from({ length: 200 }, (_, i) => `country ${i % 10}`);
    const level = Array.from({ length: 10 }, () => source.normal());
    const scores = Float32Array.from(keys, (_, i) => level[i % 10]! + 0.5 * source.normal());
    const times = Float64Array.from({ length: 200 }, (_, i) => Math.floor(i / 10));
    const found = { column: "year", scores, times };
    expect(dependenceOf({ ...found, keys })!.code).toBe("rows_alike");
    expect(dependenceOf({ ...found, keys: null })).toBeNull();
  });

  test("are seldom said to depend on each other where they do not: 1 in 100 at most", () => {
    const found = Array.from({ length: 300 }, (_, seed) =>
      dependenceOf(timed((_, noise) => noise, seed)),
    );
    expect(found.filter((each) => each !== null).length).toBeLessThanOrEqual(3);
  });

  test("too few rows say nothing, and rows without a time do not count", () => {
    const some = timed((time) => time);
    expect(dependenceOf({ ...some, times: some.times.fill(Number.NaN, 50) })).toBeNull();
  });
});

test("train says so of a table with a time, and not of one without", async () => {
  const source = random(5);
  let level = 0;
  const rows = Array.from({ length: 2000 }, (_, i) => {
    level = 0.98 * level + source.normal();
    return {
      day: new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10),
      ...{ a: level + 0.1 * source.normal(), b: level ** 2 + 0.1 * source.normal() },
    };
  });
  const table = tableFromRows(rows, { time: "day" });
  expect((await timesOf(table))!.times[1]! - (await timesOf(table))!.times[0]!).toBe(1);
  const { model, fitted, verdicts } = await train(table, {
    ...{ latentDim: 1, hidden: [], epochs: 5, split: "random" },
  });
  expect(verdicts.map(({ code }) => code)).toEqual(["rows_alike"]);
  await fitted.dispose();
  await model.dispose();
  const plain = tableFromRows(rows.map(({ a, b }) => ({ a, b })));
  expect(await timesOf(plain)).toBeNull();
});

test("a latent variable that goes with the time is mostly time, and the greatest is said", () => {
  const times = Float64Array.from({ length: 50 }, (_, i) => i);
  const source = random(7);
  const noise = Float32Array.from({ length: 50 }, () => source.normal());
  const trend = Float32Array.from({ length: 50 }, (_, i) => -i + noise[i]!);
  const index = timeOfCodes(trend, 1, { column: "month", times })!;
  expect(verdictIn(index, "en")).toMatch(
    /^your index is mostly time: its correlation with month is -0\.99\d$/,
  );
  const two = Float32Array.from({ length: 100 }, (_, i) => (i % 2 ? trend : noise)[i >> 1]!);
  expect(timeOfCodes(two, 2, { column: "month", times })!.parameters.name).toBe("latent_2");
  expect(timeOfCodes(noise, 1, { column: "month", times })).toBeNull();
});

test("generated rows that are told apart, or copy real ones, are not to be shared", () => {
  const codes = (auc: number, copies: number) =>
    sharingOf({ auc, nearest: { copies } }).map(({ code }) => code);
  expect(codes(0.98, 0.01)).toEqual(["generated_apart"]);
  expect(codes(0.6, 0.2)).toEqual(["generated_copies"]);
  expect(codes(0.6, 0.02)).toEqual([]);
});

test("where Brotli alone is smaller no model is needed", () => {
  expect(packingOf({ autoencoder: 900, brotli: 1000 })).toEqual([]);
  expect(
    packingOf({ autoencoder: 1200, brotli: 1000 }).map((each) => verdictIn(each, "en")),
  ).toEqual([
    "no model is needed: Brotli alone is smaller (1,000 bytes against 1,200), and loses nothing",
  ]);
});

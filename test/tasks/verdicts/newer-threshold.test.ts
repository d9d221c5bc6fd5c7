import { expect, test } from "vitest";
import { tableFromColumns } from "../../../src/data/memory/memory.ts";
import { train } from "../../../src/node.ts";
import { random } from "../../../src/random.ts";
import { newerThreshold } from "../../../src/tasks/verdicts/newer-threshold.ts";
import { verdictIn } from "../../../src/tasks/verdicts/verdict.ts";

const flagged = (count: number, rows: number) => ({ flagged: count, rows });

test("a threshold that flags far more, or far fewer, of the older rows does not suit both", () => {
  const more = newerThreshold(flagged(10, 1000), flagged(660, 2000), "windows")!;
  expect(verdictIn(more, "en")).toBe(
    "the threshold was chosen on newer windows than those that trained, and does not suit both: it flags 1.0 % of the newer and 33.0 % of the older; --split random chooses it on windows of all times, --threshold takes another",
  );
  expect(verdictIn(more, "es")).toMatch(
    /^el umbral se eligió en ventanas más recientes que las que entrenaron .* el 1\.0 % de las recientes y el 33\.0 % de las anteriores; --split random/,
  );
  const fewer = newerThreshold(flagged(20, 1000), flagged(0, 5000))!;
  expect(verdictIn(fewer, "en")).toContain("2.0 % of the newer and 0.0 % of the older");
});

test.each<[string, [number, number], [number, number]]>([
  ["as many", [10, 1000], [20, 2000]],
  ["twice as many", [10, 1000], [40, 2000]],
  ["what few rows can give by chance", [1, 20], [10, 40]],
  ["fewer, as a model knows what trained", [10, 1000], [10, 2500]],
  ["none of few", [2, 200], [0, 900]],
  ["of no newer rows", [0, 0], [10, 40]],
])("nothing is said of %s", (_, newer, older) => {
  expect(newerThreshold(flagged(...newer), flagged(...older))).toBeNull();
});

test("is seldom said where newer and older rows are alike: 1 in 200 at most", () => {
  const counts = [60, 150, 400];
  const found = Array.from({ length: 600 }, (_, seed) => {
    const source = random(seed);
    const newer = Array.from({ length: counts[seed % 3]! }, () => source.normal()).sort(
      (a, b) => b - a,
    );
    // between the first and the second, as the quantile 0.99 of so many is
    const threshold = (newer[0]! + newer[1]!) / 2;
    const older = Array.from({ length: 3000 }, () => source.normal());
    const over = (scores: readonly number[]) =>
      flagged(scores.filter((score) => score > threshold).length, scores.length);
    return newerThreshold(over(newer), over(older));
  });
  expect(found.filter((each) => each !== null).length).toBeLessThanOrEqual(3);
});

/** Days of two factors in five numbers, whose noise is `last` in the newest tenth. */
function days(last: number, n = 1500) {
  const source = random(8);
  const rows = Array.from({ length: n }, (_, i) => i);
  const [u, v] = [1, 2].map(() => rows.map(() => source.normal()));
  const date = rows.map((i) => new Date(Date.UTC(2020, 0, 1 + i)).toISOString().slice(0, 10));
  const numbers = [1, 2, 3, 4, 5].map((angle) => [
    `x${angle}`,
    rows.map((i) => {
      const noise = (i < 0.9 * n ? 0.5 : last) * source.normal();
      return Math.cos(angle) * u![i]! + Math.sin(angle) * v![i]! + noise;
    }),
  ]);
  return tableFromColumns({ date, ...Object.fromEntries(numbers) }, { time: "date" });
}

test("train tells it of rows that were dealt by time, and not of others", async () => {
  const codesOf = async (last: number, split: "time" | "random") => {
    const { model, fitted, verdicts } = await train(days(last), {
      epochs: 60,
      latentDim: 2,
      split,
    });
    await model.dispose();
    await fitted.dispose();
    return verdicts.map(({ code }) => code);
  };
  expect(await codesOf(0.05, "time")).toContain("threshold_newer");
  expect(await codesOf(0.5, "time")).toEqual([]);
  expect(await codesOf(0.05, "random")).not.toContain("threshold_newer");
});

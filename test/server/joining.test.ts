import fc from "fast-check";
import { expect, test } from "vitest";
import { Line, type Run } from "../../src/server/pool/joining.ts";
import type { Scored, ServedRows, Wanted } from "../../src/server/rows.ts";

const wanted: Wanted = { latent: true, reconstruction: false, error: false, reasons: "anomalies" };

/** Rows whose cells tell which they are. */
const rowsFrom = (first: number, count: number): ServedRows => ({
  rows: count,
  numeric: Float64Array.from({ length: 2 * count }, (_, k) => first + Math.floor(k / 2)),
  categories: Array.from({ length: count }, (_, k) => `r${first + k}`),
});

/** What a model would say: a score that is the number of the row. */
function scoredBy({ rows }: Run): Scored {
  const { numeric, categories } = rows as { numeric: Float64Array; categories: readonly string[] };
  const score = Float32Array.from(categories, (_, i) => numeric[2 * i]!);
  return {
    ...{ rows: rows.rows, score },
    isAnomaly: Uint8Array.from(score, (value) => value % 2),
    latent: Float32Array.from({ length: 3 * rows.rows }, (_, k) => score[Math.floor(k / 3)]!),
    reasons: [...score].map((value) => (value % 2 ? [{ column: String(value) } as never] : null)),
  };
}

/** Runs until none waits; gives the rows of each run. */
function work(line: Line, fails: (run: Run) => boolean = () => false): number[] {
  const sizes: number[] = [];
  for (let run = line.take(); run; run = line.take()) {
    sizes.push(run.rows.rows);
    if (fails(run)) run.fail(new Error("odd"));
    else run.settle(scoredBy(run));
  }
  return sizes;
}

test("however requests are joined and cut, each gets its own rows back, in order", () => {
  const requests = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(requests, fc.integer({ min: 1, max: 10 }), (sizes, most) => {
      const line = new Line(most);
      const found: (Scored | undefined)[] = sizes.map(() => undefined);
      let first = 0;
      const firsts = sizes.map((count, i) => {
        const rows = rowsFrom(first, count);
        line.join({
          ...{ model: 1, wanted, rows },
          resolve: (scored) => {
            found[i] = scored;
          },
          reject: () => {},
        });
        first += count;
        return first - count;
      });
      expect(line.rows).toBe(first);
      for (const size of work(line)) expect(size).toBeLessThanOrEqual(most);
      sizes.forEach((count, i) => {
        const own = Array.from({ length: count }, (_, k) => firsts[i]! + k);
        expect([...found[i]!.score]).toEqual(own);
        expect([...found[i]!.latent!]).toEqual(own.flatMap((n) => [n, n, n]));
        expect(found[i]!.reasons!.map((each) => each !== null)).toEqual(
          own.map((n) => n % 2 === 1),
        );
      });
    }),
  );
});

test("a small request passes a great one that was there before", () => {
  const line = new Line(10);
  const order: string[] = [];
  const join = (name: string, count: number) =>
    line.join({
      ...{ model: 1, wanted, rows: rowsFrom(0, count) },
      resolve: () => order.push(name),
      reject: () => {},
    });
  join("great", 100);
  join("small", 1);
  work(line);
  expect(order).toEqual(["small", "great"]);
});

test("of great requests the first is done first, and small ones come between their runs", () => {
  const line = new Line(10);
  const order: string[] = [];
  const join = (name: string, count: number) =>
    line.join({
      ...{ model: 1, wanted, rows: rowsFrom(0, count) },
      resolve: () => order.push(name),
      reject: () => {},
    });
  join("first", 60);
  join("second", 60);
  expect(line.holdsGreat).toBe(true);
  for (let k = 0; k < 4; k++) {
    join(`small ${k}`, 10);
    for (const run of [line.take()!, line.take()!]) run.settle(scoredBy(run));
  }
  work(line);
  expect(order).toEqual(["small 0", "small 1", "small 2", "small 3", "first", "second"]);
  expect(line.holdsGreat).toBe(false);
});

test("requests of other models or other outputs are not joined", () => {
  const line = new Line(10);
  const task = { rows: rowsFrom(0, 2), resolve: () => {}, reject: () => {} };
  line.join({ ...task, model: 1, wanted });
  line.join({ ...task, model: 2, wanted });
  line.join({ ...task, model: 1, wanted: { ...wanted, error: true } });
  line.join({ ...task, model: 1, wanted });
  expect(work(line)).toEqual([4, 2, 2]);
});

test("a row that cannot be scored fails its own request, and no other of the run", () => {
  const line = new Line(100);
  const found: string[] = [];
  for (const [name, first] of [
    ["a", 0],
    ["b", 50],
    ["c", 10],
  ] as const)
    line.join({
      ...{ model: 1, wanted, rows: rowsFrom(first, 3) },
      resolve: ({ score }) => found.push(`${name} ${score[0]}`),
      reject: (error) => found.push(`${name} ${error.message}`),
    });
  work(line, ({ rows }) => (rows as { categories: readonly string[] }).categories.includes("r51"));
  expect(found.sort()).toEqual(["a 0", "b odd", "c 10"]);
});

test("who leaves is not computed, and is not heard of", () => {
  const line = new Line(4);
  const resolve = (): never => {
    throw new Error("gone");
  };
  const leave = line.join({ model: 1, wanted, rows: rowsFrom(0, 10), resolve, reject: resolve });
  line.take()!;
  leave();
  expect(line.take()).toBeNull();
});

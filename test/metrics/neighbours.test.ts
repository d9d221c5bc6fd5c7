import { expect, test } from "vitest";
import { nearestNeighbours } from "../../src/metrics/index.ts";
import { random } from "../../src/random.ts";

const drawn = (rows: number, columns: number, seed: number): Float32Array => {
  const source = random(seed);
  return Float32Array.from({ length: rows * columns }, () => source.normal());
};

test("the nearest rows are those that sorting all distances puts first", () => {
  const [n, m, columns, k] = [60, 20, 40, 5];
  const rows = drawn(n, columns, 1);
  const queries = drawn(m, columns, 2);
  const { indices, distances } = nearestNeighbours(queries, rows, columns, k);
  for (let i = 0; i < m; i++) {
    const all = Array.from({ length: n }, (_, r) => {
      let sum = 0;
      for (let j = 0; j < columns; j++)
        sum += (queries[i * columns + j]! - rows[r * columns + j]!) ** 2;
      return { r, distance: Math.sqrt(sum) };
    }).sort((a, b) => a.distance - b.distance);
    expect([...indices.subarray(i * k, (i + 1) * k)]).toEqual(all.slice(0, k).map(({ r }) => r));
    for (let j = 0; j < k; j++) expect(distances[i * k + j]).toBeCloseTo(all[j]!.distance, 10);
  }
});

test("a row is not its own neighbour, its copy is", () => {
  const rows = Float32Array.of(0, 0, 5, 5, 0, 0, 6, 5);
  const { indices, distances } = nearestNeighbours(rows, rows, 2, 1, { exceptSelf: true });
  expect([...indices]).toEqual([2, 3, 0, 1]);
  expect([...distances]).toEqual([0, 1, 0, 1]);
});

test("more neighbours than rows are an error", () => {
  const rows = Float32Array.of(1, 2, 3);
  expect(() => nearestNeighbours(rows, rows, 1, 3, { exceptSelf: true })).toThrow(
    "k must be 1 to 2, got 3",
  );
});

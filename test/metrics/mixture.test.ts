import { expect, test } from "vitest";
import { drawMixture, fitMixture } from "../../src/metrics/mixture.ts";
import { random } from "../../src/random.ts";

/** Rows of two clouds: one around (0, 0), and half as many around (20, 5), whose columns go together. */
function clouds(n: number): Float64Array {
  const source = random(3);
  return Float64Array.from(
    Array.from({ length: n }, (_, i) => {
      const [u, v] = [source.normal(), source.normal()];
      return i % 3 === 0 ? [20 + u, 5 + 2 * u + 0.5 * v] : [u, v];
    }).flat(),
  );
}

test("a mixture finds groups, and draws rows like those it was fitted to", () => {
  const rows = clouds(3000);
  const mixture = fitMixture(rows, 2);
  expect(mixture.components.length).toBeGreaterThanOrEqual(2);
  const drawn = drawMixture(mixture, 3000, 1);
  const far = (of: ArrayLike<number>) => {
    const kept = Array.from({ length: of.length / 2 }, (_, i) => i).filter((i) => of[2 * i]! > 10);
    const mean = (column: number) =>
      kept.reduce((sum, i) => sum + of[2 * i + column]! / kept.length, 0);
    const [x, y] = [mean(0), mean(1)];
    const together = kept.reduce(
      (sum, i) => sum + ((of[2 * i]! - x) * (of[2 * i + 1]! - y)) / kept.length,
      0,
    );
    return [(2 * kept.length) / of.length, x, y, together];
  };
  const [wanted, found] = [far(rows), far(drawn)];
  wanted.forEach((value, k) => {
    expect(Math.abs(found[k]! - value)).toBeLessThan(0.25);
  });
  expect(drawMixture(mixture, 5, 1)).toEqual(drawn.slice(0, 10));
  expect(drawMixture(mixture, 5, 2)).not.toEqual(drawn.slice(0, 10));
});

test("a mixture of rows that do not vary in a column stays there", () => {
  const rows = Float64Array.from({ length: 60 }, (_, k) => (k % 2 ? 7 : k));
  const drawn = drawMixture(fitMixture(rows, 2), 20, 1);
  for (let i = 0; i < 20; i++) expect(drawn[2 * i + 1]).toBeCloseTo(7, 1);
});

import type { Numbers } from "./counts.ts";

/** Pearson's correlation of two columns over the rows that have both (NaN is missing); 0 where one does not vary. */
export function correlation(x: Numbers, y: Numbers): number {
  const both = Array.from({ length: x.length }, (_, i) => i).filter(
    (i) => !Number.isNaN(x[i]!) && !Number.isNaN(y[i]!),
  );
  const mean = (of: Numbers): number => both.reduce((sum, i) => sum + of[i]!, 0) / both.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const i of both) {
    xy += (x[i]! - mx) * (y[i]! - my);
    xx += (x[i]! - mx) ** 2;
    yy += (y[i]! - my) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

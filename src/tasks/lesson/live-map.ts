import { fitPca } from "../../metrics/pca.ts";
import { transform } from "../../metrics/projection.ts";
import type { LiveMap } from "./live-frame.ts";

type Point = readonly [number, number];

/** Axes and points of codes. */
type Plane = Pick<LiveMap, "axes" | "points">;

/**
 * Brings codes [rows, latentDim] to a plane, one set after the other: codes of more than two variables by the principal
 * components of each set, turned or mirrored so that its points lie nearest to those `before` (orthogonal Procrustes), since the
 * signs of components, and near equals among them, are chance.
 */
export function liveMap(
  kind: string,
  before: readonly Point[] | null = null,
): (codes: Float32Array, rows: readonly number[]) => Plane {
  let last = before;
  return (codes, rows) => {
    const count = rows.length;
    const width = codes.length / count;
    const pairs = (data: ArrayLike<number>, columns: number, at = 0): readonly Point[] =>
      Array.from({ length: count }, (_, i) => [
        data[i * columns + at]!,
        data[i * columns + at + 1]!,
      ]);
    // codes of 1, 2, 3 and 4 variables, one after the other
    if (kind === "ensemble") return { axes: "member", points: pairs(codes, width, 1) };
    if (width === 1)
      return { axes: "line", points: rows.map((row, i) => [row + 1, codes[i]!] as const) };
    if (width === 2) return { axes: "latent", points: pairs(codes, width) };
    const points = nearestTo(last, pairs(transform(fitPca(codes, count, width, 2), codes), 2));
    last = points;
    return { axes: "components", points };
  };
}

/** Points around 0, turned or mirrored so that they lie nearest to others. */
function nearestTo(others: readonly Point[] | null, points: readonly Point[]): readonly Point[] {
  if (!others) return points;
  // with m = sum of p q', a turn by t gains (m11 + m22) cos t + (m12 - m21) sin t, a mirror likewise with other signs
  let [m11, m12, m21, m22] = [0, 0, 0, 0];
  points.forEach(([x, y], i) => {
    const [u, v] = others[i]!;
    m11 += x * u;
    m12 += x * v;
    m21 += y * u;
    m22 += y * v;
  });
  const turned = Math.hypot(m11 + m22, m12 - m21);
  const mirrored = Math.hypot(m11 - m22, m12 + m21);
  const flip = mirrored > turned ? -1 : 1;
  const angle = Math.atan2(m12 - flip * m21, m11 + flip * m22);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return points.map(([x, y]) => [c * x - s * flip * y, s * x + c * flip * y]);
}

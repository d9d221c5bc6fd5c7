import { mistake } from "../../errors.ts";
import { fitPca } from "../../metrics/pca.ts";
import { transform } from "../../metrics/projection.ts";
import { checkArgument, checkOptions, optionParts } from "../../options.ts";
import { z } from "../../schema.ts";
import type { Matrix } from "../../training/fitted.ts";

/** Rows as points in the plane. */
export interface LatentMap {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** What the axes are: latent variables themselves, or principal components of the code. */
  readonly axes: "latent" | "components";
  /** Share of the variance of the codes that each axis shows. */
  readonly shares: readonly [number, number];
  /** One colour value a row, such as its class; null for none. */
  readonly colour: readonly string[] | null;
}

const matrix = z.looseObject({
  data: optionParts.numbers,
  shape: z.tuple([optionParts.whole(1), optionParts.whole(1)]),
});
const mapOptions: z.ZodMiniObject = z.object({
  colour: z.exactOptional(z.nullable(z.array(z.string()))),
});

/**
 * The map of codes [rows, latentDim]: the two latent variables where there are two (one: on a line), else the
 * two principal components of the codes.
 */
export function latentMap(
  codes: Matrix,
  options: { readonly colour?: readonly string[] | null } = {},
): LatentMap {
  checkArgument("latentMap: the codes", matrix, codes);
  checkOptions("latentMap", mapOptions, options);
  const { data, shape } = codes;
  const { colour = null } = options;
  const [rows, latentDim] = shape as [number, number];
  if (colour && colour.length !== rows)
    throw mistake(`latentMap: ${rows} rows need as many colours, got ${colour.length}`);
  const pca = fitPca(data, rows, latentDim, 2);
  const plain = latentDim <= 2;
  const points = plain ? data : transform(pca, data);
  const columns = Math.min(2, latentDim);
  const axis = (j: number): Float32Array =>
    Float32Array.from({ length: rows }, (_, i) => (j < columns ? points[i * columns + j]! : 0));
  return {
    x: axis(0),
    y: axis(1),
    axes: plain ? "latent" : "components",
    shares: plain
      ? sharesOf(data, columns)
      : ([0, 1].map((j) => pca.explainedVarianceRatio[j]!) as [number, number]),
    colour,
  };
}

/** The share of the variance of each of one or two columns. */
function sharesOf(data: Float32Array, columns: number): [number, number] {
  const { mean: centre } = fitPca(data, data.length / columns, columns, 0);
  const sums = [0, 0] as [number, number];
  data.forEach((value, i) => {
    sums[i % columns]! += (value - centre[i % columns]!) ** 2;
  });
  const all = sums[0] + sums[1];
  return all > 0 ? [sums[0] / all, sums[1] / all] : [0, 0];
}

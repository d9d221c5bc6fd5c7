import { cellsOf } from "../graph/index.ts";
import type { Random } from "../random.ts";

/** Values of a weight of shape [inputs, ..., outputs] before training. */
export type Initializer = (shape: readonly number[], source: Random) => Float32Array;

/** Sizes that the scale depends on: the receptive field times the inputs, or times the outputs. */
function fans(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length < 2) return { fanIn: shape[0] ?? 1, fanOut: shape[0] ?? 1 };
  const field = cellsOf(shape.slice(0, -2));
  return { fanIn: field * shape.at(-2)!, fanOut: field * shape.at(-1)! };
}

type Variance = (fan: { readonly fanIn: number; readonly fanOut: number }) => number;
const glorot: Variance = ({ fanIn, fanOut }) => 2 / (fanIn + fanOut);
const he: Variance = ({ fanIn }) => 2 / fanIn;
const lecun: Variance = ({ fanIn }) => 1 / fanIn;

const uniform =
  (variance: Variance): Initializer =>
  (shape, source) => {
    const limit = Math.sqrt(3 * variance(fans(shape)));
    return fill(shape, () => (2 * source.uniform() - 1) * limit);
  };

/** Normal cut off at two deviations, widened to the stated variance, as Keras draws it. */
const normal =
  (variance: Variance): Initializer =>
  (shape, source) => {
    const deviation = Math.sqrt(variance(fans(shape))) / 0.87962566103423978;
    const draw = (): number => {
      for (;;) {
        const z = source.normal();
        if (Math.abs(z) <= 2) return z * deviation;
      }
    };
    return fill(shape, draw);
  };

/** Rows or columns at right angles and of length 1 (Saxe et al. 2014), by Gram-Schmidt, twice. */
const orthogonal: Initializer = (shape, source) => {
  const columns = shape.at(-1)!;
  const rows = cellsOf(shape.slice(0, -1));
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const basis: Float64Array[] = [];
  while (basis.length < count) {
    const vector = Float64Array.from({ length }, () => source.normal());
    for (const other of [...basis, ...basis]) {
      const along = vector.reduce((total, v, i) => total + v * other[i]!, 0);
      for (let i = 0; i < length; i++) vector[i]! -= along * other[i]!;
    }
    const norm = Math.hypot(...vector);
    if (norm > 1e-6) basis.push(vector.map((v) => v / norm));
  }
  return Float32Array.from({ length: rows * columns }, (_, i) => {
    const row = Math.floor(i / columns);
    const column = i % columns;
    return rows >= columns ? basis[column]![row]! : basis[row]![column]!;
  });
};

/** The bias of an LSTM that forgets nothing at first (Jozefowicz et al. 2015): gates i, f, c, o. */
const unitForgetBias: Initializer = (shape) => {
  const units = shape.at(-1)! / 4;
  let i = 0;
  return fill(shape, () => (Math.floor(i++ / units) === 1 ? 1 : 0));
};

function fill(shape: readonly number[], draw: () => number): Float32Array {
  const cells = cellsOf(shape);
  return Float32Array.from({ length: cells }, draw);
}

/** Initial values by name: Glorot and Bengio 2010, He et al. 2015, LeCun et al. 1998. */
export const initializers = {
  /** Uniform in [-a, a], a = sqrt(6 / (inputs + outputs)). */
  glorotUniform: uniform(glorot),
  /** Normal of variance 2 / (inputs + outputs), cut off at two deviations. */
  glorotNormal: normal(glorot),
  /** Uniform in [-a, a], a = sqrt(6 / inputs). */
  heUniform: uniform(he),
  /** Normal of variance 2 / inputs, cut off at two deviations. */
  heNormal: normal(he),
  /** Uniform in [-a, a], a = sqrt(3 / inputs). */
  lecunUniform: uniform(lecun),
  /** Normal of variance 1 / inputs, cut off at two deviations. */
  lecunNormal: normal(lecun),
  orthogonal,
  /** 0. */
  zeros: (shape) => fill(shape, () => 0),
  /** 1. */
  ones: (shape) => fill(shape, () => 1),
  unitForgetBias,
} as const satisfies Record<string, Initializer>;

/** A name of `initializers`: that of Keras, in camel case. */
export type InitializerName = keyof typeof initializers;

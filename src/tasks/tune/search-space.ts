import type { Content } from "../../models/kinds.ts";
import { type Random, random } from "../../random.ts";
import type { TrainOptions } from "../lesson/train-options.ts";

/** What candidates of a search are made for. */
export interface SearchGround {
  readonly content: Content;
  /** Cells of a row. */
  readonly cells: number;
  /** Size of the code, held for all; null where anomalies judge, so that it may be searched too. */
  readonly latentDim: number | null;
  /** The usual size of the code. */
  readonly usual: number;
}

/**
 * What a candidate of a search is told: the usual network first, then others drawn from the seed, each from its
 * own stream, so that the n-th is the same however many there are. What is `given` is not drawn.
 */
export function candidate(
  ground: SearchGround,
  number: number,
  given: TrainOptions,
  seed: number,
): TrainOptions {
  const { latentDim } = ground;
  const own = {
    ...(number > 0 && drawn(ground, random(seed, 61, number), given.kind)),
    ...(latentDim !== null && { latentDim }),
  };
  return Object.fromEntries(
    Object.entries(own).map(([name, value]) => [name, given[name as keyof TrainOptions] ?? value]),
  );
}

const of = <T>(source: Random, values: readonly T[]): T => values[source.below(values.length)]!;

/** A number between two, its logarithm uniform, with so many digits that it can be typed. */
function logUniform(source: Random, least: number, most: number): number {
  const value = least * (most / least) ** source.uniform();
  return Number(value.toPrecision(2));
}

const kindsOf: Readonly<Record<Content, readonly string[]>> = {
  tables: ["basic", "basic", "denoising", "robust", "variational"],
  images: ["basic", "convolutional", "convolutional", "denoising", "convolutional+denoising"],
  sequences: ["basic", "convolutional", "recurrent", "denoising", "convolutional+denoising"],
};
/** Kinds that do not aim at the squared error have no place where it judges. */
const rebuilding = (kind: string): boolean => !/robust|variational/.test(kind);

function drawn(ground: SearchGround, source: Random, stated: string | undefined): TrainOptions {
  const { content, cells, usual, latentDim } = ground;
  const kinds = kindsOf[content].filter((kind) => latentDim === null || rebuilding(kind));
  const kind = stated ?? of(source, kinds);
  const size = Math.max(1, Math.round(usual * of(source, [0.25, 0.5, 1, 1, 2])));
  const own = kind.includes("convolutional")
    ? { filters: of(source, [[16], [32], [16, 32], [32, 64]]) }
    : kind.includes("recurrent")
      ? { units: of(source, [[16], [32], [64]]), cell: of(source, ["gru", "lstm"] as const) }
      : {
          hidden: layers(source, content, cells),
          activation: of(source, ["tanh", "tanh", "relu", "elu"] as const),
        };
  const noise = of(source, [0.1, 0.2, 0.3, 0.5]);
  const dropout = of(source, [0, 0, 0.1, 0.2]);
  const l2 = of(source, [0, 0, logUniform(source, 1e-6, 1e-3)]);
  const learningRate = logUniform(source, 3e-4, 1e-2);
  const batchSize = of(source, content === "images" ? [64, 128, 256] : [16, 32, 64, 128]);
  return {
    ...{ kind, latentDim: size, ...own, learningRate, batchSize },
    ...(kind.includes("denoising") && { denoising: { noise: "gaussian", amount: noise } }),
    ...("hidden" in own && dropout > 0 && { dropout }),
    ...(l2 > 0 && { l2 }),
  };
}

/** None to three hidden layers, the first up to twice as wide as the row, each half of the one before. */
function layers(source: Random, content: Content, cells: number): readonly number[] {
  const shares = content === "tables" ? [0.5, 1, 2] : [0.125, 0.25, 0.5];
  const first = Math.max(2, Math.min(512, Math.round(cells * of(source, shares))));
  const depth = of(source, [0, 1, 1, 2, 3]);
  return Array.from({ length: depth }, (_, i) => Math.max(2, Math.round(first / 2 ** i)));
}

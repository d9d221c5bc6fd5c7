import { mistake, phrases } from "../errors.ts";
import type { Model, Network } from "../nn/index.ts";
import { type KindOptions, kinds, makeModel, type NetworkOptions } from "./kinds.ts";
import { tiedPairs } from "./tied.ts";

/** Numbers of weights by name. */
type Weights = Readonly<Record<string, Float32Array>>;

/** A network of layers with the weights of a trained model. */
export interface PlainNetwork {
  readonly network: Network;
  readonly weights: Weights;
}

/**
 * The plain network that computes what a trained model computes when nothing is drawn: tied matrices written
 * out, the mean of a variational code, no discriminator. Throws `argument_wrong` for a kind that is more than
 * one network.
 */
export function plainNetwork(
  { architecture }: Pick<Model, "architecture">,
  weights: Weights,
): PlainNetwork {
  const options = architecture as unknown as NetworkOptions & KindOptions;
  if (options.network === "ensemble") throw mistake(phrases.keras_ensemble);
  const put = kinds.filter(({ role }) => role !== "network").map(({ name }) => name);
  const bare = Object.entries(options).filter(([name]) => !put.includes(name));
  const plain = makeModel(Object.fromEntries(bare) as unknown as NetworkOptions);
  const network = networkFor(plain.network!, options);
  return { network, weights: weightsFor(plain, options, weights) };
}

/** Kinds whose code may take any value have a linear one. */
function networkFor(network: Network, options: KindOptions): Network {
  const free = kinds.some(({ name, freesCode }) => freesCode && options[name as keyof KindOptions]);
  const { code } = network;
  return free && code ? { ...network, code: { ...code, activation: "linear" } } : network;
}

function weightsFor(plain: Model, options: KindOptions, given: Weights): Weights {
  const { encoder } = plain.network!;
  const renamed = Object.fromEntries(
    Object.entries(given).map(([name, cells]) => [
      options.variational ? name.replace(/^mean\.0/, `encoder.${encoder.length}`) : name,
      cells,
    ]),
  );
  const tied = options.tied ? tiedPairs(plain.network!, plain) : [];
  const written = tied.map(({ from, to, turned }) => {
    const cells = renamed[from]!;
    const [rows, columns] = plain.parameters[from]!.shape as readonly [number, number];
    return [to, turned ? transposed(cells, rows, columns) : cells] as const;
  });
  const all = { ...renamed, ...Object.fromEntries(written) };
  return Object.fromEntries(Object.keys(plain.parameters).map((name) => [name, all[name]!]));
}

function transposed(cells: Float32Array, rows: number, columns: number): Float32Array {
  const turned = new Float32Array(cells.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) turned[j * rows + i] = cells[i * columns + j]!;
  return turned;
}

import type { Stage } from "../../../src/studio/api/training.ts";
import type { Texts } from "./choice.ts";

/** Units of the hidden layers on the way to the code, and of the code. */
export interface Sizes {
  readonly hidden: readonly number[];
  readonly latent: number;
}

/** Units that a layer may be given by hand. */
export const mostUnits = 4096;

const wholes = (text: string): readonly number[] | null => {
  if (text.trim() === "0") return [];
  const sizes = text.split(",").map((part) => Number(part.trim()));
  return sizes.every((size) => Number.isInteger(size) && size >= 1) ? sizes : null;
};

/** The sizes of a network that was described, with those that were chosen since laid over them. */
export function sizesOf(stages: readonly Stage[], { hidden, latent }: Texts): Sizes {
  const stated = typeof hidden === "string" ? wholes(hidden) : null;
  const code = typeof latent === "string" ? (wholes(latent)?.[0] ?? null) : null;
  return {
    hidden: stated ?? stages.filter(({ role }) => role === "encoder").map(({ units }) => units),
    latent: code ?? stages.find(({ role }) => role === "code")?.units ?? 1,
  };
}

const within = (units: number): number => Math.min(mostUnits, Math.max(1, Math.round(units)));

/** The same with a layer of other units: those of the hidden layers from 0, the code after them. */
export function resized({ hidden, latent }: Sizes, layer: number, units: number): Sizes {
  if (layer >= hidden.length) return { hidden, latent: within(units) };
  return { hidden: hidden.map((size, i) => (i === layer ? within(units) : size)), latent };
}

/** The same with one more hidden layer at a place, as wide as what is between its neighbours. */
export function added({ hidden, latent }: Sizes, place: number, width: number): Sizes {
  const before = place === 0 ? width : hidden[place - 1]!;
  const after = hidden[place] ?? latent;
  const units = within(Math.sqrt(before * after));
  return { hidden: [...hidden.slice(0, place), units, ...hidden.slice(place)], latent };
}

/** The same without a hidden layer. */
export const removed = ({ hidden, latent }: Sizes, layer: number): Sizes => ({
  hidden: hidden.filter((_, i) => i !== layer),
  latent,
});

/** Hidden layers as the command line takes them. */
export const hiddenText = ({ hidden }: Sizes): string =>
  hidden.length === 0 ? "0" : hidden.join(",");

/** All layers from the input to the output, each with the number of the chosen layer that it is; null where none is. */
export function layersOf(
  { hidden, latent }: Sizes,
  width: number,
  output: number,
): readonly { readonly units: number; readonly layer: number | null; readonly mirror: boolean }[] {
  const way = [...hidden, latent];
  const back = hidden.map((units, layer) => ({ units, layer, mirror: true })).reverse();
  return [
    { units: width, layer: null, mirror: false },
    ...way.map((units, layer) => ({ units, layer, mirror: false })),
    ...back,
    { units: output, layer: null, mirror: false },
  ];
}

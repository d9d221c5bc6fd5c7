import { type Content, kinds } from "../../models/kinds.ts";
import type { TrainOptions } from "../lesson/train-options.ts";

/** A way to make an autoencoder that a comparison tries. */
export interface Setting {
  readonly name: string;
  readonly data: readonly Content[];
  /** What it is told, given the usual size of the code and the cells of a row. */
  readonly options: (latentDim: number, cells: number) => TrainOptions;
  /** Whether it only tells anomalies, and rebuilds nothing that could be compared. */
  readonly detects?: boolean;
}

const all: readonly Content[] = ["tables", "images", "sequences"];
const half = (size: number): number => Math.max(1, Math.round(size / 2));

/** The autoencoders of a comparison, in the order in which a small budget tries them. */
export const settings: readonly Setting[] = [
  { name: "basic", data: all, options: (latentDim) => ({ latentDim }) },
  {
    name: "linear",
    data: all,
    options: (latentDim) => ({ hidden: [], activation: "linear", latentDim }),
  },
  {
    name: "convolutional",
    data: ["images", "sequences"],
    options: (latentDim) => ({ kind: "convolutional", latentDim }),
  },
  {
    name: "recurrent",
    data: ["sequences"],
    options: (latentDim) => ({ kind: "recurrent", latentDim }),
  },
  {
    name: "ensemble",
    data: ["tables"],
    options: () => ({ kind: "ensemble" }),
    detects: true,
  },
  { name: "denoising", data: all, options: (latentDim) => ({ kind: "denoising", latentDim }) },
  { name: "variational", data: all, options: (latentDim) => ({ kind: "variational", latentDim }) },
  { name: "robust", data: ["tables"], options: (latentDim) => ({ kind: "robust", latentDim }) },
  { name: "small", data: all, options: (latentDim) => ({ latentDim: half(latentDim) }) },
  {
    name: "large",
    data: ["tables"],
    options: (latentDim, cells) => ({ latentDim: 2 * latentDim, hidden: [cells] }),
  },
];

/** The settings for some content, of the kinds that there are. */
export const settingsFor = (content: Content, labelled: boolean): readonly Setting[] =>
  settings.filter(({ data, options, detects }) => {
    const { kind = "basic" } = options(2, 8);
    const known = kinds.some(({ name }) => name === kind);
    return known && data.includes(content) && (labelled || !detects);
  });

import { type Note, note } from "../../data/terms/notes.ts";
import { cellsOf } from "../../graph/index.ts";
import { ensemble } from "../../models/ensemble.ts";
import { parameterCount } from "../../models/summary.ts";
import type { LayerLine, Model } from "../../nn/index.ts";
import { checkEnsemble, ensembleLength } from "../ensemble/learn.ts";
import { designOf } from "../lesson/design.ts";
import type { TrainTableOptions } from "../lesson/train-table-options.ts";
import type { Split } from "../rows/split.ts";
import type { Begun } from "./begin-lesson.ts";

/** A layer of units between the columns that come in and those that go out. */
export interface Stage {
  readonly role: "input" | "encoder" | "code" | "decoder" | "output";
  readonly units: number;
  /** "" of the input. */
  readonly activation: string;
}

/** What a training would train, before it does. */
export interface NetworkDescription {
  readonly kind: string;
  /** One, or those of the ensemble, each from its input to its output. */
  readonly networks: readonly (readonly Stage[])[];
  /** Columns of the table that are learnt from; prepared, they are `width` columns. */
  readonly columns: number;
  readonly width: number;
  readonly latentDim: number;
  readonly parameters: number;
  /** Prepared cells of the rows that train. */
  readonly cells: number;
  readonly rows: Split["counts"];
  readonly epochs: number;
  readonly batchSize: number;
  /** 0: nothing judges when it ends. */
  readonly patience: number;
  /** What may go wrong with a network of this size. */
  readonly notes: readonly Note[];
}

/** The network that options give on a lesson that has begun. Throws `network_options` and `kind_content`. */
export function describeNetwork(
  { lesson }: Begun,
  options: TrainTableOptions,
): NetworkDescription & { readonly network: Model } {
  const { preparation, split, features } = lesson;
  const design = designOf(preparation, split.counts.train, { ...options, ...ofEnsemble(options) });
  const { width, outputSize, figures } = design;
  const told = {
    columns: features.numeric.length + features.categories.length,
    ...{ width, rows: split.counts },
  };
  if (options.kind === "ensemble") {
    checkEnsemble(options);
    const network = ensemble({ input: width, outputSize });
    const { calibrate, train, validate } = split.counts;
    const available = train + (calibrate > 0 ? validate : 0);
    const { epochs, batchSize } = ensembleLength(available, options);
    return {
      ...{ network, kind: network.kind, networks: stagesOf(network), ...told },
      ...{ latentDim: network.latentDim, parameters: parameterCount(network) },
      ...{ cells: available * width, epochs, batchSize, patience: 0, notes: [] },
    };
  }
  const { network, length, warnings } = design;
  return {
    ...{ network, kind: network.kind, networks: stagesOf(network), ...told, ...length },
    ...{ latentDim: network.latentDim, parameters: figures.parameters, cells: figures.cells },
    notes: warnings.map((warning) => note(warning, figures)),
  };
}

/** Widths are those of any network. */
const ofEnsemble = ({ kind }: TrainTableOptions) => (kind === "ensemble" ? { kind: "basic" } : {});

/** The layers that rows go through, network by network: not those of a rival, nor the spread of a code. */
function stagesOf({ layers, inputShape }: Model): readonly (readonly Stage[])[] {
  const networks = new Map<string, LayerLine[]>();
  for (const line of layers) {
    const [, member = "", part] = /^(?:(\d+)\.)?(\w+)\./.exec(line.name) ?? [];
    if (!["encoder", "mean", "decoder"].includes(part ?? "")) continue;
    networks.set(member, [...(networks.get(member) ?? []), line]);
  }
  return [...networks.values()].map((lines) => {
    const encoding = lines.filter(({ name }) => !/(^|\.)decoder\./.test(name)).length;
    return [
      { role: "input", units: cellsOf(inputShape), activation: "" },
      ...lines.map(({ output, activation }, i) => ({
        role: roleOf(i, encoding, lines.length),
        units: cellsOf(output),
        activation,
      })),
    ];
  });
}

function roleOf(i: number, encoding: number, all: number): Stage["role"] {
  if (i < encoding - 1) return "encoder";
  if (i === encoding - 1) return "code";
  return i < all - 1 ? "decoder" : "output";
}

import type { Activation, Layer } from "../../nn/index.ts";
import {
  activationNamed,
  activationNames,
  kerasActivation,
  type NamedActivation,
} from "../activations.ts";
import { type Settings, textOf } from "../settings.ts";
import { functionName, inOrder, type Reading, type WeightPlace, type Writing } from "./row.ts";

const cells = { SimpleRNN: "simpleRnn", GRU: "gru", LSTM: "lstm" } as const;
type CellClass = keyof typeof cells;

/** The blocks of a cell's weights: "r" where the recurrent activation is applied, "a" where the other one is. */
const blocks = { SimpleRNN: "a", GRU: "rra", LSTM: "rrar" } as const;

const weightNames = (bias: boolean): readonly string[] => [
  "weight",
  "recurrentWeight",
  ...(bias ? ["bias"] : []),
];

function named(s: Settings, setting: string, usual: Activation): NamedActivation {
  const value = s.get(setting) ?? kerasActivation(usual);
  const name = typeof value === "string" ? value : functionName(value);
  return (
    (name !== null && activationNamed(name, s.era)) ||
    s.refuse(setting, activationNames.join(" | "))
  );
}

/** A recurrent layer of a Keras file. Its cells' gates and biases are laid out as ours. */
export function readRecurrent(
  className: string,
  s: Settings,
  { backwards = false }: { readonly backwards?: boolean } = {},
): Reading | null {
  if (!Object.hasOwn(cells, className)) return null;
  const cell = className as CellClass;
  s.only("go_backwards", backwards);
  for (const setting of ["return_state", "stateful", "time_major"]) s.only(setting, false);
  // how it is computed, and what a mask would do
  s.harmless("unroll", "implementation", "unit_forget_bias", "zero_output_for_mask");
  s.whileTraining("dropout", "recurrent_dropout");
  const layer = cells[cell];
  // the first files do not say it: they reset before the product
  const resetAfter = layer !== "gru" || s.flag("reset_after", s.era === 3);
  const bias = s.flag("use_bias", true);
  const a = named(s, "activation", "tanh");
  const r = layer === "simpleRnn" ? null : named(s, "recurrent_activation", "sigmoid");
  // the state of an LSTM passes it once more, where no weight is
  if (layer === "lstm" && a.steeper !== 1) {
    const others = activationNames.filter((name) => name !== "hard_sigmoid");
    s.refuse("activation", others.join(" | "));
  }
  const steeper = [...blocks[cell]].map((block) => (block === "a" ? a : r!).steeper);
  return {
    layers: [
      {
        layer,
        units: s.count("units"),
        activation: a.activation,
        ...(r && { recurrentActivation: r.activation }),
        returnSequences: s.flag("return_sequences", false),
        bias,
        ...(!resetAfter && { resetAfter }),
      } as Layer,
    ],
    weights: inOrder(weightNames(bias), "cell/").map((place) =>
      steeper.every((factor) => factor === 1)
        ? place
        : { ...place, change: (weights) => scaled(weights, steeper, s.count("units")) },
    ),
  };
}

/** Weights whose blocks of columns are multiplied, each by its factor: s(f z) has those of z times f. */
const scaled = (weights: Float32Array, factors: readonly number[], units: number): Float32Array =>
  weights.map((cell, i) => cell * factors[Math.floor(i / units) % factors.length]!);

/** Keras' Bidirectional around a recurrent layer. */
export function readBidirectional(s: Settings): Reading {
  // null gives two outputs
  if (s.get("merge_mode") === null) s.refuse("merge_mode", "concat | sum | mul | ave");
  const merge = s.only("merge_mode", "concat", "sum", "mul", "ave");
  const inner = s.inner("layer");
  const reading = inner && readRecurrent(inner.className, inner.settings);
  if (!reading) return s.refuse("layer", Object.keys(cells).join(" | "));
  const [layer] = reading.layers as readonly [Layer];
  refuseOtherBackward(s, inner.className, layer);
  const below = (direction: string): readonly WeightPlace[] =>
    reading.weights.map((weight) => ({
      ...weight,
      name: `${direction}.${weight.name}`,
      path: `${direction}_layer/${weight.path}`,
    }));
  return {
    layers: [
      { ...layer, bidirectional: true, ...(merge !== "concat" && { merge }) } as unknown as Layer,
    ],
    weights: [...below("forward"), ...below("backward")],
  };
}

/** Refuses a layer of its own for the way back that does not do what the one forward does. */
function refuseOtherBackward(s: Settings, className: string, forward: Layer): void {
  const inner = s.inner("backward_layer");
  if (!inner) return;
  const backward =
    inner.className === className && readRecurrent(className, inner.settings, { backwards: true });
  if (!backward) s.refuse("backward_layer", className);
  const theirs = backward.layers[0] as unknown as Readonly<Record<string, unknown>>;
  const names = {
    ...{ units: "units", activation: "activation", bias: "use_bias" },
    ...{ recurrentActivation: "recurrent_activation", returnSequences: "return_sequences" },
    resetAfter: "reset_after",
  };
  for (const [ours, setting] of Object.entries(names)) {
    const wanted = (forward as unknown as Readonly<Record<string, unknown>>)[ours];
    if (wanted !== theirs[ours]) inner.settings.refuse(setting, textOf(wanted));
  }
}

/** The Keras layer for one of our recurrent ones; null for other layers. */
export function writeRecurrent(layer: Layer): Writing | null {
  const className = Object.entries(cells).find(([, ours]) => ours === layer.layer)?.[0];
  if (!className || !("units" in layer) || layer.layer === "dense") return null;
  const { units, activation = "tanh", returnSequences = false, bias = true } = layer;
  const recurrent = ("recurrentActivation" in layer && layer.recurrentActivation) || "sigmoid";
  const config = {
    ...{ units, activation: kerasActivation(activation), use_bias: bias },
    return_sequences: returnSequences,
    ...(className !== "SimpleRNN" && { recurrent_activation: kerasActivation(recurrent) }),
    ...(layer.layer === "gru" && { reset_after: layer.resetAfter ?? true }),
  };
  const weights = inOrder(weightNames(bias), "cell/");
  if (!layer.bidirectional) return { className, config, weights };
  return {
    className: "Bidirectional",
    config: {
      merge_mode: layer.merge ?? "concat",
      layer: {
        ...{ module: "keras.layers", class_name: className, config },
        registered_name: null,
      },
    },
    weights: ["forward", "backward"].flatMap((direction) =>
      weights.map((weight) => ({
        ...weight,
        name: `${direction}.${weight.name}`,
        path: `${direction}_layer/${weight.path}`,
      })),
    ),
  };
}

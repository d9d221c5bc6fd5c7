import type { Activation, Layer } from "../../nn/index.ts";
import { activationNamed, activationNames, kerasActivation } from "../activations.ts";
import type { Settings } from "../settings.ts";
import { inOrder, type Reading, type WeightPlace, type Writing } from "./row.ts";

const cells = { SimpleRNN: "simpleRnn", GRU: "gru", LSTM: "lstm" } as const;
type CellClass = keyof typeof cells;

const weightNames = (bias: boolean): readonly string[] => [
  "weight",
  "recurrentWeight",
  ...(bias ? ["bias"] : []),
];

function named(s: Settings, setting: string, usual: Activation): Activation {
  const value = s.values[setting] ?? kerasActivation(usual);
  return (
    (typeof value === "string" && activationNamed(value)) ||
    s.refuse(setting, activationNames.join(" | "))
  );
}

/** A recurrent layer of a Keras file. Its cells' gates and biases are laid out as ours. */
export function readRecurrent(className: string, s: Settings): Reading | null {
  if (!Object.hasOwn(cells, className)) return null;
  for (const setting of ["go_backwards", "return_state", "stateful"]) s.only(setting, false);
  const layer = cells[className as CellClass];
  // the old form of the cell has one bias and resets before the product
  if (layer === "gru" && s.values.reset_after !== true) s.refuse("reset_after", "true");
  const bias = s.flag("use_bias", true);
  return {
    layers: [
      {
        layer,
        units: s.count("units"),
        activation: named(s, "activation", "tanh"),
        ...(layer !== "simpleRnn" && {
          recurrentActivation: named(s, "recurrent_activation", "sigmoid"),
        }),
        returnSequences: s.flag("return_sequences", false),
        bias,
      } as Layer,
    ],
    weights: inOrder(weightNames(bias), "cell/"),
  };
}

/** Keras' Bidirectional around a recurrent layer, both states side by side. */
export function readBidirectional(s: Settings): Reading {
  s.only("merge_mode", "concat");
  const inner = s.inner("layer");
  const reading = inner && readRecurrent(inner.className, inner.settings);
  if (!reading) return s.refuse("layer", Object.keys(cells).join(" | "));
  const [layer] = reading.layers as readonly [Layer];
  const below = (direction: string): readonly WeightPlace[] =>
    reading.weights.map((weight) => ({
      ...weight,
      name: `${direction}.${weight.name}`,
      path: `${direction}_layer/${weight.path}`,
    }));
  return {
    layers: [{ ...layer, bidirectional: true } as Layer],
    weights: [...below("forward"), ...below("backward")],
  };
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
    ...(className === "GRU" && { reset_after: true }),
  };
  const weights = inOrder(weightNames(bias), "cell/");
  if (!layer.bidirectional) return { className, config, weights };
  return {
    className: "Bidirectional",
    config: {
      merge_mode: "concat",
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

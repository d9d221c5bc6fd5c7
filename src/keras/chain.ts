import { EspejoError } from "../errors.ts";
import { classOf } from "./classes.ts";
import { checkDescribed } from "./described.ts";
import { groupNames } from "./groups.ts";
import { type Era, Settings, textOf } from "./settings.ts";

type Json = Readonly<Record<string, unknown>>;

/** A layer of a Keras file, out of all models that it is nested in. */
export interface ChainLayer {
  readonly className: string;
  readonly settings: Settings;
  /** The group of the HDF5 file that its weights are below. */
  readonly at: string;
  /** The layer of the outermost model that it belongs to. */
  readonly top: string;
  readonly trainable: boolean;
}

/** A Keras model as layers that follow each other. */
export interface Chain {
  /** Sizes of one row; null where the file leaves them open. */
  readonly inputShape: readonly (number | null)[];
  readonly layers: readonly ChainLayer[];
  /** How many layers belong to the first of two models in a row, encoder and decoder; else null. */
  readonly first: number | null;
}

interface Spot {
  readonly path: string;
  readonly era: Era;
  readonly at: string;
  readonly top: string | null;
  readonly trainable: boolean;
}

/**
 * The layers of a Sequential or Functional model, nested ones opened, in the order of computation. Throws
 * `keras_file` for a class of its own, `keras_graph` where the network branches.
 */
export function chainOf(
  model: unknown,
  { path, era }: { readonly path: string; readonly era: Era },
): Chain {
  const all: ChainLayer[] = [];
  const counts: number[] = [];
  const outer = partsOf(model as Json, { path, era });
  for (const part of outer.parts) {
    const before = all.length;
    open(part, { path, era, at: "", top: null, trainable: true }, all);
    if (isModel(part.json)) counts.push(all.length - before);
  }
  const two = outer.parts.length === 2 && counts.length === 2;
  return {
    inputShape: outer.inputShape ?? innerShape(outer.parts, { path, era }) ?? missingShape(path),
    layers: all,
    first: two ? counts[0]! : null,
  };
}

interface Part {
  readonly json: Json;
  readonly name: string;
  /** Its group inside its model's. */
  readonly group: string;
}

/** Appends the layers of a part, itself or those inside it. */
function open({ json, name, group }: Part, spot: Spot, all: ChainLayer[]): void {
  const config = json.config as Json;
  const here: Spot = {
    ...spot,
    at: `${spot.at}layers/${group}`,
    top: spot.top ?? name,
    trainable: spot.trainable && config.trainable !== false,
  };
  const className = classOf(json);
  const place = { path: spot.path, position: all.length + 1, name, className };
  const call = callOf(json);
  if (isModel(json)) {
    new Settings(place, call, spot.era).refuseOthers();
    const inside = partsOf(json, spot).parts;
    for (const part of inside) open(part, { ...here, at: `${here.at}/` }, all);
    return;
  }
  const settings = new Settings(place, { ...config, ...call }, spot.era);
  const { at, top, trainable } = here;
  all.push({ className, settings, at, top: top!, trainable });
}

/** Models that are layers one after the other, or that say how they hang together. */
const isModel = (model: Json): boolean => {
  const { class_name: name, config } = Object(model) as Json;
  if (Array.isArray(config)) return true;
  const { layers, output_layers: outputs } = Object(config) as Json;
  return Array.isArray(layers) && (Array.isArray(outputs) || rows.includes(String(name)));
};
const rows = ["Sequential", "Pipeline"];

/** What a layer was called with beside its input, as settings; other tensors are told as branches. */
function callOf({ inbound_nodes: nodes }: Json): Json {
  const calls = [nodes].flat(2) as readonly unknown[];
  const counts = (value: unknown) => Boolean(value) && tensorsIn(value).length === 0;
  return Object.fromEntries(
    calls
      .flatMap(namedIn)
      .filter(([, value]) => counts(value))
      .map(([name, value]) => [`call(${name})`, value]),
  );
}

function namedIn(call: unknown): readonly (readonly [string, unknown])[] {
  // before version 3 a call is a list of which the last part has the names
  if (Array.isArray(call)) return Object.entries(Object(call[3]));
  const { args, kwargs } = Object(call) as Json;
  return [
    ...Object.entries(Object(kwargs)),
    ...(Array.isArray(args) ? args.slice(1).entries() : []),
  ].map(([name, value]) => [String(name), value] as const);
}

interface Parts {
  readonly parts: readonly Part[];
  readonly inputShape: readonly (number | null)[] | null;
}

/** The parts of one model in order, without its input. */
function partsOf(model: Json, { path, era }: Pick<Spot, "path" | "era">): Parts {
  if (!isModel(model)) {
    const { class_name: name } = Object(model) as Json;
    throw new EspejoError("keras_class", { path, class: textOf(name) });
  }
  const config = (Array.isArray(model.config) ? { layers: model.config } : model.config) as Json;
  const listed = config.layers as readonly Json[];
  checkDescribed(listed);
  const functional = Array.isArray(config.output_layers);
  for (const json of listed.filter(isInput)) checkInput(json, { path, era });
  // Keras names groups by the class, and numbers those of one class; Sequential leaves its input out
  const groupOf = groupNames();
  const parts = listed.flatMap((json): Part[] => {
    if (isInput(json) && !functional) return [];
    const name = String((json.config as Json).name ?? json.name ?? json.class_name);
    return [{ json, name, group: groupOf(String(json.class_name)) }];
  });
  const ordered = functional ? inOrderOfComputation(parts, config, path) : parts;
  return { parts: ordered.filter(({ json }) => !isInput(json)), inputShape: inputShapeOf(listed) };
}

const isInput = (json: Json): boolean => json.class_name === "InputLayer";

/** Refuses an input that is no array of numbers. */
function checkInput(json: Json, { path, era }: Pick<Spot, "path" | "era">): void {
  const config = json.config as Json;
  const name = String(config.name ?? "InputLayer");
  const settings = new Settings({ path, position: 1, name, className: "InputLayer" }, config, era);
  settings.only("ragged", false);
  // a row has the same cells however they are handed over
  settings.harmless("sparse", "optional");
  if (!/^u?int\d+$|^bool$/.test(String(settings.get("dtype")))) settings.numberType();
  settings.refuseOthers();
}

/** The rows of the first model inside, where the outer one does not say them. */
function innerShape(
  parts: readonly Part[],
  spot: Pick<Spot, "path" | "era">,
): readonly (number | null)[] | null {
  const first = parts[0]?.json;
  if (!first || !isModel(first)) return null;
  const inside = partsOf(first, spot);
  return inside.inputShape ?? innerShape(inside.parts, spot);
}

function missingShape(path: string): never {
  throw new EspejoError("keras_unbuilt", { path });
}

/** Sizes of a row from the input layer, or from the first layer's own settings. */
function inputShapeOf(layers: readonly Json[]): readonly (number | null)[] | null {
  const first = (layers.find(isInput) ?? layers[0])?.config as Json | undefined;
  const shape = first?.batch_shape ?? first?.batch_input_shape;
  return Array.isArray(shape) ? shape.slice(1) : null;
}

/** A Functional model's parts from its input to its output, one after the other. */
function inOrderOfComputation(parts: readonly Part[], config: Json, path: string): readonly Part[] {
  const branches = (name: string): never => {
    throw new EspejoError("keras_graph", { path, name });
  };
  const outputs = tensorsIn(config.output_layers);
  const inputs = tensorsIn(config.input_layers);
  for (const ends of [inputs, outputs]) if (ends.length !== 1) branches(ends.join(", "));
  const byName = new Map(parts.map((part) => [part.name, part]));
  const order: Part[] = [];
  for (let name = outputs[0]!; ; ) {
    const part = byName.get(name) ?? branches(name);
    if (order.includes(part)) branches(name);
    order.unshift(part);
    if (isInput(part.json)) return order;
    const sources = tensorsIn(part.json.inbound_nodes);
    if (sources.length !== 1) branches(name);
    name = sources[0]!;
  }
}

/** Names of the layers whose outputs are named somewhere in a call, in the forms of Keras 2 and 3. */
function tensorsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    const [name, node] = value as readonly unknown[];
    if (typeof name === "string" && typeof node === "number") return [name];
    return value.flatMap(tensorsIn);
  }
  if (typeof value !== "object" || value === null) return [];
  const { class_name: className, config } = value as Json;
  if (className === "__keras_tensor__") {
    const { keras_history: history } = Object(config) as Json;
    return [String(Array.isArray(history) ? history[0] : history)];
  }
  return Object.values(value).flatMap(tensorsIn);
}

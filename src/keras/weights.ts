import { EspejoError } from "../errors.ts";
import { cellsOf } from "../graph/index.ts";
import type { Cells } from "./cells.ts";
import type { ChainLayer } from "./chain.ts";
import type { Hdf5 } from "./hdf5.ts";
import type { WeightPlace } from "./layers/row.ts";

/** A weight that a layer of a file should have. */
export interface Wanted {
  readonly layer: ChainLayer;
  readonly place: WeightPlace;
  readonly shape: readonly number[];
}

/** Gives the values of each wanted weight, by our order of its cells. */
export type Values = (wanted: Wanted) => Float32Array;

/**
 * The weights of layers, all of them known by `wanted`. Throws `keras_weights`: here where the file has others
 * beside them, and at the first look at one that is absent or has another shape.
 */
export function weightsIn(
  file: Hdf5,
  layers: readonly ChainLayer[],
  wanted: readonly Wanted[],
): Values {
  const find = file.has("model_weights")
    ? legacy(file, layers, wanted)
    : numbered(file, layers, wanted);
  return (each) => {
    const { layer, place, shape } = each;
    const found = find(each);
    if (found && cellsOf(found.shape) === cellsOf(shape))
      return place.change?.(found.data) ?? found.data;
    const told = `[${shape.join(", ")}]`;
    return refuse(layer, place.name, told, found ? `[${found.shape.join(", ")}]` : "nothing");
  };
}

function refuse(layer: ChainLayer, weight: string, shape: string, found: string): never {
  const { path, position, name } = layer.settings.place;
  throw new EspejoError("keras_weights", { path, position, name, weight, shape, found });
}

type Find = (wanted: Wanted) => Cells | null;

/** In a `.keras` file every weight has its path. */
function numbered(file: Hdf5, layers: readonly ChainLayer[], wanted: readonly Wanted[]): Find {
  // the first writers of the format named the list of layers otherwise
  const old = !file.has("layers") && file.has("_layer_checkpoint_dependencies");
  const named = (path: string): string =>
    old ? path.replaceAll("layers/", "_layer_checkpoint_dependencies/") : path;
  const pathOf = ({ layer, place }: Wanted): string => named(`${layer.at}/${place.path}`);
  const folders = new Map(layers.map((layer) => [`${named(layer.at)}/vars`, { layer, count: 0 }]));
  for (const each of wanted) {
    const folder = pathOf(each).replace(/\/\d+$/, "");
    folders.set(folder, { layer: each.layer, count: (folders.get(folder)?.count ?? 0) + 1 });
  }
  for (const [folder, { layer, count }] of folders)
    if (file.has(`${folder}/${count}`)) refuse(layer, "list of weights", `${count}`, "more");
  return (each) => file.array(pathOf(each));
}

/** In a `.h5` file each layer of the outermost model lists its weights: those that train, then the others. */
function legacy(file: Hdf5, layers: readonly ChainLayer[], wanted: readonly Wanted[]): Find {
  const found = new Map<Wanted, string>();
  for (const [top, layer] of new Map(layers.map((layer) => [layer.top, layer]))) {
    const own = wanted.filter((each) => each.layer.top === top);
    const trains = ({ layer, place }: Wanted) => layer.trainable && place.trained;
    const order = [...own.filter(trains), ...own.filter((each) => !trains(each))];
    const group = `model_weights/${top}`;
    const names = weightNames(file, group);
    if (names.length > order.length)
      refuse(layer, "list of weights", `${order.length}`, `${names.length}`);
    order.slice(0, names.length).forEach((each, i) => {
      found.set(each, `${group}/${names[i]}`);
    });
  }
  return (each) => {
    const path = found.get(each);
    return path === undefined ? null : file.array(path);
  };
}

/** Long lists are cut into several attributes. */
function weightNames(file: Hdf5, group: string): readonly string[] {
  const whole = file.texts(group, "weight_names");
  if (whole.length > 0) return whole;
  const all: string[] = [];
  for (let i = 0; ; i++) {
    const part = file.texts(group, `weight_names${i}`);
    if (part.length === 0) return all;
    all.push(...part);
  }
}

import { EspejoError } from "../errors.ts";
import { cellsOf } from "../graph/index.ts";
import type { ChainLayer } from "./chain.ts";
import type { Cells, Hdf5 } from "./hdf5.ts";
import type { WeightPlace } from "./layers/row.ts";

/** A weight that a layer of a file should have. */
export interface Wanted {
  readonly layer: ChainLayer;
  readonly place: WeightPlace;
  readonly shape: readonly number[];
}

/** The values of weights in their order. Throws `keras_weights` where one is absent or has another shape. */
export function weightsIn(file: Hdf5, wanted: readonly Wanted[]): readonly Float32Array[] {
  const find = file.has("model_weights") ? legacy(file, wanted) : numbered(file);
  return wanted.map((each) => {
    const { layer, place, shape } = each;
    const found = find(each);
    if (found && cellsOf(found.shape) === cellsOf(shape)) return found.data;
    const { path, position, name } = layer.settings.place;
    throw new EspejoError("keras_weights", {
      ...{ path, position, name, weight: place.name },
      shape: `[${shape.join(", ")}]`,
      found: found ? `[${found.shape.join(", ")}]` : "nothing",
    });
  });
}

type Find = (wanted: Wanted) => Cells | null;

/** In a `.keras` file every weight has its path. */
function numbered(file: Hdf5): Find {
  // the first writers of the format named the list of layers otherwise
  const old = !file.has("layers") && file.has("_layer_checkpoint_dependencies");
  return ({ layer, place }) => {
    const path = `${layer.at}/${place.path}`;
    return file.array(old ? path.replaceAll("layers/", "_layer_checkpoint_dependencies/") : path);
  };
}

/** In a `.h5` file each layer of the outermost model lists its weights: those that train, then the others. */
function legacy(file: Hdf5, wanted: readonly Wanted[]): Find {
  const found = new Map<Wanted, Cells | null>();
  for (const top of new Set(wanted.map(({ layer }) => layer.top))) {
    const own = wanted.filter(({ layer }) => layer.top === top);
    const trains = ({ layer, place }: Wanted) => layer.trainable && place.trained;
    const order = [...own.filter(trains), ...own.filter((each) => !trains(each))];
    const group = `model_weights/${top}`;
    const names = weightNames(file, group);
    order.forEach((each, i) => {
      const name = names[i];
      found.set(each, name === undefined ? null : file.array(`${group}/${name}`));
    });
  }
  return (each) => found.get(each) ?? null;
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

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { writeHdf5 } from "../../src/keras/hdf5.ts";

/** What real Keras made of a model that it saved; scripts/check-keras.py writes it. */
export interface Kept {
  readonly name: string;
  readonly code: string | null;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The classes of its layers; only of files of Keras 2. */
  readonly classes?: readonly string[];
}

const folder = fileURLToPath(new URL("../golden/keras/", import.meta.url));
const models = JSON.parse(readFileSync(`${folder}models.json`, "utf8")) as readonly Kept[];

export const keptBytes = (file: string): Uint8Array => readFileSync(`${folder}${file}`);

/** The files of test/golden/keras, each with what Keras predicted. */
export const kept = readdirSync(folder)
  .filter((file) => /\.(keras|h5)$/.test(file))
  .map((file) => ({ file, ...models.find(({ name }) => file.startsWith(`${name}.`))! }));

const second = unzipSync(readFileSync(new URL("../golden/keras2.zip", import.meta.url)));
const secondModels = JSON.parse(strFromU8(second["models.json"]!)) as readonly Kept[];

/** What Keras 2 saved, as `kept`, with its bytes; scripts/check-keras.mjs --keras2 writes it. */
export const keptOfKeras2 = secondModels.flatMap((each) =>
  ["keras", "h5"].map((ending) => {
    const file = `${each.name}.${ending}`;
    return { ...each, file, bytes: second[file]! };
  }),
);

/** A layer in the JSON of a network. */
export interface KeptLayer {
  class_name: string;
  config: Record<string, unknown>;
  inbound_nodes: unknown[];
}
export interface KeptNetwork {
  class_name: string;
  config: { layers: KeptLayer[] };
}

/** A `.keras` file whose network was changed: `change` is given the JSON of its config. */
export function changed(
  file: string,
  change: (layers: KeptLayer[], network: KeptNetwork) => void,
): Uint8Array {
  const entries = unzipSync(keptBytes(file));
  const config = JSON.parse(strFromU8(entries["config.json"]!)) as KeptNetwork;
  change(config.config.layers, config);
  return zipSync({ ...entries, "config.json": strToU8(JSON.stringify(config)) });
}

/** A Sequential made here: its layers with their weights by place, `vars/0` or `cell/vars/0`. */
export interface Made {
  readonly input: readonly number[];
  readonly layers: readonly {
    readonly class_name: string;
    readonly config?: Readonly<Record<string, unknown>>;
    /** The name of its group among the weights. */
    readonly group?: string;
    readonly weights?: Readonly<Record<string, { shape: readonly number[]; data: Float32Array }>>;
  }[];
  readonly version?: string;
}

/** The parts of a `.keras` file of layers made here. */
export async function parts({ input, layers, version = "3.9.0" }: Made) {
  const config = {
    class_name: "Sequential",
    config: {
      layers: [
        { class_name: "InputLayer", config: { batch_shape: [null, ...input] } },
        ...layers.map(({ class_name, config }, i) => ({
          class_name,
          config: { name: `layer_${i}`, ...config },
        })),
      ],
    },
  };
  const weights = layers.flatMap(({ group, weights = {} }) =>
    Object.entries(weights).map(([path, cells]) => [`layers/${group}/${path}`, cells] as const),
  );
  return {
    "metadata.json": strToU8(JSON.stringify({ keras_version: version })),
    "config.json": strToU8(JSON.stringify(config)),
    "model.weights.h5": await writeHdf5(new Map(weights)),
  };
}

export const made = async (given: Made): Promise<Uint8Array> => zipSync(await parts(given));

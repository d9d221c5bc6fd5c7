import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** What real Keras made of a model that it saved; scripts/check-keras.py writes it. */
export interface Kept {
  readonly name: string;
  readonly code: string | null;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const folder = fileURLToPath(new URL("../golden/keras/", import.meta.url));
const models = JSON.parse(readFileSync(`${folder}models.json`, "utf8")) as readonly Kept[];

export const keptBytes = (file: string): Uint8Array => readFileSync(`${folder}${file}`);

/** The files of test/golden/keras, each with what Keras predicted. */
export const kept = readdirSync(folder)
  .filter((file) => /\.(keras|h5)$/.test(file))
  .map((file) => ({ file, ...models.find(({ name }) => file.startsWith(`${name}.`))! }));

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

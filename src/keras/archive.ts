import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { type Foreign, foreignNames } from "./foreign.ts";

/** The three parts of a `.keras` file. */
export interface Archive {
  /** What the network is, as JSON. */
  readonly config: unknown;
  /** The Keras version that wrote it, where it says so. */
  readonly version: string | null;
  /** An HDF5 file. */
  readonly weights: Uint8Array;
}

/** The names of the parts: also of a folder that holds what a `.keras` file does. */
export const archiveParts = ["config.json", "metadata.json", "model.weights.h5"] as const;
const mostBytes = 2 ** 31;
/** Deflate makes at most so many bytes of one. */
const mostSwelling = 1032;

/**
 * Reads a `.keras` file, or an archive of the folder of one. Gives what it is where it is known to be something
 * else; throws an Error that says what is wrong with it.
 */
export function readArchive(bytes: Uint8Array): Archive | Foreign {
  const names: string[] = [];
  const entries = unzipSync(bytes, {
    filter: ({ name, size, originalSize }) => {
      names.push(name);
      const part = archiveParts.some((part) => name === part || name.endsWith(`/${part}`));
      if (!part) return false;
      if (originalSize > mostBytes) throw new Error(`${name} unpacks to more than 2 GiB`);
      if (originalSize > mostSwelling * (size + 1))
        throw new Error(`${name} claims ${originalSize} bytes, which its ${size} cannot hold`);
      return true;
    },
  });
  const folders = names
    .filter((name) => /(^|\/)config\.json$/.test(name))
    .map((name) => name.slice(0, -"config.json".length));
  const whole = folders.find((folder) => entries[`${folder}model.weights.h5`]);
  const [config, metadata, weights] = archiveParts.map((part) => entries[`${whole ?? ""}${part}`]);
  const foreign = config && weights ? null : foreignNames(names);
  if (foreign) return foreign;
  if (!config) throw new Error("it holds no config.json");
  if (!weights) throw new Error("it holds no model.weights.h5");
  const { keras_version: version = null } = metadata
    ? (JSON.parse(strFromU8(metadata)) as { keras_version?: string })
    : {};
  return { config: JSON.parse(strFromU8(config)), version, weights };
}

/** The format that is written; later versions of Keras read it. */
const writtenVersion = "3.0.0";

const stored = { level: 0 } as const;

/** The parts of a `.keras` file as its bytes. */
export const packed = (parts: Readonly<Record<string, Uint8Array>>): Uint8Array =>
  zipSync(parts, stored);

/** The bytes of a `.keras` file. */
export const writeArchive = (config: unknown, weights: Uint8Array): Uint8Array =>
  packed({
    "metadata.json": strToU8(JSON.stringify({ keras_version: writtenVersion })),
    "config.json": strToU8(JSON.stringify(config)),
    "model.weights.h5": weights,
  });

import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** The three parts of a `.keras` file. */
export interface Archive {
  /** What the network is, as JSON. */
  readonly config: unknown;
  /** The Keras version that wrote it, where it says so. */
  readonly version: string | null;
  /** An HDF5 file. */
  readonly weights: Uint8Array;
}

const parts = ["config.json", "metadata.json", "model.weights.h5"];
const mostBytes = 2 ** 31;
/** Deflate makes at most so many bytes of one. */
const mostSwelling = 1032;

/** Reads a `.keras` file. Throws an Error that says what is wrong with it. */
export function readArchive(bytes: Uint8Array): Archive {
  const entries = unzipSync(bytes, {
    filter: ({ name, size, originalSize }) => {
      if (originalSize > mostBytes) throw new Error(`${name} unpacks to more than 2 GiB`);
      if (originalSize > mostSwelling * (size + 1))
        throw new Error(`${name} claims ${originalSize} bytes, which its ${size} cannot hold`);
      return parts.includes(name);
    },
  });
  const [config, metadata, weights] = parts.map((name) => entries[name]);
  if (!config) throw new Error("it holds no config.json");
  if (!weights) throw new Error("it holds no model.weights.h5");
  const { keras_version: version = null } = metadata
    ? (JSON.parse(strFromU8(metadata)) as { keras_version?: string })
    : {};
  return { config: JSON.parse(strFromU8(config)), version, weights };
}

/** The format that is written; later versions of Keras read it. */
const writtenVersion = "3.0.0";

/** The bytes of a `.keras` file. */
export function writeArchive(config: unknown, weights: Uint8Array): Uint8Array {
  const metadata = { keras_version: writtenVersion };
  const stored = { level: 0 } as const;
  return zipSync({
    "metadata.json": [strToU8(JSON.stringify(metadata)), stored],
    "config.json": [strToU8(JSON.stringify(config)), stored],
    "model.weights.h5": [weights, stored],
  });
}

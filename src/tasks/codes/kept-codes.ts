import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { openColumnsFile } from "../../data/paged/columns-file.ts";
import { EspejoError } from "../../errors.ts";
import { nearestNeighbours } from "../../metrics/neighbours.ts";
import { quantiles } from "../../metrics/statistics.ts";
import { checkArguments } from "../../options.ts";
import { argument } from "../model/arguments.ts";
import { latentMap } from "../reduce/latent-map.ts";
import { codesFileOf, isCodesFile, runFiles } from "../runs/run-folder.ts";

/** A latent variable over all rows. */
export interface LatentVariable {
  readonly mean: number;
  readonly deviation: number;
  readonly least: number;
  readonly most: number;
  /** Between them lie all but one row in a hundred at either end. */
  readonly low: number;
  readonly high: number;
}

/** A row and how far its code is. */
export interface CodeNeighbour {
  readonly row: number;
  /** Euclidean, in units of the code. */
  readonly distance: number;
}

/** The codes of all rows that a model file was asked for, in memory; text that names rows stays in the file until `dispose`. */
export interface KeptCodes {
  readonly rows: number;
  readonly latentDim: number;
  readonly variables: readonly LatentVariable[];
  /** Share of the variance of the codes that the first two components of them show; null for codes of one or two numbers. */
  readonly shares: readonly [number, number] | null;
  /** What there are numbers of: `latent_1`, `component_1` (of the codes), `pca_1` (of the prepared columns). */
  readonly numbers: ReadonlyMap<string, Float32Array>;
  /** Columns that name rows. */
  readonly ids: readonly string[];
  /** What names some rows. */
  namesOf(rows: readonly number[]): Promise<readonly (readonly string[])[]>;
  /** The code of a row. Throws `row_unknown`. */
  codeOf(row: number): Float32Array;
  /** The rows whose codes are nearest to that of a row, the nearest first. Throws `row_unknown`. */
  nearest(row: number, k: number): readonly CodeNeighbour[];
  /** Frees the database. */
  dispose(): void;
}

/** Where the codes of the model in the folder of a run are kept: a name that no other model has. Throws `file_missing`. */
export async function codesPath(folder: string): Promise<string> {
  const model = join(folder, runFiles.model);
  const bytes = await readFile(model).catch((error) => {
    throw new EspejoError("file_missing", { path: model }, { cause: error });
  });
  return join(folder, codesFileOf(createHash("sha256").update(bytes).digest("hex")));
}

/** Takes away codes of models that the run had before. */
export async function clearOtherCodes(folder: string, path: string): Promise<void> {
  for (const name of await readdir(folder))
    if (isCodesFile(name) && join(folder, name) !== path)
      await rm(join(folder, name), { force: true });
}

const latentPattern = /^latent_\d+$/;

/** Opens codes that `espejo encode --pca` wrote to a Parquet file. Throws an Error of the system where there is none. */
export async function openCodes(path: string): Promise<KeptCodes> {
  checkArguments("openCodes", { path: [path, argument.path] });
  const file = await openColumnsFile(path);
  try {
    const latents = file.names.filter((name) => latentPattern.test(name));
    const planes = file.names.filter((name) => /^pca_[12]$/.test(name));
    const ids = file.names.filter((name) => !latents.includes(name) && !planes.includes(name));
    const names = [...latents, ...planes];
    const columns = await file.numbers(names);
    const numbers = new Map(names.map((name, j) => [name, columns[j]!]));
    const { rows } = file;
    const latentDim = latents.length;
    const codes = new Float32Array(rows * latentDim);
    columns.slice(0, latentDim).forEach((column, j) => {
      for (let i = 0; i < rows; i++) codes[i * latentDim + j] = column[i]!;
    });
    const map =
      latentDim > 2 && rows > 0 ? latentMap({ data: codes, shape: [rows, latentDim] }) : null;
    if (map) {
      numbers.set("component_1", map.x);
      numbers.set("component_2", map.y);
    }
    const codeOf = (row: number): Float32Array => {
      if (!Number.isInteger(row) || row < 0 || row >= rows)
        throw new EspejoError("row_unknown", { path, row: row + 1, rows });
      return codes.slice(row * latentDim, (row + 1) * latentDim);
    };
    return {
      ...{ rows, latentDim, ids, numbers, shares: map?.shares ?? null, codeOf },
      variables: columns.slice(0, latentDim).map(variableOf),
      namesOf: (wanted) => file.texts(ids, wanted),
      nearest(row, k) {
        const most = Math.min(k, rows - 1);
        if (most < 1) return [];
        const { indices, distances } = nearestNeighbours(codeOf(row), codes, latentDim, most + 1);
        return Array.from(indices, (each, i) => ({ row: each, distance: distances[i]! }))
          .filter((each) => each.row !== row)
          .slice(0, most);
      },
      dispose: () => file.dispose(),
    };
  } catch (error) {
    file.dispose();
    throw error;
  }
}

function variableOf(values: Float32Array): LatentVariable {
  if (values.length === 0) return { mean: 0, deviation: 0, least: 0, most: 0, low: 0, high: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const [least, low, high, most] = quantiles(values, [0, 0.01, 0.99, 1]) as [
    ...[number, number, number, number],
  ];
  return { mean, deviation: Math.sqrt(squares / values.length), least, most, low, high };
}

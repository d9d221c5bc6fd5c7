import { EspejoError } from "../../errors.ts";
import { nearest } from "../../nearest.ts";
import { damaged } from "../files/packed-errors.ts";
import type { Workspace } from "../files/workspace.ts";
import { openZip } from "../files/zip.ts";
import { readNpy } from "./npy.ts";
import { rowsOf, type StoredArray } from "./stored-array.ts";

/** The array of a .npz file that holds the rows, and the one that holds their classes. */
export interface NpzChoice {
  readonly name: string;
  readonly array: StoredArray;
  readonly labelName: string | null;
  readonly labels: StoredArray | null;
}

export interface NpzOptions {
  readonly array?: string | undefined;
  readonly labelArray?: string | undefined;
}

const rowNames = ["X", "x", "images", "data"];
const labelNames = ["y", "Y", "labels", "label", "targets", "target", "classes"];

/** Unpacks the two arrays that matter, each to a temporary file. */
export async function readNpz(
  path: string,
  shown: string,
  options: NpzOptions,
  workspace: Workspace,
): Promise<NpzChoice> {
  const archive = await openZip(path, shown);
  try {
    const names = archive.names.filter((n) => n.endsWith(".npy")).map((n) => n.slice(0, -4));
    if (names.length === 0) throw new EspejoError("array_header", { path: shown, format: "NumPy" });
    const read = async (name: string): Promise<StoredArray> => {
      let unpacked: string;
      try {
        unpacked = await workspace.receive(".npy", await archive.stream(`${name}.npy`));
      } catch (error) {
        throw damaged(shown, error);
      }
      return readNpy(unpacked, `${shown}, ${name}`);
    };
    const name = chooseRows(names, options.array, shown);
    const array = await read(name);
    const labelName = chooseLabels(names, name, options.labelArray, shown);
    if (labelName === null) return { name, array, labelName, labels: null };
    const labels = await read(labelName);
    const fits = rowsOf(labels) === rowsOf(array) && labels.shape.slice(1).every((n) => n === 1);
    if (!fits && options.labelArray !== undefined) {
      const counts = { labels: rowsOf(labels), rows: rowsOf(array) };
      throw new EspejoError("labels_count", { path: shown, ...counts });
    }
    return fits
      ? { name, array, labelName, labels }
      : { name, array, labelName: null, labels: null };
  } finally {
    archive.close();
  }
}

function chooseRows(names: readonly string[], stated: string | undefined, path: string): string {
  if (stated !== undefined) return named(names, stated, path);
  const others = names.filter((name) => !labelNames.includes(name) && !/^[yY]_/.test(name));
  const known = others.filter((name) => rowNames.includes(name));
  // x_train beside x_test is a choice that only a person can make.
  const [only] = others.length === 1 ? others : known;
  if (only === undefined || (others.length > 1 && known.length > 1))
    throw new EspejoError("array_ambiguous", { path, names: names.join(", ") });
  return only;
}

function chooseLabels(
  names: readonly string[],
  rows: string,
  stated: string | undefined,
  path: string,
): string | null {
  if (stated !== undefined) return named(names, stated, path);
  const paired = [
    rows.replace(/^x/, "y").replace(/^X/, "y"),
    rows.replace(/^X/, "Y"),
    rows.replace("images", "labels"),
  ];
  const [found] = [...paired, ...labelNames].filter((n) => n !== rows && names.includes(n));
  return found ?? null;
}

function named(names: readonly string[], name: string, path: string): string {
  if (names.includes(name)) return name;
  const closest = nearest(name, names) ?? "";
  throw new EspejoError("array_unknown", { path, name, nearest: closest, names: names.join(", ") });
}

import { join } from "node:path";
import { EspejoError } from "../../errors.ts";
import type { Arrays } from "../terms/arrays.ts";

/** What pairing needs of a source. */
interface Source {
  readonly path: string;
  readonly rows: number;
  /** The files of a folder; null for all else. */
  readonly names: readonly string[] | null;
}

/**
 * Which clean image belongs to each noisy one: of two folders that of the same name, whatever its ending; null where
 * they have the same order. Throws `clean_partner` where a folder has none, `clean_rows` where counts differ.
 */
export function cleanOrder(noisy: Source, clean: Source): readonly number[] | null {
  if (noisy.names && clean.names) return partnersOf(noisy.path, noisy.names, clean);
  if (noisy.rows !== clean.rows)
    throw new EspejoError("clean_rows", { path: clean.path, rows: clean.rows, noisy: noisy.rows });
  return null;
}

/** The clean rows in the order of the noisy ones. Throws as `cleanOrder` does. */
export function cleanInOrder(noisy: Arrays, clean: Arrays): Arrays {
  const order = cleanOrder(filesOf(noisy), filesOf(clean));
  return order && clean.take ? clean.take(order) : clean;
}

const filesOf = ({ path, rows, names, detected }: Arrays): Source => ({
  ...{ path, rows },
  names: detected.format === "folder" ? names : null,
});

function partnersOf(folder: string, noisy: readonly string[], clean: Source): readonly number[] {
  const files = clean.names!;
  const byName = new Map(files.map((name, row) => [name, row]));
  // of several that differ in their endings alone none is the partner
  const byStem = new Map<string, number | null>();
  files.forEach((name, row) => {
    byStem.set(stemOf(name), byStem.has(stemOf(name)) ? null : row);
  });
  return noisy.map((name) => {
    const row = byName.get(name) ?? byStem.get(stemOf(name)) ?? null;
    if (row !== null) return row;
    throw new EspejoError("clean_partner", { path: clean.path, noisy: join(folder, name) });
  });
}

const stemOf = (name: string): string => name.replace(/\.[^./]+$/, "");

import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Note } from "../data/terms/notes.ts";
import type { OpenOptions, Table } from "../data/terms/table.ts";
import { temporaryFolder } from "../files.ts";
import type { TableModel } from "../tasks/model/table-model.ts";
import { namingColumns } from "../tasks/rows/row-names.ts";
import { base64 } from "./base64.ts";
import { type ClusterData, nameOfData } from "./cluster-data.ts";
import type { Connection } from "./connection.ts";
import { lookAt } from "./look.ts";

/** Data of a cluster, and the model file that goes there with them. */
export interface ClusterUse {
  readonly connection: Connection;
  readonly model: TableModel;
  readonly data: ClusterData;
}

/** How the data of a model are looked at first. */
export interface MatchOptions {
  /** How they are read; what is absent is detected. */
  readonly read?: OpenOptions;
  /** Hears what should be said aloud of them. */
  readonly onNote?: (note: Note) => void;
}

/** Data that a model takes, as some of their rows show them. */
export interface Matched {
  /** What every request about them says. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Of the sample. */
  readonly columns: Table["columns"];
  /** Of all data. */
  readonly rows: number;
}

/**
 * Looks at data for a model: columns are found by name, and how text is written is detected from some rows. Throws what
 * opening a table for a model throws.
 */
export async function matchOnCluster(
  { connection, model, data: asked }: ClusterUse,
  { read = {}, onNote }: MatchOptions,
): Promise<Matched> {
  const { metadata } = model;
  const folder = temporaryFolder(join(tmpdir(), "espejo-cluster-"));
  try {
    const open = { ...read, expect: metadata.columns, prior: metadata.source };
    const { data, table, rows } = await lookAt(connection, asked, open, folder.path);
    const { columns, detected, notes } = table;
    await table.dispose();
    for (const each of notes) onNote?.(each);
    const request = {
      ...{ data, path: nameOfData(asked), source: detected, naming: namingColumns(columns) },
      ...{ model: base64(model.bytes), modelPath: model.path },
    };
    return { request, columns, rows };
  } finally {
    await folder.remove();
  }
}

/** What a cluster reads: files by an address that its workers know, a table of its catalogue, a query, or the frame of a notebook. */
export type ClusterData =
  | {
      readonly path: string;
      readonly format?: "csv" | "parquet" | "json";
      /** How text files are written; absent of those that have types. */
      readonly csv?: {
        readonly delimiter: string;
        readonly encoding: string;
        readonly quote: string;
        readonly header: boolean;
        readonly names: readonly string[];
      };
    }
  | { readonly table: string }
  | { readonly sql: string }
  | { readonly held: string };

/** What a person calls it. */
export const nameOfData = (data: ClusterData): string =>
  "path" in data ? data.path : "table" in data ? data.table : "sql" in data ? data.sql : data.held;

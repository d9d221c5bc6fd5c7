import { DuckDBInstance } from "@duckdb/node-api";

const literal = (/** @type {string} */ text) => `'${text.replaceAll("'", "''")}'`;

/** DuckDB's sniffer: what it finds of delimiter, quotes, header and lines to skip is kept, all cells are text. */
export async function startDuckDB() {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const rowsOf = async (/** @type {string} */ sql) =>
    (await connection.runAndReadAll(sql)).getRowsJson();
  return {
    /** @param {string} path @returns {Promise<import("./files.mjs").Split>} */
    async read(path) {
      const [found] = await rowsOf(
        `SELECT HasHeader, list_transform(Columns, lambda c: c.name), Prompt FROM sniff_csv(${literal(path)})`,
      );
      const [header, names, prompt] = /** @type {[boolean, string[], string]} */ (found);
      const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(", ");
      const settings = prompt.slice(0, prompt.indexOf(", columns={"));
      const rows = await rowsOf(`${settings}, columns={${columns}})`);
      return {
        names: header ? names : null,
        rows: rows.map((row) => row.map((cell) => String(cell ?? ""))),
      };
    },
    stop() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

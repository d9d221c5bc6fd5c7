/**
 * `node bench/large.mjs`: a table larger than one wants in memory, made of real rows with noise.
 * Trains one epoch from Parquet and scores from Parquet to Parquet, by the command line.
 *
 *   --rows 5000000     1,000,000 by default
 *   --data PATH        a folder with card transactions, or the CSV itself
 *   --keep FOLDER      where the Parquet is made and stays, to be used again
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { runNode } from "./child.mjs";
import { figure, machine, ownVersion, print, save } from "./report.mjs";
import { cardTransactions } from "./sample.mjs";

const cli = new URL("../dist/cli/main.js", import.meta.url).pathname;
const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    data: { type: "string" },
    keep: { type: "string" },
  },
});
const rows = Number(options.rows);
if (!(Number.isInteger(rows) && rows > 0))
  throw new RangeError(`--rows: a whole number above 0, got ${options.rows}`);

const folder = options.keep ?? mkdtempSync(path.join(tmpdir(), "espejo-large-"));
mkdirSync(folder, { recursive: true });
try {
  const table = path.join(folder, `${rows}.parquet`);
  if (!existsSync(table)) await makeTable(cardTransactions(options.data), table);
  console.log(`${rows.toLocaleString("en")} rows x 30 columns, ${figure(megabytesOf(table))} MB`);

  const model = path.join(folder, "model.onnx");
  const run = path.join(folder, "run");
  rmSync(run, { recursive: true, force: true });
  const trained = runNode([cli, "train", table, "-o", model, "--epochs", "1", "--run", run]);
  const scored = runNode([
    cli,
    "score",
    table,
    "-m",
    model,
    "-o",
    path.join(folder, "out.parquet"),
  ]);

  const cases = [
    { what: "train, one epoch", ...trained, target: "< 1,536 MB" },
    { what: "score, Parquet to Parquet", ...scored, target: ">= 300,000 rows/s" },
  ];
  print("by the command line, start-up included", [
    ["", "s", "rows/s", "peak MB", "target"],
    ...cases.map(({ what, seconds, megabytes, target }) => [
      what,
      figure(seconds),
      figure(rows / seconds),
      figure(megabytes),
      target,
    ]),
  ]);
  save(
    { espejo: ownVersion(), node: machine().node },
    cases.map(({ what, seconds, megabytes }) => ({
      net: `${rows} x 30`,
      batch: null,
      threads: availableParallelism(),
      who: "native",
      what,
      medianUs: seconds * 1e6,
      ratio: null,
      megabytes,
      rowsPerSecond: rows / seconds,
    })),
  );
} finally {
  if (!options.keep) rmSync(folder, { recursive: true, force: true });
}

/**
 * Real rows again and again, each cell with noise of a tenth of its column's deviation. The noise
 * is a hash of row and column, so the same table is made everywhere.
 * @param {string} source
 * @param {string} target
 */
async function makeTable(source, target) {
  const instance = await DuckDBInstance.create(":memory:");
  const database = await instance.connect();
  await database.run("SET preserve_insertion_order = true");
  await database.run(
    `CREATE TABLE real AS SELECT row_number() OVER () - 1 AS place, * EXCLUDE (Class)
     FROM read_csv(${quoted(source)})`,
  );
  const columns = (await database.runAndReadAll("SELECT * FROM real LIMIT 0"))
    .columnNames()
    .filter((name) => name !== "place");
  const [facts = []] = (
    await database.runAndReadAll(
      `SELECT ${columns.map((name) => `stddev("${name}")`).join(", ")}, count(*) FROM real`,
    )
  ).getRows();
  const cells = columns.map((name, i) => {
    // Two uniform numbers make a triangular one with variance 1/6.
    const draw = (/** @type {number} */ k) => `(hash(n, ${2 * i + k}) / 18446744073709551616.0)`;
    const scale = Number(facts[i]) * 0.1 * Math.sqrt(6);
    return `"${name}" + ${scale} * (${draw(0)} + ${draw(1)} - 1) AS "${name}"`;
  });
  const half = `${target}.tmp`;
  await database.run(
    `COPY (SELECT ${cells.join(", ")} FROM range(${rows}) AS numbers(n)
           JOIN real ON real.place = n % ${facts.at(-1)})
     TO ${quoted(half)} (FORMAT parquet)`,
  );
  database.closeSync();
  renameSync(half, target);
}

/** @param {string} file */
function quoted(file) {
  return `'${file.replaceAll("'", "''")}'`;
}

/** @param {string} file */
function megabytesOf(file) {
  return statSync(file).size / 2 ** 20;
}

// Reads from a PostgreSQL server of its own what Espejo reads. Ends with "N passed, N failed".
import { spawnSync } from "node:child_process";
import { openArrays } from "../dist/data/arrays/open-arrays.js";
import { openTable } from "../dist/data/tables/open.js";
import { startPostgres } from "./postgres-server.mjs";

const password = "pa55-wörd";
const encoded = encodeURIComponent(password);
let passed = 0;
let failed = 0;
const check = (what, holds, found = "") => {
  holds ? passed++ : failed++;
  console.log(`${holds ? "ok    " : "FAILED"} ${what}${found === "" ? "" : `: ${found}`}`);
};

const count = 300_000;
const rows = `
  CREATE TABLE sales AS SELECT i AS id, 9007199254740993 + i AS big, (i % 97) / 7.0::float8 AS amount,
    (i * 1.1)::numeric(12,2) AS price, (i % 3 = 0) AS paid, DATE '2024-01-01' + (i % 300)::int AS day,
    TIMESTAMPTZ '2024-01-01 12:00:00+02' + i * INTERVAL '1 minute' AS at,
    CASE WHEN i % 10 = 0 THEN NULL ELSE 'ciudad "' || (i % 5) || E'",\\n\\\\N' END AS city,
    CASE WHEN i % 4 = 0 THEN NULL ELSE i % 11 END AS score
  FROM generate_series(1, ${count}) AS i;
  CREATE TABLE empty (a int);`;

const server = await startPostgres(password, rows);
if (!server) process.exit(0);
const { url } = server;

async function refused(what, code, options, address = url) {
  try {
    await (await openTable(address, options)).dispose();
    check(`${what} is refused`, false);
  } catch (error) {
    const said = JSON.stringify([
      error.message,
      error.parameters,
      String(error.cause),
      error.stack,
    ]);
    check(`${what} is refused as ${code}`, error.code === code, error.message);
    const shown = said.includes(password) || said.includes(encoded);
    check(`${what}: the password is not shown`, !shown);
  }
}

async function readTable() {
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const table = await openTable(url, { query: "SELECT * FROM sales ORDER BY id" });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  check("all rows are read", table.rows === count, `${table.rows} rows in ${seconds} s`);
  check("the path has no password", !JSON.stringify(table).includes(encoded), table.path);
  const kinds = Object.fromEntries(table.columns.map((c) => [c.name, c.type]));
  const expected =
    '{"id":"number","big":"category","amount":"number","price":"number","paid":"boolean","day":"date","at":"date","city":"category","score":"number"}';
  check("types are PostgreSQL's", JSON.stringify(kinds) === expected, JSON.stringify(kinds));
  const missing = (name) => table.columns.find((c) => c.name === name).profile.missing;
  check("NULL is missing", missing("city") === count / 10 && missing("score") === count / 4);
  let sum = 0;
  let first;
  for (let pass = 0; pass < 2; pass++)
    for await (const batch of table.batches({
      numeric: ["price", "at"],
      categories: ["city"],
      text: ["big"],
    })) {
      first ??= {
        price: batch.numeric[0],
        at: batch.numeric[1],
        city: batch.categories[0],
        big: batch.text[0][0],
      };
      for (let i = 0; i < batch.rows; i++) sum += batch.numeric[2 * i];
    }
  const real = 2 * 1.1 * ((count * (count + 1)) / 2);
  check("two passes give the same numbers", Math.abs(sum - real) < 1, sum.toFixed(1));
  check("64-bit numbers keep their digits", first.big === "9007199254740994", first.big);
  const at = Date.UTC(2024, 0, 1, 10, 1) / 86_400_000;
  check("times are UTC", Math.abs(first.at - at) < 1e-9, first.at);
  check("texts are as they are", first.city === 'ciudad "1",\n\\N', JSON.stringify(first.city));
  await table.dispose();
  const grown = Math.round((process.memoryUsage().rss - before) / 1e6);
  check("memory stays bounded", grown < 600, `${grown} MB more`);
}

async function readTimes() {
  const query =
    "SELECT '2020Q' || (1 + i % 4) AS quarter, '2024-10-27T02:30:00+0' || (1 + i % 2) || ':00' AS said, " +
    "TIMESTAMPTZ '2024-07-01 12:00+00' AS moment, TIMESTAMP '2024-07-01 12:00' AS clock FROM generate_series(0, 7) AS i";
  const table = await openTable(url, { query, zone: "Europe/Madrid" });
  const names = ["quarter", "said", "moment", "clock"];
  const found = [];
  for await (const { numeric } of table.batches({ numeric: names, categories: [] }))
    found.push(...numeric.subarray(0, 8));
  const days = (...times) => times.map((time) => Date.parse(time) / 86_400_000);
  const expected = [
    ...days("2020-01-01", "2024-10-27T01:30Z", "2024-07-01T12:00Z", "2024-07-01T10:00Z"),
    ...days("2020-04-01", "2024-10-27T00:30Z", "2024-07-01T12:00Z", "2024-07-01T10:00Z"),
  ];
  check("quarters, offsets, moments and clocks", found.join() === expected.join(), found.join());
  await table.dispose();
}

try {
  await readTable();
  const named = await openTable(url, { query: "sales", label: "paid" });
  check("the name of a table is a query", named.rows === count);
  await named.dispose();
  const windows = await openArrays(url, {
    query: "SELECT at, amount, score FROM sales WHERE id <= 1000",
    window: 24,
    stride: 12,
  });
  check("rows are read as sequences", windows.rows === 82, JSON.stringify(windows.detected));
  await windows.dispose();
  await readTimes();
  await refused("no query", "query_missing", {});
  await refused("wrong SQL", "query_wrong", { query: "SELECT id, amuont FROM sales" });
  await refused("an unknown table", "query_wrong", { query: "nothing" });
  await refused("a query that writes", "query_refused", {
    query: "DELETE FROM sales RETURNING id",
  });
  await refused("two statements", "query_refused", { query: "SELECT 1; DROP TABLE sales" });
  await refused("a failing cell", "query_refused", {
    query: "SELECT 1 / (id - 250000) FROM sales ORDER BY id",
  });
  await refused("no rows", "query_no_rows", { query: "empty" });
  await refused("two columns of a name", "query_names", { query: "SELECT id, id FROM sales" });
  const query = "SELECT 1";
  await refused(
    "a wrong password",
    "database_login",
    { query },
    url.replace(encoded, `${encoded}x`),
  );
  await refused("no password", "database_login", { query }, url.replace(`:${encoded}`, ""));
  await refused("a wrong port", "database_unreachable", { query }, url.replace(/:\d+\//, ":1/"));
  await refused(
    "an unknown database",
    "database_unreachable",
    { query },
    url.replace(/postgres$/, "nil"),
  );
  await refused(
    "a damaged URL",
    "database_unreachable",
    { query },
    `postgres://owner:${password}@[`,
  );
  const words = ["dist/cli/main.js", "inspect", url, "--query", "SELECT * FROM sales LIMIT 50"];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  check(
    "the command line reads it",
    status === 0 && /price/.test(stdout),
    stderr.trim().split("\n").at(-1),
  );
  const read = stderr.split("\n").find((line) => line.startsWith("  read as"));
  check(
    "it is called by its name, without an order of dates",
    read === "  read as PostgreSQL: missing cells: empty",
    read,
  );
  check("the command line hides the password", !(stdout + stderr).includes(encoded));
} finally {
  await server.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/**
 * `npm run bench:reading`: what Espejo, DuckDB's sniffer, pandas and CleverCSV make of 56 published CSV files, no option
 * given, beside what the files mean (../shared/data/reading).
 *
 *   --files            a line for each file and tool
 *   --only NAME        only files whose name holds this
 *   --without PREFIX   leaves out files whose name begins with this
 *   --tools a,b        only these: espejo, duckdb, pandas, clevercsv
 *   --json OUT         writes what was found, file by file
 *   --smoke            a few files; pandas and CleverCSV only where they are installed
 *   --docs             writes the table into docs/data.md and its Spanish twin
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { isSetUp, setUpPeers } from "./peers/setup.mjs";
import { writeDocs } from "./reading/docs.mjs";
import { readingFiles } from "./reading/files.mjs";
import { fileLine } from "./reading/listing.mjs";
import { measure } from "./reading/measure.mjs";
import { namedProducers } from "./reading/producers.mjs";
import { head, summary } from "./reading/summary.mjs";
import { startTools, toolNames } from "./reading/tools.mjs";
import { machine, ownVersion, print } from "./report.mjs";

const { values: options } = parseArgs({
  options: {
    files: { type: "boolean", default: false },
    smoke: { type: "boolean", default: false },
    docs: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    without: { type: "string" },
    tools: { type: "string" },
    json: { type: "string" },
  },
});
const { smoke } = options;
const all = readingFiles();
if (all.length === 0) {
  console.log("the published files are not here (../shared/data/reading): nothing to measure");
  process.exit(0);
}
const chosen = all.filter(
  (name) => name.includes(options.only) && !(options.without && name.startsWith(options.without)),
);
// files of each size and kind, few enough for the gate
const files = smoke ? chosen.filter((_, i) => i % 8 === 0) : chosen;
if (files.length === 0) {
  console.log("no file is left to read");
  process.exit(1);
}
let names = options.tools?.split(",") ?? toolNames;
if (smoke && !isSetUp("readers")) {
  names = names.filter((name) => name === "espejo" || name === "duckdb");
  console.log("pandas and CleverCSV are not installed: left out");
}
if (names.includes("pandas") || names.includes("clevercsv")) setUpPeers({ readers: true });
const { processor, processors, node } = machine();
console.log(`${processor}, ${processors} processors; node ${node}; Espejo ${ownVersion()}`);

const tools = await startTools(names);
/** @type {import("./reading/measure.mjs").Finding[]} */
const findings = [];
for (const file of files)
  for (const tool of tools) {
    const finding = await measure(tool, file);
    findings.push(finding);
    if (options.files) console.log(fileLine(finding));
  }
for (const { stop } of tools) stop?.();

/** The table of those files that a test takes. */
const tableOf = (/** @type {(file: string) => boolean} */ taken) => [
  head,
  ...tools.map(({ name, label }) => [
    label,
    ...summary(findings.filter(({ tool, file }) => tool === name && taken(file))),
  ]),
];
const table = tableOf(() => true);
print(`${files.length} files`, table);
if (!smoke)
  for (const { name, made } of namedProducers) {
    const left = files.filter((file) => !made(file)).length;
    if (left > 0 && left < files.length)
      print(
        `without ${name}: ${left} files`,
        tableOf((file) => !made(file)),
      );
  }
if (options.json) writeFileSync(options.json, `${JSON.stringify(findings, null, 1)}\n`);
if (options.docs) writeDocs(table);
process.exit(0);

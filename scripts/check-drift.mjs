// What scoring says of rows that have changed, and how often it says it of rows that have not. Real tables (the card
// frauds that are bundled; the bank and credit tables of ../shared/data where they are) and made ones: a random part of
// the rows trains, the others come again changed in one way (each must be told) or as they are (at most 1 alarm in 1,000
// files). Then panels (the Penn World Table of ../shared/data, made machines): a change of one group alone must be told
// with its name. Needs a build. Ends with "N passed, N failed".
//   node scripts/check-drift.mjs [--full] [--made]
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { permutation, random } from "../dist/random.js";
import { changes } from "./drift/changes.mjs";
import { groupChanges } from "./drift/groups.mjs";
import { divided, learnt, made, madePanel, notesOf, read } from "./drift/tables.mjs";

const { values } = parseArgs({
  options: { full: { type: "boolean", default: false }, made: { type: "boolean", default: false } },
});
const full = values.full === true;
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
let [passed, failed] = [0, 0];

function check(name, good, figures = "") {
  if (good) passed++;
  else failed++;
  if (!good || figures)
    console.log(`${good ? "ok    " : "FAILED"} ${name}${figures && `: ${figures}`}`);
}

/** How many files of rows as in training raise an alarm; a gap that training had none of is a fact, no alarm. */
function falseAlarms(table, files, seed) {
  const draw = random(seed, 3);
  const alarms = [];
  const models = full ? 20 : 50;
  let model;
  let left;
  for (let file = 0; file < files; file++) {
    if (file % models === 0) {
      const share = [0.5, 0.7, 0.9, 0.05][(file / models) % 4];
      const [trained, others] = divided(table.rows, share, seed + file);
      [model, left] = [learnt(table, trained), others];
    }
    const size = Math.min(left.length, Math.round(10 ** (1 + 3 * draw.uniform())));
    const chosen = Array.from(permutation(left.length, random(seed, 4, file)).subarray(0, size));
    const told = notesOf(
      model,
      chosen.map((i) => left[i]),
    ).filter(({ code }) => code !== "missing_new" && code !== "drift_groups_kept");
    if (told.length > 0)
      alarms.push(told.map(({ code, parameters }) => `${code} ${parameters.column}`).join(", "));
  }
  return alarms;
}

const began = Date.now();
const tables = values.made
  ? []
  : [
      ["card frauds", at("examples/data/creditcard.csv.gz")],
      ["bank", at("../shared/data/tabular/bank-additional-full.csv")],
      ["credit", at("../shared/data/tabular/UCI_Credit_Card.csv")],
    ].filter(([, path]) => existsSync(path));
for (const [name, path] of tables) {
  const table = await read(path);
  console.log(
    `\n${name}: ${table.rows.length} rows, ${table.numeric.length} numbers, ${table.categories.length} categories`,
  );
  for (const [change, { told, of, not, as }] of changes(table, full ? 1000 : 500, 1)) {
    const how = [...as].map(([code, n]) => `${code} ${n}`).join(", ");
    check(
      `${name}, ${change}`,
      told === of,
      `${told} of ${of}${not.length > 0 ? `, not ${not.join(", ")}` : ""} (${how})`,
    );
  }
  const files = full ? 2000 : 200;
  const alarms = falseAlarms(table, files, 7);
  check(
    `${name}, as it was`,
    alarms.length <= Math.max(1, files / 1000),
    `${alarms.length} alarms in ${files} files ${alarms.join("; ")}`,
  );
}
const panels = [
  ["made machines", madePanel(12_000, 40, 5)],
  ...[at("../shared/data/economics/pwt10.01.csv")]
    .filter((path) => !values.made && existsSync(path))
    .map((path) => ["Penn World Table", path]),
];
for (const [name, given] of panels) {
  const table = typeof given === "string" ? await read(given) : given;
  console.log(`\n${name}: ${table.rows.length} rows, groups by ${table.key.join(", ")}`);
  for (const [change, { told, of, not }] of groupChanges(table, full ? 60 : 6, 3))
    check(
      `${name}, one group ${change}`,
      told === of && of > 0,
      `${told} of ${of}${not.length > 0 ? `, not ${not.join(", ")}` : ""}`,
    );
  const files = full ? 2000 : 100;
  const alarms = falseAlarms(table, files, 17);
  check(
    `${name}, as it was`,
    alarms.length <= Math.max(1, files / 1000),
    `${alarms.length} alarms in ${files} files ${alarms.join("; ")}`,
  );
}
const files = full ? 20_000 : 200;
const alarms = falseAlarms(made(20_000, 3), files, 11);
check(
  "made columns, as they were",
  alarms.length <= Math.max(1, files / 1000),
  `${alarms.length} alarms in ${files} files ${alarms.join("; ")}`,
);
console.log(`\n${((Date.now() - began) / 1000).toFixed(0)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

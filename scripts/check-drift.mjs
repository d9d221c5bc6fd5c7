// What scoring says of rows that have changed, and how often it says it of rows that have not. Real tables (the card
// frauds that are bundled; the bank and credit tables of ../shared/data where they are) and made ones: a random part of
// the rows trains, the others come again changed in one way (each must be told) or as they are (at most 1 alarm in 1,000
// files). Then panels (the Penn World Table of ../shared/data, made machines): a change of one group alone must be told
// with its name. Needs a build. Ends with "N passed, N failed".
//   node scripts/check-drift.mjs [--full] [--made]
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openTable } from "../dist/node.js";
import { gatherStatistics } from "../dist/preparation/statistics.js";
import { permutation, random } from "../dist/random.js";
import { watchDrift } from "../dist/tasks/score/drift.js";

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

/** A table in memory: rows of numbers, of texts, and of what names their group. */
async function read(path) {
  const table = await openTable(path);
  const key = table.shape?.key ?? [];
  const columns = (input) => table.columns.filter((column) => column.input === input);
  const [numeric, categories] = [columns("numeric"), columns("categories")];
  const rows = [];
  const request = {
    numeric: numeric.map(({ name }) => name),
    categories: categories.map(({ name }) => name),
    text: key,
  };
  for await (const batch of table.batches(request))
    for (let i = 0; i < batch.rows; i++)
      rows.push([
        ...batch.numeric.subarray(i * numeric.length, (i + 1) * numeric.length),
        ...batch.categories.slice(i * categories.length, (i + 1) * categories.length),
        ...batch.text.map((column) => column[i]),
      ]);
  await table.dispose?.();
  return { numeric, categories, key, rows, source: table.detected };
}

/** Columns of sorts that tests of distributions find hard, all rows of one distribution. */
function made(count, seed) {
  const draw = random(seed, 1);
  const zipf = (most) => `v${Math.floor(most ** draw.uniform())}`;
  const rows = Array.from({ length: count }, () => {
    const z = draw.normal();
    return [
      ...[z, Math.exp(3 * z), draw.uniform() < 0.9 ? 0 : draw.below(50), draw.below(3)],
      ...[1 / draw.uniform(), draw.uniform() < 0.98 ? 999 : draw.below(20)],
      ...[draw.uniform() < 0.1 ? Number.NaN : z + draw.normal(), draw.uniform() < 0.5 ? z : 0],
      ...[zipf(30), zipf(900), zipf(100_000), `u${draw.below(400)}`],
      ...[draw.uniform() < 0.997 ? "no" : "yes", draw.uniform() < 0.2 ? "" : zipf(5)],
    ];
  });
  const plan = (input, type) => (_, j) => ({
    name: `${input}${j}`,
    type,
    role: "feature",
    unit: null,
    input,
  });
  return {
    rows,
    numeric: Array.from({ length: 8 }, plan("numeric", "number")),
    categories: Array.from({ length: 6 }, plan("categories", "category")),
    source: { dates: null },
  };
}

/** Machines of which each runs at a level and a pace of its own, whose sensors do not depend on time. */
function madePanel(count, machines, seed) {
  const draw = random(seed, 6);
  const own = Array.from({ length: machines }, () => [20 * draw.normal(), Math.exp(draw.normal())]);
  const rows = Array.from({ length: count }, () => {
    const machine = draw.below(machines);
    const [level, pace] = own[machine];
    const value = level + pace * draw.normal();
    return [
      ...[value, Math.exp(level / 10 + draw.normal()), draw.uniform() < 0.8 ? 0 : draw.below(9)],
      ...[draw.uniform() < 0.1 ? Number.NaN : draw.uniform(), `m${machine}`],
    ];
  });
  const plan = (name) => ({ name, type: "number", role: "feature", unit: null, input: "numeric" });
  return {
    ...{ rows, numeric: ["level", "skewed", "zeros", "gaps"].map(plan), categories: [] },
    ...{ key: ["machine"], source: { dates: null } },
  };
}

const batchOf = (rows, p, q) => ({
  ...{ start: 0, rows: rows.length },
  numeric: Float64Array.from(rows.flatMap((row) => row.slice(0, p))),
  categories: rows.flatMap((row) => row.slice(p, p + q)),
  text: Array.from({ length: (rows[0]?.length ?? p + q) - p - q }, (_, k) =>
    rows.map((row) => row[p + q + k]),
  ),
});

/** What a model of some rows knows of them, as far as drift asks. */
function learnt({ numeric, categories, source, key = [] }, rows) {
  const dated = (columns) => columns.map(({ name, type }) => ({ name, date: type === "date" }));
  const groups = key.length > 0 && { groups: key };
  const statistics = gatherStatistics(dated(numeric), dated(categories), { ...groups });
  for (let i = 0; i < rows.length; i += 1000)
    statistics.add(
      { ...batchOf(rows.slice(i, i + 1000), numeric.length, categories.length), start: i },
      () => true,
    );
  const profile = JSON.parse(JSON.stringify(statistics.profile()));
  const columns = { numericColumns: numeric, categoryColumns: categories };
  return { metadata: { profile, source }, ...columns, key };
}

function notesOf(model, rows) {
  const drift = watchDrift(model, { text: model.key });
  drift.add(batchOf(rows, model.numericColumns.length, model.categoryColumns.length));
  return drift.notes();
}

/** A random part that trains, and the others. */
function divided(rows, share, seed) {
  const order = Array.from(permutation(rows.length, random(seed, 2)));
  const cut = Math.floor(share * rows.length);
  return [order.slice(0, cut).map((i) => rows[i]), order.slice(cut).map((i) => rows[i])];
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

const changed = (rows, j, change) =>
  rows.map((row, i) => row.map((cell, k) => (k === j ? change(cell, i, row) : cell)));

/** One change of one column after the other; which of them are told of that column. */
function changes(table, size, seed) {
  const [trained, others] = divided(table.rows, 0.6, seed);
  const rows = others.slice(0, size);
  const model = learnt(table, trained);
  const p = table.numeric.length;
  const names = [...table.numeric, ...table.categories].map(({ name }) => name);
  const tallies = new Map();
  const told = (change, j, codes, rowsNow) => {
    const notes = notesOf(model, rowsNow);
    const good = notes.some(
      ({ code, parameters }) => parameters.column === names[j] && codes.includes(code),
    );
    const tally = tallies.get(change) ?? { told: 0, of: 0, not: [], as: new Map() };
    tally.of++;
    if (good) tally.told++;
    else tally.not.push(names[j]);
    for (const { code, parameters } of notes)
      if (parameters.column === names[j]) tally.as.set(code, (tally.as.get(code) ?? 0) + 1);
    tallies.set(change, tally);
  };
  const moved = ["drift_shift", "drift_scale", "drift_range", "drift_constant"];
  const draw = random(seed, 5);
  names.forEach((_, j) => {
    const column = rows.map((row) => row[j]);
    const distinct = new Set(column);
    if (distinct.size < 2) return;
    if (j < p) {
      const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
      const sd = Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length);
      told(
        "shift by 1 deviation",
        j,
        moved,
        changed(rows, j, (x) => x + sd),
      );
      told(
        "scale by 12",
        j,
        moved,
        changed(rows, j, (x) => 12 * x),
      );
      told(
        "scale by 100",
        j,
        moved,
        changed(rows, j, (x) => 100 * x),
      );
    } else {
      told(
        "new category",
        j,
        ["drift_unseen"],
        changed(rows, j, (x) => (draw.uniform() < 0.05 ? "?new" : x)),
      );
    }
    told(
      "constant",
      j,
      ["drift_constant"],
      changed(rows, j, () => column[0]),
    );
    const other = j === 0 || j === p ? j + 1 : j - 1;
    if ((j < p ? p : names.length - p) > 1) {
      const pair = [names[j], names[other]];
      const copied = notesOf(
        model,
        changed(rows, j, (_cell, _i, row) => row[other]),
      );
      const good = copied.some(
        ({ code, parameters }) =>
          code === "drift_copy" &&
          pair.includes(parameters.column) &&
          pair.includes(parameters.other),
      );
      const tally = tallies.get("copy") ?? { told: 0, of: 0, not: [], as: new Map() };
      tally.of++;
      if (good) tally.told++;
      else tally.not.push(names[j]);
      tallies.set("copy", tally);
    }
    const gap = j < p ? Number.NaN : "";
    told(
      "20 % more missing",
      j,
      ["drift_missing", "missing_new"],
      changed(rows, j, (x) => (draw.uniform() < 0.2 ? gap : x)),
    );
  });
  return tallies;
}

/** Changes of one column of one group, group by group; which are told with the name of the group. */
function groupChanges(table, tries, seed) {
  const [trained, others] = divided(table.rows, 0.6, seed);
  const model = learnt(table, trained);
  const p = table.numeric.length;
  const q = table.categories.length;
  const nameOf = (row) => row.slice(p + q).join(", ");
  const names = [...new Set(others.map(nameOf))];
  const draw = random(seed, 8);
  const kinds = {
    "in another unit": () => (x) => 1000 * x,
    "shifted by 3 of its deviations": (deviation) => (x) => x + 3 * deviation,
    stuck: (_deviation, first) => () => first,
    missing: () => (x) => (draw.uniform() < 0.9 ? Number.NaN : x),
  };
  const tallies = new Map(Object.keys(kinds).map((kind) => [kind, { told: 0, of: 0, not: [] }]));
  const grouped = (rows) => {
    const groups = new Map(names.map((name) => [name, []]));
    for (const row of rows) groups.get(nameOf(row))?.push(row);
    return groups;
  };
  const [trainedOf, othersOf] = [grouped(trained), grouped(others)];
  const ofGroup = (groups, name, j) => groups.get(name).filter((row) => !Number.isNaN(row[j]));
  for (let tried = 0, drawn = 0; tried < tries && drawn < 50 * tries; drawn++) {
    const [name, j] = [names[draw.below(names.length)], draw.below(p)];
    const own = ofGroup(othersOf, name, j).map((row) => row[j]);
    const before = ofGroup(trainedOf, name, j).map((row) => row[j]);
    const all = [...own, ...before];
    const mean = all.reduce((sum, x) => sum + x, 0) / all.length;
    const deviation = Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length);
    // a change of what is mostly one value, zero say, is none; of few rows nothing can be told
    if (own.length < 25 || before.length < 38 || new Set(all).size < 0.9 * all.length) continue;
    tried++;
    for (const [kind, made] of Object.entries(kinds)) {
      const change = made(deviation, own[0]);
      const rows = others.map((row) =>
        nameOf(row) === name ? row.map((cell, k) => (k === j ? change(cell) : cell)) : row,
      );
      const good = notesOf(model, rows).some(
        ({ code, parameters }) =>
          code.startsWith("drift_group_") &&
          parameters.group === name &&
          parameters.column === table.numeric[j].name,
      );
      const tally = tallies.get(kind);
      tally.of++;
      if (good) tally.told++;
      else tally.not.push(`${table.numeric[j].name} of ${name}`);
    }
  }
  return tallies;
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

// Scores, reasons, codes and evaluations of Spark beside those of one machine: small models are trained by the library, rows
// of CSV (all text) and Parquet (types) are scored by both, and every row is compared: scores to 1e-5, flags, and the texts
// of reasons in both languages. Needs a build, and a Python with pyspark, pyarrow, numpy and onnxruntime (ESPEJO_PYTHON).
// Ends with "N passed, N failed".
//   node scripts/cluster/check-scores.mjs [--connect] [--keep folder]
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { catalogues } from "../../dist/cli/language.js";
import { evaluate, openTable, scoreRows, train } from "../../dist/node.js";
import { namingColumns } from "../../dist/tasks/rows/row-names.js";
import { reasonText } from "../../dist/tasks/score/reason-text.js";
import { sparkPython } from "./python.mjs";
import { cases } from "./score-cases.mjs";
import { checkCommands } from "./score-commands.mjs";

const { values } = parseArgs({
  options: { keep: { type: "string" }, connect: { type: "boolean", default: false } },
});
const folder = values.keep ?? mkdtempSync(join(tmpdir(), "espejo-scores-"));
mkdirSync(folder, { recursive: true });
const python = process.env.ESPEJO_PYTHON ?? sparkPython();
const languages = ["en", "es"];
let [passed, failed] = [0, 0];

function check(name, good, figures = "") {
  if (good) passed++;
  else failed++;
  if (!good || figures)
    console.log(`${good ? "ok    " : "FAILED"} ${name}${figures && `: ${figures}`}`);
}

const wordsOf = (language) => ({
  language,
  text: (key, parts = {}) => filled(catalogues[language][key], parts),
});
const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => String(parts[name]));

/** What one machine makes of data, row by row. */
async function expected(model, data, reasons) {
  const table = await openTable(data, {
    expect: model.metadata.columns,
    prior: model.metadata.source,
  });
  const ids = namingColumns(table.columns);
  const rows = [];
  for await (const batch of scoreRows(model, table, { ids, reasons })) {
    for (let i = 0; i < batch.rows; i++) {
      const told = batch.reasons[i] ?? [];
      rows.push({
        ids: batch.ids.map((column) => column[i]),
        score: batch.score[i],
        anomaly: batch.open?.[i] ? null : batch.isAnomaly[i] === 1,
        unread: batch.unread?.[i] || null,
        reasons: Object.fromEntries(
          languages.map((language) => [
            language,
            [0, 1, 2].map((k) =>
              told[k] ? reasonText(told[k], wordsOf(language), "plain") : null,
            ),
          ]),
        ),
      });
    }
  }
  const codes = [];
  for await (const batch of model.batches(table)) {
    const { latent } = await model.run(["latent"], batch);
    for (let i = 0; i < batch.rows; i++)
      codes.push([...latent.data.subarray(i * model.latentDim, (i + 1) * model.latentDim)]);
  }
  await table.dispose();
  return { ids, rows, codes };
}

async function figuresOf(model, data, label) {
  const table = await openTable(data, {
    ...{ expect: model.metadata.columns, prior: model.metadata.source, label },
  });
  const figures = await evaluate(model, table, label);
  await table.dispose();
  return JSON.parse(JSON.stringify(figures));
}

const jobs = [];
for (const { name, learn, open, options, data, label, reasons } of cases(folder, python)) {
  const table = await openTable(learn, { ...open, ...(label !== undefined && { label }) });
  const { model } = await train(table, { seed: 5, ...options });
  await table.dispose();
  const path = join(folder, `${name}.onnx`);
  await model.save(path);
  for (const file of data)
    jobs.push({
      ...{ name: `${name}, ${file.split("/").at(-1)}`, model: path, data: file, reasons, label },
      ...(await expected(model, file, reasons)),
      ...(label !== undefined && { figures: await figuresOf(model, file, label) }),
    });
  await model.dispose();
}
writeFileSync(
  join(folder, "jobs.json"),
  JSON.stringify(jobs.map(({ rows, codes, ...job }) => job)),
);
const program = fileURLToPath(new URL("check-scores.py", import.meta.url));
const { status } = spawnSync(python, [program, folder, ...(values.connect ? ["--connect"] : [])], {
  stdio: ["ignore", "inherit", "inherit"],
});
if (status !== 0) throw new Error(`${program} ended with ${status}`);

const near = (a, b, by = 1e-5) => Math.abs(a - b) <= by * Math.max(1, Math.abs(b));
const { jobs: found, refusals } = JSON.parse(readFileSync(join(folder, "found.json"), "utf8"));
const wantedRefusals = {
  "another version on workers": "cluster_version",
  "a model of sequences": "model_content",
  "a newer model": "model_newer",
  "half a model": "model_damaged",
  "no model": "file_missing",
  "a column that is missing": "column_absent",
  "columns as they are": "double",
};
for (const [name, wanted] of Object.entries(wantedRefusals))
  check(name, refusals[name] === wanted, refusals[name]);
jobs.forEach((job, k) => {
  const { name, rows, codes, figures } = job;
  const own = found[k];
  check(`${name}: as many rows`, own.rows.length === rows.length, `${rows.length}`);
  const worst = rows.reduce((most, row, i) => {
    const score = own.rows[i].score;
    return Math.max(most, Math.abs(score - row.score) / Math.max(1, Math.abs(row.score)));
  }, 0);
  check(`${name}: scores`, worst <= 1e-5, `apart by ${worst.toPrecision(2)} at most`);
  const flags = rows.filter((row, i) => row.anomaly === own.rows[i].anomaly).length;
  check(
    `${name}: flags`,
    flags === rows.length,
    `${rows.filter((row) => row.anomaly).length} anomalies`,
  );
  const ids = rows.filter((row, i) => row.ids.join("|") === own.rows[i].ids.join("|")).length;
  check(`${name}: names of rows`, ids === rows.length);
  const unread = rows.filter((row, i) => row.unread === (own.rows[i].unread ?? null)).length;
  check(
    `${name}: unread cells`,
    unread === rows.length,
    `${rows.filter((row) => row.unread).length}`,
  );
  for (const language of languages) {
    const other = rows.flatMap((row, i) =>
      row.reasons[language].flatMap((text, at) => {
        const told = own.rows[i].reasons[language][at];
        return text === told ? [] : [`row ${i}: ${told} for ${text}`];
      }),
    );
    const texts = rows.flatMap((row) => row.reasons[language]).filter((text) => text !== null);
    const first = other.slice(0, 3).join("; ");
    check(`${name}: reasons (${language})`, other.length === 0, `${texts.length} texts ${first}`);
  }
  const codesApart = codes.filter(
    (code, i) => !code.every((value, j) => near(own.codes[i][j], value, 1e-4)),
  );
  check(`${name}: codes`, codesApart.length === 0, `${codes[0].length} numbers a row`);
  if (!figures) return;
  // counted in 2,000 levels at most, which are half of the rows
  for (const [way, by] of [
    ["exact", 1e-6],
    ["counted", 1e-3],
  ]) {
    const given = own.figures[way];
    check(
      `${name}: evaluation (${way})`,
      same(figures, given, by),
      `ROC AUC ${given.rocAuc}, ${figures.rocAuc}`,
    );
  }
});

function same(wanted, given, by) {
  if (wanted === null || typeof wanted !== "object")
    return typeof wanted === "number" ? near(given, wanted, by) : wanted === given;
  return Object.keys(wanted).every((key) => same(wanted[key], given?.[key], by));
}

const lacking = join(folder, "lacking.csv");
writeFileSync(lacking, "row,amount\nr1,3\n");
await checkCommands(check, {
  ...{ folder, python, lacking },
  ...Object.fromEntries(["basic", "budget"].map((name) => [name, join(folder, `${name}.onnx`)])),
  ...{ data: join(folder, "fresh.csv"), unread: join(folder, "unread.csv") },
});

if (values.keep === undefined) rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

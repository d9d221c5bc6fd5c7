// Whether verdicts are said where they are true and nowhere else: each on data made for it, none on clean data; then how
// often labels dealt by lot seem to be separated, or make another method seem better than the usual one: at most 5 %.
// One seed and 12 deals of the labels; with --full five seeds and 200 deals (15 minutes). Needs a build. Ends with
// "N passed, N failed".
//   node scripts/check-verdicts.mjs [--full]
import { fileURLToPath } from "node:url";
import { detect, mostlyTime, openTable, tableFromRows, train } from "../dist/node.js";
import { permutation, random } from "../dist/random.js";
import { casesOf } from "./verdicts/cases.mjs";

const full = process.argv.includes("--full");
const seeds = full ? 5 : 1;
const deals = full ? 200 : 12;
/** Of the networks: enough for these small tables. */
const quick = { epochs: 60 };
let passed = 0;
let failed = 0;

/** @type {(good: boolean, line: string) => void} */
function tell(good, line) {
  good ? passed++ : failed++;
  console.log(`${good ? "ok    " : "FAILED"} ${line}`);
}

/** What is said of a case, as codes. @type {(one: import("./verdicts/cases.mjs").Case, seed: number) => Promise<readonly string[]>} */
async function saidOf({ job, rows, options }, seed) {
  const { threshold, normal, split, ...roles } = /** @type {Record<string, string>} */ (options);
  const stated = Object.entries({ threshold, normal, split }).filter(([, value]) => value);
  const training = { ...quick, seed, ...Object.fromEntries(stated) };
  const table = tableFromRows(rows, roles);
  if (job === "detect") {
    const detector = await detect(table, { ...training, beside: true });
    const { verdicts } = await detector.rank(table);
    await detector.dispose();
    return [...detector.verdicts, ...verdicts].map(({ code }) => code);
  }
  const size = job === "index" ? { latentDim: 1 } : {};
  const { model, fitted, verdicts } = await train(table, { ...training, ...size });
  const time = job === "index" ? await mostlyTime(model, table) : null;
  await fitted.dispose();
  await model.dispose();
  return [...verdicts, ...(time ? [time] : [])].map(({ code }) => code);
}

for (let seed = 1; seed <= seeds; seed++)
  for (const one of casesOf(seed)) {
    const said = await saidOf(one, seed);
    const begins = (/** @type {string} */ code) => said.some((each) => each.startsWith(code));
    const absent = one.wanted.filter((code) => !begins(code));
    const wrong = (one.refused ?? []).filter(begins);
    const good = absent.length === 0 && wrong.length === 0;
    tell(good, `${one.name}, seed ${seed}: ${said.join(", ") || "nothing"}`);
  }

/** Real rows, the first thousand of the card transactions, whose class is dealt anew. */
async function transactions() {
  const path = fileURLToPath(new URL("../examples/data/creditcard.csv.gz", import.meta.url));
  const table = await openTable(path, { ignore: ["Class", "Time"] });
  const names = table.columns.filter(({ role }) => role === "feature").map(({ name }) => name);
  /** @type {Record<string, number>[]} */
  const rows = [];
  for await (const { numeric } of table.batches({ numeric: names, categories: [] }))
    for (let i = 0; i < numeric.length && rows.length < 1000; i += names.length)
      rows.push(Object.fromEntries(names.map((name, j) => [name, numeric[i + j]])));
  await table.dispose();
  return rows;
}

const real = await transactions();
const found = { separates: 0, kept_better: 0 };
for (let deal = 1; deal <= deals; deal++) {
  const order = permutation(real.length, random(deal, 91));
  const rows = real.map((row, i) => ({ ...row, label: order[i] < 100 ? "b" : "a" }));
  const table = tableFromRows(rows, { label: "label" });
  const detector = await detect(table, { ...quick, seed: deal, beside: true });
  await detector.dispose();
  for (const { code } of detector.verdicts) if (code in found) found[code]++;
}
for (const [code, count] of Object.entries(found)) {
  // of few deals one more than 5 % are may be chance
  const most = Math.max(0.05 * deals, 2);
  tell(count <= most, `${code} on labels dealt by lot: ${count} of ${deals}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

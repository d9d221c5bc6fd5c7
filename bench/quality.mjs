/**
 * `npm run bench:quality`: how well anomalies are found, ours beside PyOD's detectors, on 16 public sets.
 *
 *   (a) unlabelled: fit on all rows, score them
 *   (b) train on the normal rows of 60 %, score the other 40 %
 *
 *   --full          all rows; otherwise sets above 10,000 rows give a fixed stratified sample
 *   --seeds N       how many (3)
 *   --sets a,b      only those whose name holds one of these
 *   --only a,b      only these detectors
 *   --continue      takes what an earlier run measured (bench/results/quality.jsonl) as it is
 *   --vae-seeds N   fewer runs of PyOD's VAE, which takes longer than all others together
 *   --speed         instead of all that: seconds of fitting shuttle, all 49,097 rows, warm, beside PyOD's
 *   --gaps SHARE    instead of all that: (b) with that share of the judged cells missing, none in training
 *   --smoke         ours on the smallest sets, one seed
 *   --docs          writes the tables into docs/detection.md and its Spanish twin
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { metrics } from "../dist/node.js";
import { setUpPeers } from "./peers/setup.mjs";
import { writeDocs } from "./quality/docs.mjs";
import { measureGaps } from "./quality/gaps.mjs";
import { ours } from "./quality/ours.mjs";
import { startPyod } from "./quality/pyod.mjs";
import { protocolOf, readSet, setFiles } from "./quality/sets.mjs";
import { measureSpeed } from "./quality/speed.mjs";
import { machine, ownVersion, print } from "./report.mjs";

const { values: options } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    smoke: { type: "boolean", default: false },
    docs: { type: "boolean", default: false },
    speed: { type: "boolean", default: false },
    gaps: { type: "string" },
    continue: { type: "boolean", default: false },
    "vae-seeds": { type: "string" },
    seeds: { type: "string" },
    sets: { type: "string" },
    only: { type: "string" },
  },
});
const { smoke } = options;
if (options.speed) {
  await measureSpeed();
  process.exit(0);
}

if (options.gaps) {
  await measureGaps(Number(options.gaps));
  process.exit(0);
}

/** @type {{ name: string, label: string, own?: object, knows?: object, pyod?: string, stays?: boolean }[]} */
const all = [
  // in (b) the rows that are fitted are known to be normal, as they are where a label is named
  {
    name: "ensemble",
    label: "Espejo ensemble",
    own: { kind: "ensemble" },
    knows: { normalOnly: true },
  },
  { name: "untold", label: "ensemble, not told in (b)", own: { kind: "ensemble" } },
  { name: "private", label: "ensemble, private", own: { kind: "ensemble", private: true } },
  { name: "plain", label: "Espejo basic", own: {} },
  { name: "variational", label: "Espejo variational", own: { kind: "variational" } },
  { name: "pyod-autoencoder", label: "PyOD AutoEncoder", pyod: "autoencoder" },
  { name: "pyod-vae", label: "PyOD VAE", pyod: "vae" },
  { name: "pyod-pca", label: "PyOD PCA", pyod: "pca", stays: true },
  { name: "pyod-iforest", label: "PyOD IForest", pyod: "iforest" },
  { name: "pyod-knn", label: "PyOD KNN", pyod: "knn", stays: true },
  { name: "pyod-ecod", label: "PyOD ECOD", pyod: "ecod", stays: true },
];
const only = options.only?.split(",") ?? (smoke ? ["ensemble"] : undefined);
const detectors = all.filter(({ name }) => !only || only.includes(name));
const seeds = Number(options.seeds ?? (smoke ? 1 : 3));
const files = setFiles().filter((file) =>
  (options.sets?.split(",") ?? (smoke ? ["glass", "WDBC"] : [""])).some((name) =>
    file.includes(name),
  ),
);
if (files.length === 0) {
  console.log("the public sets are not here (../shared/data/anomaly): nothing to measure");
  process.exit(0);
}
const needsPyod = detectors.some(({ pyod }) => pyod);
if (needsPyod) setUpPeers({ python: true, tfjs: false });
const peers = needsPyod ? await startPyod() : null;
const { processor, processors, node } = machine();
console.log(`${processor}, ${processors} processors; node ${node}; Espejo ${ownVersion()}`);

/** @typedef {{ set: string, protocol: "a" | "b", who: string, auc: number, ap: number, seconds: number }} Finding */
/** @type {Finding[]} */
const findings = [];
const kept = new URL("results/quality.jsonl", import.meta.url);
mkdirSync(new URL("results/", import.meta.url), { recursive: true });
if (options.continue && existsSync(kept))
  for (const line of readFileSync(kept, "utf8").trim().split("\n")) findings.push(JSON.parse(line));
else if (!smoke) writeFileSync(kept, "");
for (const file of files) {
  const set = await readSet(file, options.full ? Number.POSITIVE_INFINITY : 10_000);
  for (const protocol of /** @type {const} */ (["a", "b"])) {
    const line = [];
    for (const { name, own, knows, pyod, stays } of detectors) {
      /** @type {number[][]} */
      const runs = [];
      const before = findings.find(
        (each) => each.set === set.name && each.protocol === protocol && each.who === name,
      );
      const most = name === "pyod-vae" ? Number(options["vae-seeds"] ?? seeds) : seeds;
      for (let seed = 0; seed < most && !before; seed++) {
        // what does not hang on a seed needs but one run where its rows are the same
        if (stays && protocol === "a" && seed > 0) break;
        const data = protocolOf(set, protocol, seed);
        try {
          const { scores, seconds } = pyod
            ? await /** @type {NonNullable<typeof peers>} */ (peers).score(pyod, data, seed)
            : await ours(data, { ...own, ...(protocol === "b" && knows), seed });
          const { y } = data.judge;
          runs.push([metrics.rocAuc(scores, y), metrics.averagePrecision(scores, y), seconds]);
        } catch (error) {
          console.error(
            `${name} on ${set.name}: ${error instanceof Error ? error.message : error}`,
          );
        }
      }
      if (runs.length === 0) continue;
      const mean = (/** @type {number} */ i) =>
        runs.reduce((sum, run) => sum + (run[i] ?? 0), 0) / runs.length;
      const finding = {
        set: set.name,
        protocol,
        who: name,
        auc: mean(0),
        ap: mean(1),
        seconds: mean(2),
      };
      findings.push(finding);
      if (!smoke) appendFileSync(kept, `${JSON.stringify(finding)}\n`);
      line.push(`${name} ${mean(0).toFixed(3)}/${mean(1).toFixed(3)}`);
    }
    console.log(`(${protocol}) ${set.name}: ${line.join("  ")}`);
  }
}
peers?.stop();

const three = (/** @type {number} */ value) => value.toFixed(3);
/** Means over sets of one detector and protocol, over those with even and odd places too. */
function means(/** @type {string} */ who, /** @type {"a" | "b"} */ protocol) {
  const mine = findings.filter((each) => each.who === who && each.protocol === protocol);
  const names = [...new Set(findings.map(({ set }) => set))];
  const mean = (/** @type {Finding[]} */ some, /** @type {"auc" | "ap" | "seconds"} */ key) => {
    const known = some.filter((each) => each[key] !== null);
    return known.reduce((sum, each) => sum + each[key], 0) / known.length;
  };
  const half = (/** @type {number} */ k) => mine.filter(({ set }) => names.indexOf(set) % 2 === k);
  return {
    sets: mine.length,
    pair: `${three(mean(mine, "auc"))} / ${three(mean(mine, "ap"))}`,
    halves: [0, 1].map((k) => `${three(mean(half(k), "auc"))} / ${three(mean(half(k), "ap"))}`),
    seconds: mean(mine, "seconds"),
  };
}
const head = [
  "mean ROC AUC / average precision",
  "(a)",
  "(a) half 1",
  "(a) half 2",
  "(b)",
  "(b) half 1",
  "(b) half 2",
  "fit s (a)",
];
const rows = detectors.map(({ name, label }) => {
  const [a, b] = [means(name, "a"), means(name, "b")];
  const fewer =
    Math.min(a.sets, b.sets) < files.length ? ` (${Math.min(a.sets, b.sets)} sets)` : "";
  return [`${label}${fewer}`, a.pair, ...a.halves, b.pair, ...b.halves, a.seconds.toFixed(2)];
});
print(`means over ${files.length} sets, ${seeds} seeds`, [head, ...rows]);
const bySet = (/** @type {"a" | "b"} */ protocol) => [
  ["", ...detectors.map(({ label }) => label)],
  ...[...new Set(findings.map(({ set }) => set))].map((set) => [
    set,
    ...detectors.map(({ name }) => {
      const found = findings.find(
        (f) => f.set === set && f.protocol === protocol && f.who === name,
      );
      return found ? `${three(found.auc)} / ${three(found.ap)}` : "-";
    }),
  ]),
];
print("(a), set by set", bySet("a"));
print("(b), set by set", bySet("b"));

if (options.docs)
  writeDocs({
    counts: { sets: files.length, seeds, full: options.full },
    tables: [[head, ...rows], bySet("a"), bySet("b")],
  });
process.exit(0);

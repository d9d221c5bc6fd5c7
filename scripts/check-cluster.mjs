// `espejo cluster` on a real cluster: a standalone master and two workers of Spark, each a process of its own, started and
// stopped here; rows made from real ones. Models, scores and figures beside those of one machine; executors and drivers that
// are killed; what is refused. Needs a build; Python's packages are installed, and Java where Debian's may be. Ends with
// "N passed, N failed".
//   node scripts/check-cluster.mjs [--full] [--only SECTION] [--rows N]
import { parseArgs } from "node:util";
import { badInput } from "./cluster/bad-input.mjs";
import { connect, notebook, otherData } from "./cluster/doors.mjs";
import { killExecutor, resume } from "./cluster/faults.mjs";
import { large } from "./cluster/large.mjs";
import { parities } from "./cluster/parities.mjs";
import { evaluate, score } from "./cluster/scoring.mjs";
import { openStage } from "./cluster/stage.mjs";
import { beside, kinds, partitions, train } from "./cluster/training.mjs";

const sections = {
  ...{ train, beside, score, evaluate, killExecutor, resume, badInput, partitions, notebook },
  ...{ parities, kinds, otherData, connect, large },
};
const { values: options } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    rows: { type: "string", default: "200000" },
  },
});
const unknown = options.only?.filter((name) => !Object.hasOwn(sections, name)) ?? [];
if (unknown.length > 0)
  throw new Error(`${unknown}: the sections are ${Object.keys(sections).join(", ")}`);

let passed = 0;
let failed = 0;

/** One check; what it throws is told. */
async function check(name, work, { full = false } = {}) {
  if (full && !options.full) return;
  const began = Date.now();
  const seconds = () => `(${((Date.now() - began) / 1000).toFixed(1)} s)`;
  try {
    const told = await work();
    passed++;
    console.log(`ok      ${name}${told ? `: ${told}` : ""} ${seconds()}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}: ${error.message} ${seconds()}`);
  }
}

const stage = await openStage({ rows: Number(options.rows) });
try {
  for (const [name, section] of Object.entries(sections))
    if (options.only?.includes(name) ?? true) await section({ stage, check });
} finally {
  await stage.dispose();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

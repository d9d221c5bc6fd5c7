// What Node asks of Spark about a model file, beside what one machine makes of it: rows that are written and read again,
// drift, budgets, evaluations, codes; and what is refused.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  connectToCluster,
  encodeOnCluster,
  evaluate,
  evaluateOnCluster,
  openTable,
  scoreOnCluster,
  scoreRows,
  TableModel,
  verdictIn,
} from "../../dist/node.js";
import { budgetIn } from "../../dist/tasks/score/budget.js";
import { watchDrift } from "../../dist/tasks/score/drift.js";

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const opened = (model, data, more = {}) =>
  openTable(data, { expect: model.metadata.columns, prior: model.metadata.source, ...more });

/** What one machine says of data: rows, anomalies, and how they differ from those that trained. */
async function scoredHere(model, data) {
  const table = await opened(model, data);
  const drift = watchDrift(model);
  let [anomalies, open] = [0, 0];
  for await (const batch of scoreRows(model, table, { reasons: "none", drift }))
    batch.isAnomaly.forEach((flag, i) => {
      if (batch.open?.[i]) open++;
      else anomalies += flag;
    });
  await table.dispose();
  return { rows: table.rows, anomalies, open, drift: drift.notes() };
}

/** The lines of all files that Spark wrote into a folder, without their headers, sorted. */
function linesOf(folder) {
  const files = readdirSync(folder).filter((name) => name.startsWith("part-"));
  const parts = files.map((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"));
  return { header: parts[0][0], lines: parts.flatMap(([, ...lines]) => lines).sort() };
}

/** A file in which a column has another unit, a category has new values, and one column copies another. */
function changedFile(path, to) {
  const [header, ...rows] = readFileSync(path, "utf8").trimEnd().split("\n");
  const names = header.split(",");
  const [count, kind, year] = ["count", "kind", "year"].map((name) => names.indexOf(name));
  const changed = rows.map((row) => {
    const cells = row.split(",");
    // counted from the end: a cell of the one before may hold a comma
    const at = (place) => place - names.length + cells.length;
    if (!row.includes('"')) {
      cells[at(count)] = String(1000 * Number(cells[at(count)]));
      cells[at(kind)] = "middle";
      cells[at(year)] = "2030";
    }
    return cells.join(",");
  });
  writeFileSync(to, `${[header, ...changed].join("\n")}\n`);
}

async function refused(work) {
  try {
    await work();
    return "nothing";
  } catch (error) {
    return error.code ?? String(error);
  }
}

/** Checks all of that with a local Spark. */
export async function checkCommands(
  check,
  { folder, python, basic, budget, data, unread, lacking },
) {
  const connection = await connectToCluster({
    master: "local[2]",
    python,
    log: join(folder, "spark.log"),
  });
  const model = await TableModel.read(basic);
  const use = { connection, model, data: { path: data } };
  try {
    const out = join(folder, "scores.csv");
    rmSync(out, { recursive: true, force: true });
    const told = await scoreOnCluster(use, { path: out, format: "csv" }, { language: "es" });
    const here = await scoredHere(model, data);
    check(
      "command: rows and anomalies",
      told.rows === here.rows && told.anomalies === here.anomalies,
    );
    const { header, lines } = linesOf(out);
    check("command: rows that are written", lines.length === here.rows, header);
    check("command: no drift in alike rows", told.drift.length === here.drift.length);
    const again = { path: out, format: "csv" };
    check(
      "command: nothing is replaced unasked",
      (await refused(() => scoreOnCluster(use, again))) === "cluster_exists",
    );
    const replaced = await scoreOnCluster(use, { ...again, overwrite: true }, { reasons: "none" });
    check("command: what Spark wrote is replaced", replaced.rows === here.rows);
    const foreign = join(folder, "foreign.csv");
    mkdirSync(foreign, { recursive: true });
    const over = () => scoreOnCluster(use, { path: foreign, format: "csv", overwrite: true });
    check("command: what others wrote is not", (await refused(over)) === "cluster_foreign");

    const changed = join(folder, "changed.csv");
    changedFile(data, changed);
    const others = { ...use, data: { path: changed } };
    const moved = await scoreOnCluster(others, {
      path: join(folder, "moved.json"),
      format: "json",
      overwrite: true,
    });
    const movedHere = await scoredHere(model, changed);
    const names = (notes) =>
      notes.map(({ code, parameters }) => `${code} ${parameters.column}`).join(", ");
    const drift = names(moved.drift);
    check("command: drift", drift === names(movedHere.drift) && drift !== "", drift);

    const bad = { ...use, data: { path: unread } };
    const opens = await scoreOnCluster(bad, {
      path: join(folder, "unread.parquet"),
      format: "parquet",
      overwrite: true,
    });
    const opensHere = await scoredHere(model, unread);
    check(
      "command: open verdicts",
      opens.open === opensHere.open && opens.open > 0,
      `${opens.open}`,
    );
    check("command: the others' anomalies", opens.anomalies === opensHere.anomalies);

    const figures = await evaluateOnCluster(use);
    const table = await opened(model, data, { label: "class" });
    const wanted = await evaluate(model, table, "class");
    await table.dispose();
    check(
      "command: evaluation",
      Math.abs(figures.rocAuc - wanted.rocAuc) < 1e-9,
      `${figures.rocAuc}`,
    );
    const odd = await evaluateOnCluster(use, { label: "class", normal: "odd" });
    check("command: another normal value", odd.anomalies === wanted.rows - wanted.anomalies);
    const value = () => evaluateOnCluster(use, { label: "class", normal: "none" });
    check("command: an unknown normal value", (await refused(value)) === "label_value");
    check(
      "command: an unknown label",
      (await refused(() => evaluateOnCluster(use, { label: "klass" }))) === "label_missing",
    );

    const codes = await encodeOnCluster(use, {
      path: join(folder, "codes.parquet"),
      format: "parquet",
      overwrite: true,
    });
    check("command: codes", codes.rows === here.rows);
    const less = { ...use, data: { path: lacking } };
    check(
      "command: a column is missing",
      /^column_(absent|missing)$/.test(await refused(() => encodeOnCluster(less, again))),
    );

    const rated = await TableModel.read(budget);
    const { verdicts } = await scoreOnCluster(
      { ...use, model: rated },
      { ...again, overwrite: true },
    );
    const dated = await opened(rated, data);
    const flagged = (await scoredHere(rated, data)).anomalies;
    const wantedVerdicts = await budgetIn(rated, dated, flagged);
    check(
      "command: a budget by calendar",
      same(verdicts, wantedVerdicts),
      verdictIn(verdicts[0], "en"),
    );
    await dated.dispose();
    await rated.dispose();
  } finally {
    await model.dispose();
    await connection.end();
  }
}

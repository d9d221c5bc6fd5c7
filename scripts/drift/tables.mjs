// Tables of rows in memory, read and made; what a model of some of them knows, and what is said of others.
import { openTable } from "../../dist/node.js";
import { gatherStatistics } from "../../dist/preparation/statistics.js";
import { permutation, random } from "../../dist/random.js";
import { watchDrift } from "../../dist/tasks/score/drift.js";

/** A table in memory: rows of numbers, of texts, and of what names their group. */
export async function read(path) {
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
export function made(count, seed) {
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
export function madePanel(count, machines, seed) {
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
export function learnt({ numeric, categories, source, key = [] }, rows) {
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

export function notesOf(model, rows) {
  const drift = watchDrift(model, { text: model.key });
  drift.add(batchOf(rows, model.numericColumns.length, model.categoryColumns.length));
  return drift.notes();
}

/** A random part that trains, and the others. */
export function divided(rows, share, seed) {
  const order = Array.from(permutation(rows.length, random(seed, 2)));
  const cut = Math.floor(share * rows.length);
  return [order.slice(0, cut).map((i) => rows[i]), order.slice(cut).map((i) => rows[i])];
}

// Changes of one group alone.
import { random } from "../../dist/random.js";
import { divided, learnt, notesOf } from "./tables.mjs";

/** Changes of one column of one group, group by group; which are told with the name of the group. */
export function groupChanges(table, tries, seed) {
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

// One change of one column after the other.
import { random } from "../../dist/random.js";
import { divided, learnt, notesOf } from "./tables.mjs";

const changed = (rows, j, change) =>
  rows.map((row, i) => row.map((cell, k) => (k === j ? change(cell, i, row) : cell)));

/** One change of one column after the other; which of them are told of that column. */
export function changes(table, size, seed) {
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

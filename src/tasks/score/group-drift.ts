import { type Note, note } from "../../data/terms/notes.ts";
import type { ColumnPlan, DatesRead } from "../../data/terms/table.ts";
import { logAllFrom, logFewBelow, logMostAmong, logOutside } from "../../metrics/drift.ts";
import { quantiles } from "../../metrics/statistics.ts";
import {
  type GroupNumbers,
  type GroupProfile,
  type GroupProfiles,
  GroupValues,
  nameOfGroup,
} from "../../preparation/group-profiles.ts";
import type { NumberProfile } from "../../preparation/number-facts.ts";
import { random } from "../../random.ts";
import { commonFactor } from "./factors.ts";
import { shownValues } from "./shown-values.ts";

/** Tests of a column in a group: its range, constancy, gaps, and each quartile, from which it may be gone either way. */
const testsOfCell = 9;
/** What is worth a line: this share of values outside of the range, distance of the quartiles, more cells missing. */
const worth = { outside: 0.5, distance: 0.3, missing: 0.2 };
/** Groups that are told of one by one; of more, or of most that there are, it is the whole that has moved. */
const mostNamed = 3;

/** What a file has of a group in a column. */
interface Cell {
  readonly values: GroupValues;
  outside: number;
}

/** A column of a group that is not what it was, and how far it is from that. */
interface Moved {
  readonly group: string;
  readonly distance: number;
  readonly note: Note;
}

/** Watches how the groups of new rows differ from what they were in training. */
export class GroupDrift {
  readonly #profiles: GroupProfiles;
  readonly #columns: readonly ColumnPlan[];
  readonly #writers: readonly ((value: number) => string)[];
  readonly #places: readonly number[];
  readonly #known: ReadonlyMap<string, GroupProfile>;
  readonly #seen = new Map<string, { rows: number; readonly cells: readonly Cell[] }>();
  readonly #random = random(42, 13);

  /** `text` names the columns of text that batches come with, those of the key among them. */
  constructor(
    profiles: GroupProfiles,
    columns: readonly (readonly [ColumnPlan, NumberProfile])[],
    source: DatesRead,
    text: readonly string[],
  ) {
    this.#profiles = profiles;
    this.#columns = columns.map(([column]) => column);
    this.#writers = columns.map(([column, whole]) => shownValues(source, column, whole));
    this.#places = profiles.key.map((name) => text.indexOf(name));
    this.#known = new Map(profiles.kept.map((group) => [nameOfGroup(group.name), group]));
  }

  /** Takes rows [rows, columns] and the columns of text that come with them. */
  add(rows: number, numeric: Float64Array, text: readonly (readonly string[])[]): void {
    const width = this.#columns.length;
    if (this.#places.includes(-1)) return;
    for (let i = 0; i < rows; i++) {
      const name = nameOfGroup(this.#places.map((place) => text[place]![i]!));
      const known = this.#known.get(name);
      if (!known) continue;
      let group = this.#seen.get(name);
      if (!group) {
        const cells = known.columns.map(() => ({ values: new GroupValues(), outside: 0 }));
        group = { rows: 0, cells };
        this.#seen.set(name, group);
      }
      group.rows++;
      group.cells.forEach((cell, j) => {
        const value = numeric[i * width + j]!;
        const before = known.columns[j];
        if (Number.isNaN(value) || !before) return;
        cell.values.add(value, this.#random);
        if (value < before[2]! || value > before[6]!) cell.outside++;
      });
    }
  }

  /**
   * What a person should know, each told falsely with a probability of at most `alpha` of all together; `told` are
   * columns of which it was said already that they have moved as a whole.
   */
  notes(alpha: number, told: ReadonlySet<string>): readonly Note[] {
    const { key, groups, kept } = this.#profiles;
    const each = alpha / Math.max(1, testsOfCell * this.#seen.size * this.#columns.length);
    const found = this.#columns.flatMap((column, j) => [
      ...this.#summed(this.#moved(j, each), column, told.has(column.name)),
      ...this.#summed(this.#missing(column, j, each), column, true),
    ]);
    const partly = kept.length < groups && this.#seen.size > 0;
    const watched = { key: key.join(", "), kept: kept.length, groups };
    return [...found, ...(partly ? [note("drift_groups_kept", watched)] : [])];
  }

  /** Few groups by name; of many that it is many, where the whole was not told of. */
  #summed(moved: readonly Moved[], { name: column }: ColumnPlan, told: boolean): readonly Note[] {
    const judged = this.#seen.size;
    const few = moved.length <= mostNamed && (moved.length <= judged / 2 || !told);
    const farthest = [...moved].sort((a, b) => b.distance - a.distance);
    if (few || moved.length === 0) return farthest.map((each) => each.note);
    const names = farthest.slice(0, mostNamed).map(({ group }) => group);
    return told
      ? []
      : [
          note("drift_groups", {
            ...{ column, count: moved.length, of: judged },
            ...{ key: this.#profiles.key.join(", "), groups: names.join("; ") },
          }),
        ];
  }

  #moved(j: number, alpha: number): readonly Moved[] {
    return [...this.#seen].flatMap(([name, { cells }]) => {
      const before = this.#known.get(name)!.columns[j];
      const cell = cells[j]!;
      const { values, outside } = cell;
      if (!before || values.count === 0) return [];
      const most = Math.log(alpha);
      const share = outside / values.count;
      const beyond = logOutside(values.count, before[0]!, outside) <= most;
      const { distance, chance } = awayFrom(before, values.sample);
      const gone = share >= worth.outside && beyond;
      const away = distance >= worth.distance && chance <= most;
      if (!gone && !away && !(stuckChance(before, values) <= most)) return [];
      const group = this.#groupOf(name);
      return [{ group, distance: distance + share, note: this.#told(j, group, before, cell) }];
    });
  }

  #missing(column: ColumnPlan, j: number, alpha: number): readonly Moved[] {
    return [...this.#seen].flatMap(([name, { rows, cells }]) => {
      const known = this.#known.get(name)!;
      const before = 1 - (known.columns[j]?.[0] ?? 0) / known.rows;
      const gaps = rows - cells[j]!.values.count;
      const now = gaps / rows;
      // a column without values in training has no values to count here
      if (!known.columns[j]) return [];
      const all = gaps + Math.round(before * known.rows);
      const chance = logMostAmong(rows, known.rows, all, gaps);
      if (now - before <= worth.missing || chance > Math.log(alpha)) return [];
      const group = this.#groupOf(name);
      const shares = { share: (100 * now).toFixed(1), before: (100 * before).toFixed(1) };
      const told = note("drift_group_missing", { column: column.name, group, ...shares });
      return [{ group, distance: now - before, note: told }];
    });
  }

  #told(j: number, group: string, before: GroupNumbers, { values }: Cell): Note {
    const [column, write] = [this.#columns[j]!, this.#writers[j]!];
    const now = quantiles(values.sample, [0.25, 0.5, 0.75]);
    const then = before.slice(3, 6);
    const names = { column: column.name, group };
    const ends = { lowBefore: write(then[0]!), highBefore: write(then[2]!) };
    if (values.low === values.high && then[0] !== then[2])
      return note("drift_group_constant", { ...names, value: write(values.low), ...ends });
    const factor = column.type === "number" ? commonFactor(now, then) : null;
    if (factor !== null) {
      const [middle, there] = [write(now[1]!), write(then[1]!)];
      const times = String(Number(factor.toPrecision(2)));
      return note("drift_group_scale", { ...names, factor: times, now: middle, before: there });
    }
    return note("drift_group_shift", {
      ...names,
      ...{ low: write(now[0]!), high: write(now[2]!), ...ends },
    });
  }

  #groupOf = (name: string): string =>
    this.#known
      .get(name)!
      .name.filter((cell) => cell !== "")
      .join(", ");
}

/** How far the shares of values up to each quartile are from those of training, and the log of how likely that is. */
function awayFrom(
  before: GroupNumbers,
  sample: readonly number[],
): { readonly distance: number; readonly chance: number } {
  const [n, m] = [before[1]!, sample.length];
  let [distance, chance] = [0, 0];
  for (const k of [0, 1, 2]) {
    const edge = before[3 + k]!;
    const r = before[7 + k]!;
    const b = sample.filter((value) => value <= edge).length;
    distance = Math.max(distance, Math.abs(b / m - r / n));
    chance = Math.min(chance, logFewBelow(n, r, m, b), logFewBelow(n, n - r, m, m - b));
  }
  return { distance, chance };
}

/** Log of how likely it is that all values are one; of those of training at most all between two edges were it. */
function stuckChance(before: GroupNumbers, { low, high, count }: GroupValues): number {
  if (low !== high) return 0;
  const sampled = before[1]!;
  const upTo = [0, ...before.slice(7, 10), sampled];
  const place = before.slice(3, 7).findIndex((edge) => low <= edge);
  const equal = low < before[2]! || place < 0 ? 0 : upTo[place + 1]! - upTo[place]!;
  return logAllFrom(sampled, count, sampled - equal);
}

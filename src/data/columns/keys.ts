import { dayShare } from "../cells/day-share.ts";
import type { Batch, BatchRequest, Column } from "../terms/table.ts";
import { isClock, isStated, mayKey, mayTime } from "./key-candidates.ts";
import { type StampOrder, StampWatch } from "./stamps.ts";

/** Columns that name what a row is of, beside its time. */
export interface KeyFound {
  /** One or two columns; none of a single series. */
  readonly key: readonly string[];
  /** Columns that are one to one with the key, such as a code beside a name. */
  readonly alias: readonly string[];
  readonly time: string;
  /** The column with the times of the day to the days of `time`, or null. */
  readonly clock: string | null;
  /** How many keys and times there are. */
  readonly keys: number;
  readonly times: number;
  readonly stamps: StampOrder;
}

/** What keys and times that were watched turned out to be. */
export interface KeysFound {
  readonly panel: KeyFound | null;
  readonly series: KeyFound | null;
}

/** Rows that are watched; beyond these it is taken for told. */
const mostRows = 1_000_000;
const mostKeys = 8;
const mostTimes = 3;
const mostValues = 200_000;
/** Rows after which pairs are left out that hold a column which will do alone. */
const settledRows = 20_000;
/** Rows of a key, keys of a time, and times that there must be on average. */
const fewest = 3;
/** Rows that share a time, on average: dates of birth are no times of a panel. */
const shared = 1.5;
const fewestOfSeries = 10;
/** Rows of the same key and time that chance would bring, where none is. */
const fewestMeetings = 5;
/** Times that fall row by row are read so where they are dates or years. */
const years = [1800, 2100] as const;
/** Of all combinations of key and time, how many must be there: firms come and go. */
const filled = 0.1;
const mostRepeats = 0.01;
const usualStep = 1 / 3;

/** What may be the time of rows: a column, or one with days and another with the times of the day. */
interface TimeColumn {
  readonly name: string;
  /** Place in what is asked for, as a number. */
  readonly place: number;
  /** Name and place, as text, of the column with the times of the day. */
  readonly clock: { readonly name: string; readonly place: number } | null;
  readonly mayFall: boolean;
}

/** One or two key columns with a time, and which of their combinations came. */
interface Combination {
  /** Places among the key columns. */
  readonly columns: readonly number[];
  readonly time: number;
  /** The key of two columns, as one number. */
  readonly codes: Map<number, number>;
  readonly seen: Set<number>;
}

/** Numbers that are put together must stay whole. */
const far = 2 ** 26;

/**
 * Watches which columns name rows together with a time: the smallest set of at most two columns that is unique with
 * it (a panel), or whose times come in order (series). What is once found not to be so is no longer watched.
 */
export class KeyWatch {
  /** Times as numbers, keys as text; none where nothing may be a time. */
  readonly request: BatchRequest;
  readonly #keys: readonly string[];
  readonly #times: readonly TimeColumn[];
  readonly #codes: readonly Map<string, number>[];
  readonly #stamps: readonly Map<number, number>[];
  #combinations: readonly Combination[];
  #orders: readonly { readonly key: number; readonly time: number; readonly watch: StampWatch }[];
  /** Of two key columns, which value of the second goes with one of the first; absent once it has two. */
  readonly #partners = new Map<string, Map<number, number>>();
  #rows = 0;

  constructor(columns: readonly Column[], rows: number) {
    const others = ["feature", "ignore"];
    const open = columns.filter((column) => !isStated(column) || !others.includes(column.role));
    const stated = open.filter((column) => column.role === "time" && isStated(column));
    const possible = open.filter((column) => mayTime(column)).slice(0, mostTimes);
    const times = stated.length > 0 ? stated : possible;
    const keys = open.filter(
      (column) => !times.includes(column) && !isClock(column) && mayKey(column, rows),
    );
    this.#keys = times.length > 0 ? keys.slice(0, mostKeys).map(({ name }) => name) : [];
    const clocks = times.some(({ type }) => type === "date") ? open.filter(isClock) : [];
    const clock = clocks.length === 1 ? { name: clocks[0]!.name, place: this.#keys.length } : null;
    this.#times = times.flatMap(({ name, type, profile: { minimum, maximum } }, place) => {
      const dates = type === "date";
      const mayFall = dates || (minimum! >= years[0] && maximum! <= years[1]);
      const alone: TimeColumn = { name, place, clock: null, mayFall };
      return dates && clock ? [{ ...alone, clock }, alone] : [alone];
    });
    this.request = {
      numeric: times.map(({ name }) => name),
      categories: [],
      text: [...this.#keys, ...(clock ? [clock.name] : [])],
    };
    const dates = this.#times.map(({ place }) => times[place]!.type === "date");
    this.#codes = this.#keys.map(() => new Map());
    this.#stamps = this.#times.map(() => new Map());
    const places = this.#keys.map((_, i) => i);
    const sets = places.flatMap((i) => [[i], ...places.slice(i + 1).map((j) => [i, j])]);
    this.#combinations = this.#times.flatMap((_, time) =>
      sets.map((columns) => ({ columns, time, codes: new Map(), seen: new Set<number>() })),
    );
    this.#orders = this.#times.flatMap((_, time) =>
      [-1, ...places].map((key) => ({
        key,
        time,
        watch: new StampWatch(dates[time]!),
      })),
    );
    for (const i of places)
      for (const j of places) if (i !== j) this.#partners.set(`${i} ${j}`, new Map());
  }

  /** Takes the next rows; false once it has seen enough. */
  add({ rows, numeric, text }: Batch): boolean {
    const p = this.request.numeric.length;
    for (let i = 0; i < rows; i++) {
      const keys = this.#codes.map((codes, k) => codeOf(codes, text[k]![i]!));
      const moments = this.#times.map(
        ({ place, clock }) =>
          numeric[i * p + place]! + (clock ? dayShare(text[clock.place]![i]!) : 0),
      );
      const times = this.#stamps.map((codes, t) => codeOf(codes, moments[t]!));
      this.#combinations = this.#combinations.filter((each) => isNew(each, keys, times));
      for (const { key, time, watch } of this.#orders)
        watch.add(moments[time]!, key < 0 ? 0 : keys[key]!);
      this.#partner(keys);
      if (i % 1000 === 0) this.#forget();
    }
    this.#rows += rows;
    if (this.#rows >= settledRows) this.#leavePairs();
    return this.#rows < mostRows && (this.#combinations.length > 0 || this.#orders.length > 0);
  }

  /** Leaves out columns with gaps or too many values, and orders that are none. */
  #forget(): void {
    const open = (codes: ReadonlyMap<string | number, number>): boolean =>
      !codes.has("") && !codes.has(Number.NaN) && codes.size < mostValues;
    const keyOpen = this.#codes.map(open);
    const timeOpen = this.#stamps.map(open);
    this.#combinations = this.#combinations.filter(
      ({ columns, time }) => timeOpen[time] && columns.every((column) => keyOpen[column]),
    );
    this.#orders = this.#orders.filter(
      ({ key, time, watch }) => watch.alive && timeOpen[time] && (key < 0 || keyOpen[key]),
    );
  }

  /** Two columns are not asked for where one of them will do. */
  #leavePairs(): void {
    const alone = this.#combinations.filter(({ columns }) => columns.length === 1);
    this.#combinations = this.#combinations.filter(
      ({ columns, time }) =>
        columns.length === 1 ||
        !alone.some((each) => each.time === time && columns.includes(each.columns[0]!)),
    );
  }

  #partner(keys: readonly number[]): void {
    for (const [name, partners] of this.#partners) {
      const [i, j] = name.split(" ").map(Number) as [number, number];
      const known = partners.get(keys[i]!);
      if (known === undefined) partners.set(keys[i]!, keys[j]!);
      else if (known !== keys[j]) this.#partners.delete(name);
    }
  }

  result(): KeysFound {
    if (this.#rows === 0) return { panel: null, series: null };
    this.#forget();
    this.#leavePairs();
    return { panel: this.#panel(), series: this.#series() };
  }

  #panel(): KeyFound | null {
    const rows = this.#rows;
    const found = this.#combinations.flatMap(({ columns, time, codes }) => {
      const keys = columns.length > 1 ? codes.size : this.#codes[columns[0]!]!.size;
      const times = this.#stamps[time]!.size;
      const enough = keys > 1 && times >= fewest && rows >= fewest * keys && rows >= shared * times;
      // among so many places rows would meet by chance
      const places = keys * times;
      const surprising = rows * rows >= 2 * fewestMeetings * places;
      return enough && surprising && rows >= filled * places
        ? [{ columns, time, keys, times }]
        : [];
    });
    // the fewest columns, and the fewest keys among these
    const [best] = found.sort(
      (a, b) => a.columns.length - b.columns.length || a.time - b.time || a.keys - b.keys,
    );
    if (!best) return null;
    const [only] = best.columns;
    const order = this.#orders.find(({ key, time }) => key === only && time === best.time);
    return {
      key: best.columns.map((column) => this.#keys[column]!),
      alias: best.columns.length > 1 ? [] : this.#aliases(only!),
      ...this.#timed(best.time),
      ...{ keys: best.keys, times: best.times },
      stamps: (order?.watch ?? new StampWatch(false)).result(),
    };
  }

  #timed(time: number): Pick<KeyFound, "time" | "clock"> {
    const { name, clock } = this.#times[time]!;
    return { time: name, clock: clock?.name ?? null };
  }

  #aliases(key: number): readonly string[] {
    return this.#keys.filter(
      (_, other) => this.#partners.has(`${key} ${other}`) && this.#partners.has(`${other} ${key}`),
    );
  }

  #series(): KeyFound | null {
    const found = this.#orders.map((order) => ({ ...order, stamps: order.watch.result() }));
    const turned = ({ stamps }: { readonly stamps: StampOrder }): number => Math.sign(stamps.turns);
    // series one below the other turn where the next begins
    found.sort((a, b) => turned(a) - turned(b) || a.time - b.time || a.key - b.key);
    for (const { key, time, stamps } of found) {
      const keys = key < 0 ? 1 : this.#codes[key]!.size;
      const usual = stamps.repeats <= mostRepeats && stamps.share >= usualStep;
      const mayFall = this.#times[time]!.mayFall || !stamps.falling;
      if (!stamps.ordered || !usual || !mayFall || this.#rows < fewestOfSeries * keys) continue;
      return {
        key: key < 0 ? [] : [this.#keys[key]!],
        alias: key < 0 ? [] : this.#aliases(key),
        ...this.#timed(time),
        ...{ keys, times: this.#stamps[time]!.size, stamps },
      };
    }
    return null;
  }
}

function codeOf<T>(codes: Map<T, number>, value: T): number {
  const known = codes.get(value);
  if (known !== undefined) return known;
  codes.set(value, codes.size);
  return codes.size - 1;
}

/** Whether a row has a combination that no row before it had. */
function isNew(
  { columns, time, codes, seen }: Combination,
  keys: readonly number[],
  times: readonly number[],
): boolean {
  const [first, second] = columns;
  const key =
    second === undefined ? keys[first!]! : codeOf(codes, keys[first!]! * far + keys[second]!);
  const size = seen.size;
  seen.add(key * far + times[time]!);
  return seen.size > size;
}

import type { HeadColumn } from "./head-numbers.ts";

/** A number that may stand for "missing". */
export interface NumberMark {
  readonly mark: number;
  /** The columns in which it is far from all other values, with how often it comes in all of them. */
  readonly columns: readonly string[];
  readonly count: number;
  readonly values: number;
  /** Columns in which it is a value like others: there it would be taken as missing as well. */
  readonly others: readonly string[];
}

/** Digits that people write where there is nothing: 99, 998, -999, 8888, 77; 99.9 of a column with decimals. */
const repeated = /^-?(9{2,}|9+[78]|8{2,}|7{2,})(\.9+|\.0*)?$/;
/** Round numbers below 0, such as -200; the ends of whole numbers of 16 and 32 bits; the usual fillings of grids. */
const round = /^-[1-9]0{2,}$/;
const ends = new Set([-32768, 32767, -2147483648, 2147483647]);
const huge = 1e20;

/** Times that it comes at least, and its share of the values. */
const fewest = 3;
const leastShare = 0.0005;
/** Of values that are few and whole, such as answers from 1 to 5, it is so many of their ranges away. */
const fewValues = 20;
const awayFromFew = 5;
/** Of numbers that vary it is one range away; where it is that in another column, or below 0 alone, so much of it. */
const away = 1;
const awayAlike = 0.1;
/** A mark among the highest, or lowest, different values. */
const mostMarks = 3;

/** A value at an end of a column that looks like a mark, and how many ranges of the others it is away. */
interface End {
  readonly column: HeadColumn;
  readonly mark: number;
  readonly count: number;
  readonly gap: number;
  readonly needed: number;
  /** It is negative and all others are not. */
  readonly alone: boolean;
}

const looksLike = (value: number): boolean =>
  repeated.test(String(value)) ||
  round.test(String(value)) ||
  ends.has(value) ||
  Math.abs(value) >= huge;

/**
 * Numbers that may stand for "missing": one value with the digits of a mark, repeated, far from the rest of its column; of
 * the same value in several columns one has to be so. They are suspected, never taken.
 */
export function numberMarks(columns: readonly HeadColumn[]): readonly NumberMark[] {
  const ends = columns.flatMap(endsOf);
  const marks = [...new Set(ends.map(({ mark }) => mark))];
  return marks.flatMap((mark) => {
    const own = ends.filter((end) => end.mark === mark);
    if (!own.some(({ gap, needed }) => gap >= needed)) return [];
    const sure = own.filter(({ gap, needed, alone }) => gap >= needed || alone || gap >= awayAlike);
    const names = sure.map(({ column }) => column.name);
    const others = columns.filter(
      ({ name, values }) => !names.includes(name) && values.includes(mark),
    );
    return [
      {
        ...{ mark, columns: names, count: sum(sure.map(({ count }) => count)) },
        values: sum(sure.map(({ column }) => column.values.length)),
        others: others.map(({ name }) => name),
      },
    ];
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

function endsOf(column: HeadColumn): readonly End[] {
  const counts = new Map<number, number>();
  for (const value of column.values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts.keys()].sort((a, b) => a - b);
  const [low, high] = [marksBefore(sorted), marksBefore([...sorted].reverse())];
  const rest = sorted.slice(low.length, sorted.length - high.length);
  if (rest.length < 2) return [];
  const [least, most] = [rest[0]!, rest.at(-1)!];
  const range = most - least;
  const few = rest.length < fewValues && rest.every(Number.isInteger);
  return [...low, ...high].flatMap((mark): readonly End[] => {
    const count = counts.get(mark)!;
    if (count < fewest || count < leastShare * column.values.length) return [];
    // several marks at an end are as far as the nearest of them
    const nearest = mark < least ? low.at(-1)! : high.at(-1)!;
    const gap = (mark < least ? least - nearest : nearest - most) / range;
    const alone = mark < 0 && least >= 0 && repeated.test(String(mark));
    return [{ column, mark, count, gap, needed: few ? awayFromFew : away, alone }];
  });
}

/** Values at the beginning that look like marks. */
function marksBefore(sorted: readonly number[]): readonly number[] {
  const first = sorted.findIndex((value) => !looksLike(value));
  return sorted.slice(0, Math.max(0, Math.min(first, mostMarks)));
}

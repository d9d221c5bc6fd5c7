import { momentsOf } from "../../metrics/statistics.ts";
import type { Candidate, FillTrial, TrialTurn } from "./fill-trial.ts";
import { distances } from "./fill-trial.ts";

/** How near a way of filling gaps comes to cells that were hidden from it. */
export interface Imputation extends Candidate {
  /** Root mean square over all hidden numbers of the error in deviations of its column; null without numbers. */
  readonly rmse: number | null;
  /** Share of hidden categories that were found; null without categories. */
  readonly accuracy: number | null;
}

/** Hidden cells of which fewer tell nothing of a column at a distance. */
const fewest = 8;

/** Of each column and distance: places of candidates, the best first. */
export type Preferences = readonly (readonly (readonly number[])[])[];

/** How near each candidate came, over all columns. */
export const imputations = (trial: FillTrial): readonly Imputation[] =>
  trial.candidates.map((candidate, c) => ({
    ...candidate,
    ...figuresOf(trial, ({ errors }, column) => errors[column]![c]!),
  }));

/** Numbers and categories weigh as much as there are columns of them. */
export function badness(
  trial: FillTrial,
  { rmse, accuracy }: Omit<Imputation, "way" | "rounds">,
): number {
  const columns = trial.turns[0]!.errors.length;
  return trial.numbers * (rmse ?? 0) + (columns - trial.numbers) * (1 - (accuracy ?? 1));
}

/** Places of the candidates that are left where each way has its best number of rounds. */
export function bestRounds(trial: FillTrial): readonly number[] {
  const found = imputations(trial);
  const best = new Map<string, number>();
  found.forEach((each, c) => {
    const before = best.get(each.way);
    if (before === undefined || badness(trial, each) < badness(trial, found[before]!))
      best.set(each.way, c);
  });
  return [...best.values()];
}

/** Which of some candidates fill each column best at each distance, on hidden cells of some turns. */
export function preferences(
  { candidates, turns: all, numbers, ...rest }: FillTrial,
  among: readonly number[],
  turns: readonly TrialTurn[] = all,
): Preferences {
  const columns = all[0]!.errors.length;
  const trial = { candidates, turns, numbers, ...rest };
  const found = imputations(trial);
  const overall = [...among].sort((a, b) => badness(trial, found[a]!) - badness(trial, found[b]!));
  return Array.from({ length: columns }, (_, column) => {
    let before: readonly number[] = overall;
    return distances.map((_, d) => {
      const open = before.filter((c) => usable(candidates[c]!, d));
      const errors = commonErrors(turns, column, d, open);
      if (errors) before = ordered(errors, open);
      return errors ? before : open;
    });
  });
}

/** Where no value of the series is known there is nothing to draw a line between. */
const usable = ({ way }: Candidate, d: number): boolean =>
  way !== "interpolation" || distances[d] !== Number.POSITIVE_INFINITY;

/** Errors on the hidden cells that all know who know most of them; null where these are too few. */
function commonErrors(
  turns: readonly TrialTurn[],
  column: number,
  d: number,
  open: readonly number[],
): ReadonlyMap<number, readonly number[]> | null {
  const lists = open.map((c) =>
    turns.flatMap(({ atDistance }) => Array.from(atDistance[d]?.[column]?.[c] ?? [])),
  );
  const cells = lists[0]?.length ?? 0;
  const able = lists.map((errors) => 2 * errors.filter(Number.isNaN).length <= cells);
  const common = Array.from({ length: cells }, (_, i) => i).filter((i) =>
    lists.every((errors, k) => !able[k] || !Number.isNaN(errors[i]!)),
  );
  if (common.length < fewest) return null;
  return new Map(
    open.flatMap((c, k) => (able[k] ? [[c, common.map((i) => lists[k]![i]!)] as const] : [])),
  );
}

/** The least mean errors first; what came first before stays there unless another is better by more than chance. */
function ordered(
  errors: ReadonlyMap<number, readonly number[]>,
  open: readonly number[],
): readonly number[] {
  const mean = (c: number): number => {
    const own = errors.get(c);
    return own ? own.reduce((a, b) => a + b, 0) / own.length : Number.MAX_VALUE;
  };
  const order = [...open].sort((a, b) => mean(a) - mean(b));
  const [usual, best] = [errors.get(open[0]!), errors.get(order[0]!)];
  if (!usual || !best) return order;
  const gains = usual.map((error, i) => error - best[i]!);
  const { mean: gain, deviation } = momentsOf(gains);
  if (gain > deviation / Math.sqrt(gains.length)) return order;
  return [open[0]!, ...order.filter((c) => c !== open[0])];
}

/** How near the best of the ways comes, each chosen on other hidden cells than those it is judged on. */
export function chosenFigures(
  trial: FillTrial,
  among: readonly number[],
): Omit<Imputation, "way" | "rounds"> {
  const { turns } = trial;
  const chosen = new Map(
    turns.map((turn) => [
      turn,
      preferences(
        trial,
        among,
        turns.filter((each) => each !== turn),
      ),
    ]),
  );
  return figuresOf(trial, (turn, column) => {
    const { errors, places } = turn;
    return Float64Array.from(places[column]!, (d, i) => {
      const first = chosen
        .get(turn)!
        [column]![d]!.find((c) => !Number.isNaN(errors[column]![c]![i]!));
      return first === undefined ? Number.NaN : errors[column]![first]![i]!;
    });
  });
}

/** Figures over all hidden cells, of which something is known; columns that never change tell nothing. */
function figuresOf(
  { turns, numbers }: FillTrial,
  errorsOf: (turn: TrialTurn, column: number) => Float64Array,
): Omit<Imputation, "way" | "rounds"> {
  const mean = (from: number, to: number): number | null => {
    let [sum, n] = [0, 0];
    for (const turn of turns)
      for (let column = from; column < to; column++)
        for (const error of errorsOf(turn, column)) {
          if (Number.isNaN(error)) continue;
          sum += error;
          n++;
        }
    return n > 0 ? sum / n : null;
  };
  const squares = mean(0, numbers);
  const wrong = mean(numbers, turns[0]!.errors.length);
  return {
    rmse: squares === null ? null : Math.sqrt(squares),
    accuracy: wrong === null ? null : 1 - wrong,
  };
}

/** How one column is filled. */
export interface ColumnFill {
  readonly column: string;
  /** The ways by how many steps of time the nearest known value of the series is away at least; null: none is known. */
  readonly ways: readonly { readonly from: number | null; readonly way: Candidate["way"] }[];
}

/** How each column is filled, in words of a person. */
export function columnFills(
  names: readonly string[],
  candidates: readonly Candidate[],
  preferred: Preferences,
): readonly ColumnFill[] {
  return names.map((column, j) => {
    const all = distances.flatMap((from, d) => {
      const first = preferred[j]![d]![0];
      const least = from === Number.POSITIVE_INFINITY ? null : from;
      return first === undefined ? [] : [{ from: least, way: candidates[first]!.way }];
    });
    return { column, ways: all.filter(({ way }, d) => way !== all[d - 1]?.way) };
  });
}

/** How times follow each other down the rows of one series, or of each of several. */
export interface StampOrder {
  /** Times never fall, or never rise, but for a clock that is set back now and then. */
  readonly ordered: boolean;
  readonly falling: boolean;
  /** Steps that go the other way. */
  readonly turns: number;
  /** Share of rows with the time of the row before them. */
  readonly repeats: number;
  /** The commonest difference of times, in their unit (a month is 30.4375 days), and its share of all. */
  readonly step: number;
  readonly share: number;
}

/** Differences that are kept apart; a series without a usual step has more. */
const mostSteps = 2000;

/** Steps the other way that are borne where clocks are set: how many, and how long in days. */
const mostTurns = 0.01;
const fewTurns = 2;
const longestTurn = 1.01 / 24;

/** Counts how times follow each other, row by row; `group` is the number of the series of a row. */
export class StampWatch {
  readonly #step: (before: number, time: number) => number;
  readonly #longest: number;
  #leapsUp = 0;
  #leapsDown = 0;
  readonly #last: number[] = [];
  readonly #steps = new Map<number, number>();
  #rises = 0;
  #falls = 0;
  #repeats = 0;

  /** `dates`: times are days since 1970-01-01. */
  constructor(dates: boolean) {
    this.#step = dates ? calendarStep : (before, time) => Math.abs(time - before);
    this.#longest = dates ? longestTurn : 0;
  }

  /** Whether times may still be in order. */
  get alive(): boolean {
    const most = Math.max(fewTurns, mostTurns * (this.#rises + this.#falls));
    const clock = (turns: number, leaps: number): boolean => leaps === 0 && turns <= most;
    return clock(this.#falls, this.#leapsDown) || clock(this.#rises, this.#leapsUp);
  }

  add(time: number, group: number): void {
    const before = this.#last[group];
    this.#last[group] = time;
    if (before === undefined) return;
    if (time === before) this.#repeats++;
    else {
      const leap = Math.abs(time - before) > this.#longest;
      if (time > before) {
        this.#rises++;
        if (leap) this.#leapsUp++;
      } else {
        this.#falls++;
        if (leap) this.#leapsDown++;
      }
      // a day has no whole number of thirds
      const rounded = Number(this.#step(before, time).toPrecision(6));
      const seen = this.#steps.get(rounded);
      if (seen !== undefined || this.#steps.size < mostSteps)
        this.#steps.set(rounded, (seen ?? 0) + 1);
    }
  }

  result(): StampOrder {
    const moves = this.#rises + this.#falls;
    let [step, most] = [0, 0];
    for (const [size, count] of this.#steps) if (count > most) [step, most] = [size, count];
    return {
      ordered: this.alive && moves > 0,
      falling: this.#falls > this.#rises,
      turns: Math.min(this.#rises, this.#falls),
      repeats: this.#repeats / Math.max(1, moves + this.#repeats),
      step,
      share: most / Math.max(1, moves),
    };
  }
}

/** Days of a month, on average. */
export const monthDays = 30.4375;

/** Days from one date to another; months, quarters, years and weekends count as what they are. */
function calendarStep(before: number, time: number): number {
  const days = Math.abs(time - before);
  const months = Math.round(days / monthDays);
  if (months >= 1 && Math.abs(days - months * monthDays) <= 2.6) return months * monthDays;
  // from Friday to Monday it is one business day
  const earlier = Math.min(before, time);
  return days === 3 && (Math.floor(earlier) + 3) % 7 === 4 ? 1 : days;
}

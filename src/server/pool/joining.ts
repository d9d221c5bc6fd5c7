import { cutRows, joinRows, type Scored, type ServedRows, type Wanted } from "../rows.ts";

/** Rows of a request, on their way to a thread. */
export interface Task {
  readonly model: number;
  readonly wanted: Wanted;
  readonly rows: ServedRows;
  resolve(scored: Scored): void;
  reject(error: Error): void;
}

/** Some rows of a task, in a run with others. */
interface Part {
  readonly waiting: Waiting;
  readonly from: number;
  readonly count: number;
}

interface Waiting {
  readonly task: Task;
  /** Rows that went to a thread. */
  sent: number;
  /** What came back, by its first row. */
  readonly found: { readonly from: number; readonly scored: Scored }[];
  /** Rows that came back. */
  done: number;
  gone: boolean;
  /** Whether it was in a run that failed, and is tried without others. */
  readonly alone: boolean;
}

/** One run of a thread. */
export interface Run {
  readonly model: number;
  readonly wanted: Wanted;
  readonly rows: ServedRows;
  /** Hands each task its part of what was found. */
  settle(scored: Scored): void;
  /** Where a run of several tasks failed, each of them alone; the error, where it was one. */
  fail(error: Error): void;
}

const sameWanted = (a: Wanted, b: Wanted): boolean =>
  a.latent === b.latent &&
  a.reconstruction === b.reconstruction &&
  a.error === b.error &&
  a.reasons === b.reasons;

/**
 * Who waits for a thread. Requests that wait together for the same outputs of a model are joined into one run of at most
 * `mostRows`; a greater one is cut. Where both wait, a run of small ones follows each of a great one, so that they pass it;
 * of great ones the first is done first: all at once, each would take as long as all.
 */
export class Line {
  readonly #mostRows: number;
  #waiting: Waiting[] = [];
  #greatNext = false;

  constructor(mostRows: number) {
    this.#mostRows = mostRows;
  }

  /** Requests that have rows which no thread has. */
  get length(): number {
    return this.#waiting.length;
  }

  /** Rows that no thread has. */
  get rows(): number {
    return this.#waiting.reduce((sum, { task, sent }) => sum + task.rows.rows - sent, 0);
  }

  /** Whether a request waits that is greater than a run. */
  get holdsGreat(): boolean {
    return this.#waiting.some((waiting) => this.#isGreat(waiting));
  }

  /** Lines a task up; the function that comes back takes it out again: what it still asks for is no longer computed. */
  join(task: Task): () => void {
    const waiting: Waiting = { task, sent: 0, found: [], done: 0, gone: false, alone: false };
    this.#waiting.push(waiting);
    return () => {
      waiting.gone = true;
      this.#waiting = this.#waiting.filter((each) => each !== waiting);
    };
  }

  /** The next run; null where none waits. */
  take(): Run | null {
    this.#waiting = this.#waiting.filter(({ gone }) => !gone);
    const great = this.#waiting.filter((waiting) => this.#isGreat(waiting));
    const small = this.#waiting.filter((waiting) => !this.#isGreat(waiting));
    const inOrder = this.#greatNext
      ? [great[0], ...small, ...great.slice(1)]
      : [...small, ...great];
    const [first, ...others] = inOrder.filter((waiting) => waiting !== undefined);
    if (!first) return null;
    this.#greatNext = !this.#isGreat(first);
    const { model, wanted } = first.task;
    const parts: Part[] = [];
    let room = this.#mostRows;
    for (const waiting of [first, ...others]) {
      if (room === 0) break;
      if (waiting !== first && (first.alone || waiting.alone)) continue;
      const { task, sent } = waiting;
      if (task.model !== model || !sameWanted(task.wanted, wanted)) continue;
      const count = Math.min(room, task.rows.rows - sent);
      parts.push({ waiting, from: sent, count });
      waiting.sent += count;
      room -= count;
    }
    this.#waiting = this.#waiting.filter(({ task, sent }) => sent < task.rows.rows);
    return this.#runOf(model, wanted, parts);
  }

  #isGreat({ task, sent }: Waiting): boolean {
    return task.rows.rows - sent > this.#mostRows;
  }

  #runOf(model: number, wanted: Wanted, parts: readonly Part[]): Run {
    const rows = joinRows(
      parts.map(({ waiting, from, count }) => cutRows(waiting.task.rows, from, count)),
    );
    return {
      ...{ model, wanted, rows },
      settle(scored) {
        let at = 0;
        for (const { waiting, from, count } of parts) {
          keep(waiting, from, cutScored(scored, at, count));
          at += count;
        }
      },
      fail: (error) => {
        if (parts.length === 1) {
          const { waiting } = parts[0]!;
          waiting.gone = true;
          this.#waiting = this.#waiting.filter((each) => each !== waiting);
          waiting.task.reject(error);
          return;
        }
        // whose rows it were is not known: each is tried alone, before all others
        const again = parts.map(({ waiting, from, count }) => alone(waiting, from, count));
        this.#waiting = [...again, ...this.#waiting];
      },
    };
  }
}

/** Rows of a task that are tried by themselves, as a task of their own that reports to it. */
function alone(waiting: Waiting, from: number, count: number): Waiting {
  const { task } = waiting;
  const own: Task = {
    ...task,
    rows: cutRows(task.rows, from, count),
    resolve: (scored) => keep(waiting, from, scored),
    reject(error) {
      waiting.gone = true;
      task.reject(error);
    },
  };
  return { task: own, sent: 0, found: [], done: 0, gone: false, alone: true };
}

/** Keeps what was found of a task, and hands it over when it is all. */
function keep(waiting: Waiting, from: number, scored: Scored): void {
  if (waiting.gone) return;
  waiting.found.push({ from, scored });
  waiting.done += scored.rows;
  if (waiting.done < waiting.task.rows.rows) return;
  waiting.gone = true;
  const sorted = waiting.found.sort((a, b) => a.from - b.from).map((each) => each.scored);
  waiting.task.resolve(joinScored(sorted));
}

type Column = ArrayLike<unknown> & {
  slice(from: number, to: number): Column;
};

/** Some rows of what was found, on their own. */
function cutScored(scored: Scored, from: number, count: number): Scored {
  if (count === scored.rows) return scored;
  const { rows, ...outputs } = scored;
  const cut = Object.entries(outputs).map(([name, output]) => {
    const width = (output as Column).length / rows;
    return [name, (output as Column).slice(from * width, (from + count) * width)];
  });
  return { rows: count, ...Object.fromEntries(cut) } as Scored;
}

function joinScored(parts: readonly Scored[]): Scored {
  const [first] = parts as [Scored];
  if (parts.length === 1) return first;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const joined = Object.keys(first).flatMap((name) =>
    name === "rows" ? [] : [[name, joinColumns(parts.map((part) => part[name as "score"]))]],
  );
  return { rows, ...Object.fromEntries(joined) } as Scored;
}

function joinColumns(parts: readonly (Float32Array | readonly unknown[])[]): unknown {
  const [first] = parts;
  if (!ArrayBuffer.isView(first)) return parts.flat();
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new (first.constructor as Float32ArrayConstructor)(length);
  let at = 0;
  for (const part of parts as readonly Float32Array[]) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

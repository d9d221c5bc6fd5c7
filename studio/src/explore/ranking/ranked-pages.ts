import type { RankedPage, RankedRow } from "../../../../src/studio/api/runs.ts";

/** Rows of a page. */
export const pageRows = 200;

/** Pages that are kept at most: what was looked at longest ago goes first. */
const mostPages = 80;

type Fetch = (from: number, rows: number, signal: AbortSignal) => Promise<RankedPage>;

interface Asked {
  readonly giveUp: AbortController;
}

/**
 * A long list of which only what is looked at is there: asks for the pages that are wanted, keeps what came, and gives up
 * what is no longer wanted before it came.
 */
export class RankedPages {
  readonly #fetch: Fetch;
  readonly #changed: () => void;
  readonly #pages = new Map<number, readonly RankedRow[]>();
  readonly #asked = new Map<number, Asked>();
  #wanted: readonly number[] = [];
  #total: number | null = null;
  #failure: unknown = null;

  constructor(fetch: Fetch, changed: () => void) {
    this.#fetch = fetch;
    this.#changed = changed;
  }

  /** Rows in all; null before the first page came. */
  get total(): number | null {
    return this.#total;
  }

  /** Why a page did not come; null where none failed. */
  get failure(): unknown {
    return this.#failure;
  }

  /** The row at a place; undefined where it has not come. */
  at(index: number): RankedRow | undefined {
    return this.#pages.get(Math.floor(index / pageRows))?.[index % pageRows];
  }

  /** Wants the rows from a place to another, both among them, and nothing else. */
  want(first: number, last: number): void {
    const from = Math.max(0, Math.floor(first / pageRows));
    const most = this.#total === null ? from : Math.floor(Math.max(0, this.#total - 1) / pageRows);
    const to = Math.min(Math.floor(last / pageRows), most);
    this.#wanted = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
    for (const [page, { giveUp }] of this.#asked)
      if (!this.#wanted.includes(page)) {
        this.#asked.delete(page);
        giveUp.abort();
      }
    if (this.#failure !== null) return;
    for (const page of this.#wanted) this.#ask(page);
  }

  /** Asks again for what failed. */
  retry(): void {
    this.#failure = null;
    if (this.#wanted.length === 0) this.#wanted = [0];
    for (const page of this.#wanted) this.#ask(page);
    this.#changed();
  }

  /** Ends all requests. */
  close(): void {
    for (const { giveUp } of this.#asked.values()) giveUp.abort();
    this.#asked.clear();
    this.#wanted = [];
  }

  #ask(page: number): void {
    const there = this.#pages.get(page);
    if (there) {
      // looked at just now
      this.#pages.delete(page);
      this.#pages.set(page, there);
      return;
    }
    if (this.#asked.has(page)) return;
    const asked = { giveUp: new AbortController() };
    this.#asked.set(page, asked);
    void this.#bring(page, asked);
  }

  async #bring(page: number, asked: Asked): Promise<void> {
    try {
      const { total, rows } = await this.#fetch(page * pageRows, pageRows, asked.giveUp.signal);
      if (this.#asked.get(page) !== asked) return;
      this.#asked.delete(page);
      this.#total = total;
      this.#pages.set(page, rows);
      for (const oldest of this.#pages.keys()) {
        if (this.#pages.size <= mostPages) break;
        if (!this.#wanted.includes(oldest)) this.#pages.delete(oldest);
      }
    } catch (error) {
      // given up: somebody else wants what comes instead
      if (this.#asked.get(page) !== asked) return;
      this.#asked.delete(page);
      this.#failure = error;
    }
    this.#changed();
  }
}

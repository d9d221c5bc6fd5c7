/** What becomes of rows that are chosen when others are: they go, stay, or these are taken from them. */
export type Joining = "alone" | "added" | "removed";

/** Choices that can be taken back. */
const mostKept = 30;

/** Rows that are chosen, by their numbers: they stay chosen wherever points lie and whatever colours them. */
export class Choices {
  readonly #count: number;
  #before: readonly Int32Array[] = [];
  rows: Int32Array = new Int32Array(0);
  /** 1 for each row that is chosen. */
  mask: Uint8Array;

  constructor(count: number) {
    this.#count = count;
    this.mask = new Uint8Array(count);
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  choose(found: Int32Array, joining: Joining = "alone"): void {
    this.#keep();
    this.#put(joining === "alone" ? found : this.#joined(found, joining));
  }

  clear(): void {
    this.#keep();
    this.#put(new Int32Array(0));
  }

  undo(): void {
    const last = this.#before.at(-1);
    if (!last) return;
    this.#before = this.#before.slice(0, -1);
    this.#put(last);
  }

  #keep(): void {
    this.#before = [...this.#before.slice(1 - mostKept), this.rows];
  }

  #put(next: Int32Array): void {
    const flags = new Uint8Array(this.#count);
    for (const row of next) flags[row] = 1;
    this.mask = flags;
    this.rows = next;
  }

  /** What is chosen with other rows added or taken away. */
  #joined(found: Int32Array, joining: Joining): Int32Array {
    const flags = this.mask.slice();
    for (const row of found) flags[row] = joining === "added" ? 1 : 0;
    const next = new Int32Array(this.#count);
    let at = 0;
    for (let i = 0; i < this.#count; i++) if (flags[i] === 1) next[at++] = i;
    return next.slice(0, at);
  }
}

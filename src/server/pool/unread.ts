/** Reads a body in a thread. */
export type Read<Thread> = (thread: Thread) => Promise<void>;

/** Bodies that wait to be read: by turns the one that came first and the smallest, so that great ones hold up no small one. */
export class Unread<Thread> {
  #waiting: { readonly bytes: number; readonly read: Read<Thread> }[] = [];
  #smallestNext = false;

  get length(): number {
    return this.#waiting.length;
  }

  /** Lines a body of so many bytes up; the function that comes back takes it out again. */
  join(bytes: number, read: Read<Thread>): () => void {
    const body = { bytes, read };
    this.#waiting.push(body);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== body);
    };
  }

  /** The next one; undefined where none waits. */
  take(): Read<Thread> | undefined {
    const sizes = this.#waiting.map(({ bytes }) => bytes);
    const at = this.#smallestNext ? sizes.indexOf(Math.min(...sizes)) : 0;
    this.#smallestNext = !this.#smallestNext;
    return this.#waiting.splice(at, 1)[0]?.read;
  }
}

interface Hold<Value> {
  readonly value: Promise<Value>;
  /** What is being done with it. */
  readonly users: Set<Promise<unknown>>;
}

/** Values that are held open by key, so many at most, those last that were used last; each is closed when nobody uses it. */
export class Held<Value> {
  readonly #most: number;
  readonly #close: (value: Value) => unknown;
  readonly #holds = new Map<string, Hold<Value>>();

  constructor(most: number, close: (value: Value) => unknown) {
    this.#most = most;
    this.#close = close;
  }

  /** Works with the value of a key, which is opened where it is not yet. Throws what opening it and the work throw. */
  async use<Made>(
    key: string,
    open: () => Promise<Value>,
    work: (value: Value) => Promise<Made>,
  ): Promise<Made> {
    const hold = this.#holds.get(key) ?? this.#begin(key, open);
    this.#holds.delete(key);
    this.#holds.set(key, hold);
    for (const oldest of [...this.#holds.keys()].slice(0, -this.#most)) void this.forget(oldest);
    const using = hold.value.then(work);
    hold.users.add(using);
    try {
      return await using;
    } finally {
      hold.users.delete(using);
    }
  }

  #begin(key: string, open: () => Promise<Value>): Hold<Value> {
    const hold: Hold<Value> = { value: open(), users: new Set() };
    // what could not be opened is tried anew the next time
    hold.value.catch(() => {
      if (this.#holds.get(key) === hold) this.#holds.delete(key);
    });
    return hold;
  }

  /** Lets go of the value of a key: it is closed once all that began with it is done, which is waited for. */
  async forget(key: string): Promise<void> {
    const hold = this.#holds.get(key);
    if (!hold) return;
    this.#holds.delete(key);
    await Promise.allSettled(hold.users);
    await hold.value.then(this.#close, () => {});
  }

  /** Lets go of all. */
  async close(): Promise<void> {
    await Promise.all([...this.#holds.keys()].map((key) => this.forget(key)));
  }
}

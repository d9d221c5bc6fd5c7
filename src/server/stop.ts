/** Tells that a request is given up: its time is over, or its client has gone. Lighter than an AbortSignal, of which there were one for each request. */
export class Stop {
  #reason: Error | null = null;
  #listener: ((reason: Error) => void) | null = null;

  /** Why it was given up, or null. */
  get reason(): Error | null {
    return this.#reason;
  }

  /** Gives the request up; only the first time counts. */
  stop(reason: Error): void {
    if (this.#reason) return;
    this.#reason = reason;
    this.#listener?.(reason);
  }

  /** Hears of it; the one that listened before does not any more. */
  listen(listener: (reason: Error) => void): void {
    this.#listener = listener;
    if (this.#reason) listener(this.#reason);
  }
}

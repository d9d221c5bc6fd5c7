import { EspejoError } from "../errors.ts";

/** Milliseconds that a body may take to come before its place is given to others: slow clients must not shut out all. */
const patienceMs = 2000;

/** What a request holds from its head to the end of its answer. */
export interface Place {
  /** Holds it until it is left, now that the body is there. Throws `server_busy` where the body came late and all are taken. */
  keep(): void;
  /** Gives it to others. */
  leave(): void;
}

/** As many places as there may be requests at once: who finds none is told before the body of the request has come. */
export class Places {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get taken(): number {
    return this.#taken;
  }

  /** Throws `server_busy` where all are taken. */
  take(): Place {
    this.#enter();
    let held = true;
    const leave = (): void => {
      clearTimeout(clock);
      if (held) this.#taken--;
      held = false;
    };
    const clock = setTimeout(leave, patienceMs);
    return {
      leave,
      keep: () => {
        clearTimeout(clock);
        if (held) return;
        this.#enter();
        held = true;
      },
    };
  }

  #enter(): void {
    if (this.#taken >= this.#most) throw new EspejoError("server_busy", {});
    this.#taken++;
  }
}

import { EspejoError } from "../errors.ts";

/** Milliseconds that a body may take to come before its room is given to others: slow clients must not shut out all. */
const patienceMs = 2000;

/** Milliseconds that a body waits for room. */
const waitMs = 10_000;

/** The room of one body. */
export interface Share {
  /** Makes it that of what is there, now that it is known. */
  settle(bytes: number): void;
  /** Gives it to others; a body that waits no longer does. */
  leave(): void;
}

interface Waiting {
  readonly bytes: number;
  begin(): void;
}

/** Bytes of bodies that may lie in memory at once: who comes when there is no room waits, in the order of coming, unread. */
export class Room {
  readonly #bytes: number;
  #taken = 0;
  #waiting: Waiting[] = [];

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** Bytes that are taken. */
  get taken(): number {
    return this.#taken;
  }

  /**
   * Calls back once so many bytes may come, or with `server_busy` where that takes too long. One body always may, whatever
   * it takes.
   */
  enter(bytes: number, done: (error: Error | null) => void): Share {
    let held = 0;
    let clock: NodeJS.Timeout | undefined;
    const hold = (most: number): void => {
      this.#taken += most - held;
      held = most;
    };
    const give = (): void => {
      clearTimeout(clock);
      hold(0);
      this.#next();
    };
    const waiting: Waiting = {
      bytes,
      begin: () => {
        clearTimeout(clock);
        hold(bytes);
        clock = setTimeout(give, patienceMs);
        done(null);
      },
    };
    let gone = false;
    const leave = (): void => {
      gone = true;
      this.#waiting = this.#waiting.filter((each) => each !== waiting);
      give();
    };
    clock = setTimeout(() => {
      leave();
      done(new EspejoError("server_busy", {}));
    }, waitMs);
    this.#waiting.push(waiting);
    this.#next();
    return {
      leave,
      settle: (own) => {
        if (gone) return;
        clearTimeout(clock);
        hold(own);
        this.#next();
      },
    };
  }

  #next(): void {
    for (let first = this.#waiting[0]; first; first = this.#waiting[0]) {
      if (this.#taken > 0 && this.#taken + first.bytes > this.#bytes) return;
      this.#waiting.shift();
      first.begin();
    }
  }
}

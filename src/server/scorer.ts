import { EspejoError } from "../errors.ts";
import { decodeKnock } from "./decode/decode.ts";
import type { Decoded, Knock } from "./decode/knock.ts";
import type { Registry } from "./models/registry.ts";
import type { Served } from "./models/served.ts";
import type { FullOptions } from "./options.ts";
import { type Place, Places } from "./places.ts";
import type { Pool } from "./pool/pool.ts";
import type { Scored } from "./rows.ts";
import type { Stop } from "./stop.ts";

/** Bodies up to this are read where they arrive: to hand them over would take longer. */
const smallBody = 64 * 1024;

/** What was asked and what came of it. */
export interface Outcome {
  readonly served: Served;
  readonly decoded: Decoded;
  readonly scored: Scored;
  /** Milliseconds from the reading of the body to the last score. */
  readonly inferMs: number;
}

/** Which model a request asks for; what is absent is the usual one. */
export interface Asked {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
}

/** Lets in as many requests as can be worked at, and takes each from its body to its scores. */
export class Scorer {
  readonly #pool: Pool;
  readonly #registry: Registry;
  readonly #options: FullOptions;
  readonly #places: Places;

  constructor(pool: Pool, registry: Registry, options: FullOptions) {
    this.#pool = pool;
    this.#registry = registry;
    this.#options = options;
    this.#places = new Places(options.queue);
  }

  /** Requests that are worked at or wait. */
  get inside(): number {
    return this.#places.taken;
  }

  /** A place for a request whose body is about to come. Throws `server_busy` where none is free. */
  enter(): Place {
    return this.#places.take();
  }

  /**
   * Scores of a request that was let in, unless it is given up. Throws what reading it throws, `request_slow`, or
   * `server_busy`.
   */
  async score(asked: Asked, knock: Knock, stop: Stop): Promise<Outcome> {
    const lease = this.#registry.lease(asked.name, asked.version);
    const { timeoutMs } = this.#options;
    const clock = setTimeout(() => {
      stop.stop(new EspejoError("request_slow", { seconds: timeoutMs / 1000 }));
    }, timeoutMs);
    try {
      const { served } = lease;
      const began = performance.now();
      const decoded =
        knock.body.length <= smallBody
          ? await decodeKnock(knock, served.facts)
          : await this.#pool.decode(served.number, knock, stop);
      const { rows, wanted } = decoded;
      const scored = await this.#pool.score(served.number, rows, wanted, stop);
      return { served, decoded, scored, inferMs: performance.now() - began };
    } finally {
      clearTimeout(clock);
      lease.release();
    }
  }
}

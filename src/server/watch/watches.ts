import type { Served } from "../models/served.ts";
import { Watch } from "./watch.ts";

/** A watch for each model that is loaded, for as long as it is. */
export class Watches {
  readonly #windowMs: number;
  readonly #each = new WeakMap<Served, Watch>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Length of the window. */
  get seconds(): number {
    return this.#windowMs / 1000;
  }

  /** The watch of a model. */
  of(served: Served): Watch {
    let watch = this.#each.get(served);
    if (!watch) {
      watch = new Watch(served.facts, this.#windowMs);
      this.#each.set(served, watch);
    }
    return watch;
  }
}
